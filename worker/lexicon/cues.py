"""The cue words of `data/cues.toml`: what opens an event, sets its kind or changes its assertion."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from worker.event import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True, eq=False)
class Cues:
    """Cue words by use. All lower case; lemmas unless said otherwise."""

    strike_verbs: Mapping[str, frozenset[str]]
    """Roles of a verb that opens a strike: "attack", "launch", … by lemma."""
    strike_nouns: Mapping[str, Mode]
    """The mode that a noun trigger has by itself, by lemma."""
    modifier_modes: Mapping[str, Mode]
    """The mode that a modifier gives to a noun trigger ("drone attack")."""
    not_modifiers: frozenset[str]
    """Modifiers that make of any noun something else than a strike ("heart attack")."""
    not_modifiers_of: Mapping[str, frozenset[str]]
    """The same for some nouns alone, by lemma: "a bus strike", not "a bus bombing"."""
    not_subjects: frozenset[str]
    not_objects: frozenset[str]
    not_sentence: tuple[str, ...]
    """Phrases that make a whole sentence something else."""
    not_alone: tuple[str, ...]
    """Phrases that do so unless it tells of a raid from the air or on a vessel."""
    casualties: Mapping[str, frozenset[str]]
    ceasefire_nouns: tuple[str, ...]
    """Phrases, longest first."""
    ceasefire_verbs: tuple[str, ...]
    not_ceasefire: tuple[str, ...]
    acts: Mapping[str, frozenset[str]]
    """Verb lemmas by act: "agreed", "declared", …"""
    act_nouns: Mapping[str, frozenset[str]]
    assertion: Mapping[str, frozenset[str]]
    gate_stems: tuple[str, ...]
    gate_words: Mapping[str, tuple[str, ...]]
    """Stems that decide on a whole article: "war", "force", "armed"."""


def read_cues() -> dict[str, Any]:
    """The file as it is, examples included (tests run those)."""
    return tomllib.loads(files("worker.lexicon").joinpath("data/cues.toml").read_text(encoding="utf-8"))


def load_cues() -> Cues:
    """Read the cue words; raises KeyError or ValueError where the file lacks or misnames something."""
    raw = read_cues()
    verbs: dict[str, set[str]] = {}
    for entry in raw["strike_verb"]:
        for lemma in entry["lemmas"]:
            verbs.setdefault(lemma, set()).add(entry["role"])
    other = raw["not_a_strike"]
    ceasefire = raw["ceasefire"]
    return Cues(
        strike_verbs={lemma: frozenset(roles) for lemma, roles in verbs.items()},
        strike_nouns={lemma: Mode(e["mode"]) for e in raw["strike_noun"] for lemma in e["lemmas"]},
        modifier_modes={word: Mode(mode) for word, mode in raw["modifier_modes"].items()},
        not_modifiers=frozenset(other["modifiers"]),
        not_modifiers_of=_sets(other["modifiers_of"]),
        not_subjects=frozenset(other["subjects"]),
        not_objects=frozenset(other["objects"]),
        not_sentence=tuple(other["sentence"]),
        not_alone=tuple(other["sentence_unless_raid"]),
        casualties=_sets(raw["casualties"]),
        ceasefire_nouns=_longest_first(ceasefire["nouns"]),
        ceasefire_verbs=_longest_first(ceasefire["verbs"]),
        not_ceasefire=tuple(ceasefire["not_a_ceasefire"]),
        acts=_sets(ceasefire["acts"]),
        act_nouns=_sets(ceasefire["act_nouns"]),
        assertion=_sets(raw["assertion"]),
        gate_stems=tuple(raw["gate"]["stems"]),
        gate_words={name: tuple(raw["gate"][name]) for name in ("war", "force", "armed")},
    )


def _sets(table: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(words)
        for name, words in table.items()
        if name not in {"examples", "counter_examples"}
    }


def _longest_first(phrases: list[str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=lambda p: (-len(p), p)))
