"""CAMEO, PLOVER and ACLED codes of events, from the manuals CAMEO 1.1b3, PLOVER 2.0 and ACLED."""

from __future__ import annotations

from typing import Final

from worker.event import Act, Codes, Mode

_SHELLING: Final = "Shelling/artillery/missile attack"
_AIR: Final = "Air/drone strike"

_STRIKES: Final = {
    Mode.DRONE: Codes(cameo="1952", plover="ASSAULT-drone", acled=_AIR),
    Mode.MISSILE: Codes(cameo="194", plover="ASSAULT-heavy-weapons", acled=_SHELLING),
    Mode.AIRSTRIKE: Codes(cameo="195", plover="ASSAULT-aerial", acled=_AIR),
    Mode.ARTILLERY: Codes(cameo="194", plover="ASSAULT-heavy-weapons", acled=_SHELLING),
    Mode.NAVAL: Codes(cameo="190", plover="ASSAULT-heavy-weapons", acled=_SHELLING),
    Mode.BOMBING: Codes(cameo="183", plover="ASSAULT-explosives", acled="Remote explosive/landmine/IED"),
    Mode.GROUND: Codes(cameo="190", plover="ASSAULT-firearms", acled="Armed clash"),
    Mode.UNSPECIFIED: Codes(cameo="190", plover="ASSAULT", acled="Attack"),
}

_ACTS: Final = {
    Act.CEASEFIRE_AGREED: Codes(cameo="0356", plover="AGREE", acled="Agreement"),
    Act.CEASEFIRE_DECLARED: Codes(cameo="0871", plover="CONCEDE", acled="Agreement"),
    Act.CEASEFIRE_IN_EFFECT: Codes(cameo="0871", plover="RETREAT-ceasefire", acled="Agreement"),
    Act.CEASEFIRE_EXTENDED: Codes(cameo="0871", plover="AGREE", acled="Agreement"),
    Act.CEASEFIRE_PROPOSED: Codes(cameo="0256", plover="REQUEST-yield"),
    Act.CEASEFIRE_DEMANDED: Codes(cameo="1056", plover="REQUEST-yield"),
    Act.CEASEFIRE_REJECTED: Codes(cameo="1246", plover="REJECT-yield"),
    Act.CEASEFIRE_ENDED: Codes(cameo="196", plover="REJECT-yield"),
    Act.VIOLATION_ALLEGED: Codes(cameo="1123", plover="ACCUSE-allege"),
    Act.CEASEFIRE_MENTIONED: Codes(),
    Act.TALKS_SCHEDULED: Codes(cameo="036", plover="AGREE"),
    Act.TALKS_HELD: Codes(cameo="046", plover="CONSULT", acled="Agreement"),
    Act.TALKS_SUSPENDED: Codes(cameo="164", plover="REJECT-meet"),
}


def strike_codes(mode: Mode, *, guided: bool, air_launched: bool, suicide: bool, intercepted: bool) -> Codes:
    """Codes of a strike; interceptions keep CAMEO and PLOVER codes and are ACLED's disrupted weapons use."""
    codes = _STRIKES[mode]
    cameo, plover, acled = codes.cameo, codes.plover, codes.acled
    if mode is Mode.AIRSTRIKE and guided:
        cameo = "1951"
    if mode is Mode.MISSILE and air_launched:
        cameo, plover, acled = "195", "ASSAULT-aerial", _AIR
    if mode is Mode.BOMBING and suicide:
        plover, acled = "ASSAULT-suicide-attack", "Suicide bomb"
    if intercepted:
        acled = "Disrupted weapons use"
    return Codes(cameo=cameo, plover=plover, acled=acled)


def diplomacy_codes(act: Act, *, by_party: bool, mediated: bool, signed: bool) -> Codes:
    """Codes of a ceasefire act or of talks. `by_party`: a belligerent's own offer is an intent, not an appeal."""
    codes = _ACTS[act]
    if act is Act.CEASEFIRE_PROPOSED and by_party:
        return Codes(cameo="0356", plover="AGREE")
    if act is Act.CEASEFIRE_AGREED and signed:
        return Codes(cameo="057", plover="AGREE", acled="Agreement")
    if act is Act.TALKS_HELD and mediated:
        return Codes(cameo="045", plover="CONSULT", acled="Agreement")
    return codes
