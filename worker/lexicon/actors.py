"""Who acts: states, armed groups and organisations, and every name they go by, read from `data/`."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from worker.lexicon.entries import ActorAlias, ActorEntry, ActorKind, AliasForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KIND_BY_FILE = {
    "states": ActorKind.STATE,
    "groups": ActorKind.GROUP,
    "organisations": ActorKind.ORGANISATION,
}
FORM_BY_KEY = {
    "names": AliasForm.NAME,
    "demonyms": AliasForm.DEMONYM,
    "metonyms": AliasForm.METONYM,
    "military": AliasForm.MILITARY,
}
TITLES = {
    "president": ("President",),
    "prime minister": ("Prime Minister", "Premier", "PM"),
    "foreign minister": ("Foreign Minister",),
    "foreign secretary": ("Foreign Secretary",),
    "defence minister": ("Defence Minister", "Defense Minister"),
    "defence secretary": ("Defence Secretary", "Defense Secretary"),
    "secretary of state": ("Secretary of State", "Secretary"),
    "secretary of defense": ("Secretary of Defense", "Defense Secretary", "Defence Secretary", "Secretary"),
    "chancellor": ("Chancellor",),
    "general": ("General", "Gen.", "Gen"),
    "king": ("King",),
    "emir": ("Emir", "Sheikh"),
    "pope": ("Pope",),
    "secretary-general": ("Secretary-General", "Secretary General"),
    "envoy": ("envoy", "Envoy"),
}
"""How a role is written before a surname that is too common to stand alone ("President Bush")."""


def read_toml(name: str) -> dict[str, Any]:
    """One knowledge file of the package, parsed. Raises `tomllib.TOMLDecodeError` (a ValueError) on bad TOML."""
    text = files("worker.lexicon").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def load_actors() -> tuple[Mapping[str, ActorEntry], tuple[ActorAlias, ...]]:
    """Every actor by id and every alias of every actor.

    An alias that two actors claim for the same day raises ValueError, unless each of them lists it as `shared`:
    a name that nobody noticed to be ambiguous would give events to the wrong war without a sign of it.
    """
    actors: dict[str, ActorEntry] = {}
    aliases: list[ActorAlias] = []
    for name, kind in KIND_BY_FILE.items():
        for actor_id, fields in read_toml(name).items():
            if actor_id in actors:
                message = f"{name}.toml: actor {actor_id!r} is already defined"
                raise ValueError(message)
            actors[actor_id] = _actor(actor_id, kind, fields)
            aliases += _aliases(actor_id, fields)
    for actor_id, leaders in read_toml("leaders").items():
        for fields in leaders:
            aliases += _leader_aliases(actor_id, fields)
    aliases = list(dict.fromkeys(aliases))
    _check(actors, aliases)
    return MappingProxyType(actors), tuple(aliases)


def load_not_actors() -> tuple[str, ...]:
    """Expressions that hold an actor's name and are not it: "Washington Post", "Gulf of Mexico"."""
    return tuple(text for texts in read_toml("not_actors").values() for text in texts)


def _actor(actor_id: str, kind: ActorKind, fields: Mapping[str, Any]) -> ActorEntry:
    default: tuple[str, ...] = (actor_id,) if kind is ActorKind.STATE else ()
    return ActorEntry(
        id=actor_id,
        name=fields["name"],
        kind=kind,
        side=fields.get("side", actor_id),
        countries=tuple(fields.get("countries", default)),
        fights=fields.get("fights", kind is not ActorKind.ORGANISATION),
        since=fields.get("since"),
        until=fields.get("until"),
        affiliate_of=fields.get("affiliate_of"),
        branch_of=fields.get("branch_of"),
        drones=fields.get("drones", False),
        ground=(fields["ground"]["text"], fields["ground"]["since"]) if "ground" in fields else None,
    )


def _aliases(actor_id: str, fields: Mapping[str, Any]) -> Iterator[ActorAlias]:
    """Give the aliases listed for an actor: its `name` alone unless `names` says which are to be read."""
    shared = frozenset(fields.get("shared", ()))
    for key, form in FORM_BY_KEY.items():
        for item in fields.get(key, (fields["name"],) if key == "names" else ()):
            text, since, until = (item, None, None) if isinstance(item, str) else _dated(item)
            alias = ActorAlias(text=text, actor_id=actor_id, form=form, since=since, until=until)
            yield replace(alias, shared=True) if text in shared else alias


def _dated(item: Mapping[str, Any]) -> tuple[str, date | None, date | None]:
    return item["text"], item.get("since"), item.get("until")


def _leader_aliases(actor_id: str, fields: Mapping[str, Any]) -> Iterator[ActorAlias]:
    """Give a leader's names, and role + surname where the surname is too common to stand alone."""
    titled = fields.get("titled")
    titles = TITLES[fields["role"]] if titled else ()
    for text in (*fields["names"], *(f"{title} {titled}" for title in titles)):
        yield ActorAlias(
            text=text,
            actor_id=actor_id,
            form=AliasForm.LEADER,
            since=fields.get("since"),
            until=fields.get("until"),
        )


def _check(actors: Mapping[str, ActorEntry], aliases: Iterable[ActorAlias]) -> None:
    """Raise ValueError on an alias without an actor, an empty span of days, or a clash."""
    for actor in actors.values():
        if actor.branch_of is not None and actor.branch_of not in actors:
            message = f"{actor.id} is a branch of the unknown actor {actor.branch_of!r}"
            raise ValueError(message)
    by_text: dict[str, list[ActorAlias]] = {}
    for alias in aliases:
        if alias.actor_id not in actors:
            message = f"alias {alias.text!r} is of the unknown actor {alias.actor_id!r}"
            raise ValueError(message)
        if alias.since and alias.until and alias.since >= alias.until:
            message = f"alias {alias.text!r} of {alias.actor_id} ends before it begins"
            raise ValueError(message)
        for other in by_text.setdefault(alias.text, []):
            if (
                other.actor_id != alias.actor_id
                and _overlap(alias, other)
                and not (alias.shared and other.shared)
            ):
                message = f"alias {alias.text!r} is claimed by {other.actor_id} and {alias.actor_id}"
                raise ValueError(message)
        by_text[alias.text].append(alias)


def _overlap(first: ActorAlias, second: ActorAlias) -> bool:
    begin = max(first.since or date.min, second.since or date.min)
    return begin < min(first.until or date.max, second.until or date.max)
