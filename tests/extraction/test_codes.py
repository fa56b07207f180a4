"""CAMEO, PLOVER and ACLED codes follow the manuals."""

from __future__ import annotations

import pytest

from worker.event import Act, Mode
from worker.extraction.codes import diplomacy_codes, strike_codes


@pytest.mark.parametrize("mode", Mode)
def test_every_mode_has_codes(mode: Mode) -> None:
    """All strikes are CAMEO assault or fight, PLOVER assault."""
    codes = strike_codes(mode, guided=False, air_launched=False, suicide=False, intercepted=False)
    assert codes.cameo is not None
    assert codes.cameo[:2] in {"18", "19"}
    assert (codes.plover or "").startswith("ASSAULT")


def test_guided_and_air_launched() -> None:
    """Precision-guided munitions are 1951, a cruise missile from a bomber is aerial, a suicide bombing its own kind."""
    assert (
        strike_codes(Mode.AIRSTRIKE, guided=True, air_launched=True, suicide=False, intercepted=False).cameo
        == "1951"
    )
    assert (
        strike_codes(Mode.MISSILE, guided=True, air_launched=True, suicide=False, intercepted=False).cameo
        == "195"
    )
    assert (
        strike_codes(Mode.BOMBING, guided=False, air_launched=False, suicide=True, intercepted=False).acled
        == "Suicide bomb"
    )


def test_interceptions_are_disrupted_weapons_use() -> None:
    """ACLED has a type of its own for what was shot down."""
    codes = strike_codes(Mode.DRONE, guided=True, air_launched=False, suicide=False, intercepted=True)
    assert codes.acled == "Disrupted weapons use"
    assert codes.cameo == "1952"


@pytest.mark.parametrize("act", [a for a in Act if a is not Act.CEASEFIRE_MENTIONED])
def test_every_act_has_codes(act: Act) -> None:
    """A ceasefire act or talks always have a CAMEO code."""
    assert diplomacy_codes(act, by_party=False, mediated=False, signed=False).cameo is not None


def test_codes_of_acts_that_depend() -> None:
    """An offer of a party is an intent, a signed agreement is 057, talks with a mediator are mediation."""
    assert (
        diplomacy_codes(Act.CEASEFIRE_PROPOSED, by_party=True, mediated=False, signed=False).cameo == "0356"
    )
    assert diplomacy_codes(Act.CEASEFIRE_AGREED, by_party=True, mediated=False, signed=True).cameo == "057"
    assert diplomacy_codes(Act.TALKS_HELD, by_party=False, mediated=True, signed=False).cameo == "045"
