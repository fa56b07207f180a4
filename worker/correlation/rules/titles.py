"""The title of an alert: one English sentence that says who, whom, how long after what, and how much."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from worker.alert import AlertOrder, Origin
from worker.event import Domain, Mode, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from worker.alert import AlertIncident
    from worker.correlation.content import Content
    from worker.event import Actor, Scope, Weapon

_PLURAL_ENDINGS = (
    "ans",
    "ants",
    "ates",
    "brigades",
    "ces",
    "committees",
    "ents",
    "ers",
    "gangs",
    "houthis",
    "ias",
    "ists",
    "its",
    "ors",
    "rebels",
    "republics",
    "tribes",
)
_COUNTED = ("drone", "missile", "rocket", "bomb", "mine", "mortar")
_KINDS = (
    (Domain.HOLIDAY, "holiday ceasefire"),
    (Domain.GENERAL, "ceasefire"),
    (Domain.HUMANITARIAN, "humanitarian ceasefire"),
    (Domain.HOSTAGES, "hostage-release ceasefire"),
    (Domain.ENERGY, "energy ceasefire"),
    (Domain.INFRASTRUCTURE, "infrastructure ceasefire"),
    (Domain.MARITIME, "maritime ceasefire"),
    (Domain.AIR, "air ceasefire"),
)


def title_of(content: Content) -> str:
    """Like "Russia strikes Ukraine 1 hour after energy ceasefire: 145 drones and 6 missiles reported"."""
    incident = content.incident
    known = {party.id: party.name for party in content.ceasefire.parties if party.name is not None}
    actors, recipients = _names(incident.actors, known), _names(incident.recipients, known)
    kind = _kind(content.ceasefire.scope)
    sentence = f"{actors} {_verb(incident, actors)} {recipients} {_when(content)} {kind}"
    figures = _figures(incident)
    return _capital(f"{sentence}: {figures} reported" if figures else sentence)


def _names(actors: Iterable[Actor], known: Mapping[str, str]) -> str:
    """Their names; `known` has those of the ceasefire's parties, one of whom no report of the attack may name."""
    return _listed([actor.name or known.get(actor.id) or _readable(actor.id) for actor in actors])


def _readable(actor_id: str) -> str:
    if actor_id.isupper():
        return actor_id
    return " ".join(word.capitalize() for word in actor_id.split("-"))


def _verb(incident: AlertIncident, names: str) -> str:
    modes = set(incident.modes) - {Mode.UNSPECIFIED}
    if modes == {Mode.ARTILLERY}:
        verb, singular = "shell", "shells"
    elif modes and modes <= {Mode.GROUND, Mode.BOMBING}:
        verb, singular = "attack", "attacks"
    else:
        verb, singular = "strike", "strikes"
    actors = incident.actors
    plural = len(actors) != 1 or (
        actors[0].id.islower() and names.casefold().split(" of ")[0].endswith(_PLURAL_ENDINGS)
    )
    return verb if plural else singular


def _when(content: Content) -> str:
    is_certain = content.order is AlertOrder.CERTAIN
    if content.ceasefire.origin is Origin.MENTIONED:
        return "despite" if is_certain else "possibly despite"
    after = f"{_duration(content.lag)} after" if content.lag >= timedelta(hours=1) else "after"
    return after if is_certain else f"possibly {after}"


def _duration(lag: timedelta) -> str:
    hours = lag // timedelta(hours=1)
    count, unit = (hours // 24, "day") if hours >= 48 else (hours, "hour")  # noqa: PLR2004  (two days)
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _kind(scope: Scope) -> str:
    if Domain.LOCAL in scope.domains:
        return f"local ceasefire in {scope.region}" if scope.region else "local ceasefire"
    return next((words for domain, words in _KINDS if domain in scope.domains), "ceasefire")


def _figures(incident: AlertIncident) -> str:
    counted = [
        f"{_number(count)} {weapon_class if _is_one(count) else weapon_class + 's'}"
        for weapon_class, count in _launched(incident.weapons)
    ]
    for count, word in ((incident.killed, "killed"), (incident.injured, "injured")):
        if count is not None and (count.low or count.high):
            counted.append(f"{_number(count)} {word}")
    return _listed(counted[:3])


def _launched(weapons: Iterable[Weapon]) -> list[tuple[str, Quantity]]:
    """The greatest count of each class: what was intercepted or hit had been launched."""
    greatest: dict[str, tuple[int, Quantity]] = {}
    for weapon in weapons:
        if weapon.count is None or weapon.weapon_class not in _COUNTED:
            continue
        rank = weapon.count.high or weapon.count.low
        if weapon.weapon_class not in greatest or rank > greatest[weapon.weapon_class][0]:
            greatest[weapon.weapon_class] = (rank, weapon.count)
    found = [(weapon_class, count) for weapon_class, (_, count) in greatest.items()]
    return sorted(found, key=lambda pair: (-(pair[1].high or pair[1].low), pair[0]))


def _number(count: Quantity) -> str:
    if count.high is None:
        return f"at least {count.low}"
    if count.low == 0 and count.high:
        return f"up to {count.high}"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"


def _is_one(count: Quantity) -> bool:
    return count.low == count.high == 1


def _listed(words: list[str]) -> str:
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
