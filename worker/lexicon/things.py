"""Weapons and sites: what was fired and what was hit, read from `data/weapons.toml` and `data/sites.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from worker.event import Mode, SiteType
from worker.lexicon.entries import SiteEntry, WeaponEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KNOWLEDGE: Final = Path(__file__).parent / "data"

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DESIGNATION: Final = re.compile(r"(?<=[A-Za-z])-(?=[0-9])")
_LAUNCHES: Final = frozenset({"ground", "air", "sea", "any"})
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh")


def load_weapons(path: Path = KNOWLEDGE / "weapons.toml") -> Mapping[str, WeaponEntry]:
    """Weapons by id, in the order of the file. Raises ValueError naming the entry where the file is wrong."""
    weapons: dict[str, WeaponEntry] = {}
    owners: dict[str, str] = {}
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["weapon"]:
        entry = _weapon(row)
        if entry.id in weapons or not _ID.fullmatch(entry.id):
            message = f"{path.name}: weapon id {entry.id!r} is taken or not a slug"
            raise ValueError(message)
        _claim(entry.aliases, entry.id, owners, path)
        weapons[entry.id] = entry
    return MappingProxyType(weapons)


def load_sites(path: Path = KNOWLEDGE / "sites.toml") -> tuple[SiteEntry, ...]:
    """Sites, one entry for each type. Raises ValueError naming the entry where the file is wrong."""
    sites = []
    owners: dict[str, str] = {}
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["site"]:
        entry = SiteEntry(
            type=SiteType(row["type"]),
            nouns=_forms(row["nouns"], row.get("invariable", ())),
            never=_forms(row.get("never", ()), ()),
        )
        _claim(entry.nouns, entry.type, owners, path)
        sites.append(entry)
    return tuple(sites)


def _weapon(row: dict[str, Any]) -> WeaponEntry:
    launch = row.get("launch", "ground")
    if launch not in _LAUNCHES:
        message = f"weapons.toml: weapon {row['id']!r}: launch {launch!r} is none of {sorted(_LAUNCHES)}"
        raise ValueError(message)
    return WeaponEntry(
        id=row["id"],
        name=row["name"],
        weapon_class=row["class"],
        mode=Mode(row["mode"]),
        aliases=_forms(row["aliases"], row.get("invariable", ())),
        operators=tuple(row.get("operators", ())),
        guided=row.get("guided", False),
        generic=row.get("generic", False),
        launch=launch,
        returns=row.get("returns", False),
        never=_forms(row.get("never", ()), ()),
    )


def _forms(written: Iterable[str], invariable: Iterable[str]) -> tuple[str, ...]:
    """All forms of the expressions of an entry: hyphens written and left out, singular and plural.

    `written` gets its plurals here so that the files need not list them; `invariable` (mass nouns, irregular
    plurals) stays as it is.
    """
    forms: dict[str, None] = {}
    for text in written:
        for spelling in _hyphenations(text):
            forms[spelling] = None
            forms[plural(spelling)] = None
    for text in invariable:
        forms.update(dict.fromkeys(_hyphenations(text)))
    return tuple(forms)


def _hyphenations(text: str) -> tuple[str, ...]:
    """Other ways to write hyphens: "Kh-101", "Kh 101" and "Kh101"; "car-bomb" and "car bomb"."""
    spellings = (text, text.replace("-", " "), _DESIGNATION.sub("", text), _DESIGNATION.sub(" ", text))
    return tuple(dict.fromkeys(spellings))


def plural(noun: str) -> str:
    """The regular English plural of the last word of an expression; what ends in s stays as it is.

    >>> plural("oil refinery"), plural("Kh-101"), plural("church"), plural("railways")
    ('oil refineries', 'Kh-101s', 'churches', 'railways')
    """
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    if noun.casefold().endswith(_SIBILANTS) and noun[-1].islower():
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def _claim(spellings: Iterable[str], owner: str, owners: dict[str, str], path: Path) -> None:
    """Note whose spellings these are; two entries must not share one, whatever its case."""
    for spelling in spellings:
        other = owners.setdefault(spelling.casefold(), owner)
        if other != owner:
            message = f"{path.name}: {spelling!r} belongs to {other} and to {owner}"
            raise ValueError(message)
