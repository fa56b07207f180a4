"""Who is said to be behind an attack told of just before: "The army blamed the rebels", "The group claimed responsibility"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.event import HAPPENED
from worker.extraction.actornouns import GROUP_NOUNS
from worker.extraction.actors import actors_of, unique
from worker.extraction.assertion import assert_clause
from worker.lexicon.entries import AliasForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame
    from worker.extraction.view import View

_BLAMING: Final = frozenset({"blame", "accuse", "suspect"})
_TELLING: Final = _BLAMING | {"attribute", "claim", "take", "assume", "be"}
"""Verbs that may say who did it; most of a text has none."""
_ATTACKS: Final = frozenset(
    "it this attack strike raid bombing blast explosion shelling killing ambush assault massacre violence incident "
    "bloodshed death drone missile rocket".split()
)
_CULPRITS: Final = frozenset("attacker assailant gunman gunmen bomber perpetrator culprit killer".split())


def find_authors(view: View, context: Context) -> tuple[Actor, ...]:
    """Whom a sentence says to be behind what was told before it; empty where it blames nobody, or for something else."""
    verbs = [
        t.i
        for t in view.tree.tokens
        if t.lemma in _TELLING
        and t.pos in {"VERB", "AUX"}
        and (_is_claim(view, t.i) or _authors(view, t.i))
        and assert_clause(view, t.i, context.lexicon.cues).status in HAPPENED
    ]
    claiming = [v for v in verbs if _is_claim(view, v)]  # who says it was he, whoever else is blamed for it
    nouns = [noun for verb in claiming or verbs for noun in _authors(view, verb)]
    return unique(a for n in nouns for a in actors_of(view, n, context) if context.fights(a.id))


def _authors(view: View, verb: int) -> list[int]:
    """The nouns for those whom a verb makes the authors of an attack."""
    tree = view.tree
    lemma = tree.tokens[verb].lemma
    if lemma in _BLAMING:
        charges = tree.prep_objects(verb, "for", "of")
        if any(
            tree.tokens[c].lower not in _ATTACKS and tree.tokens[c].lemma not in _ATTACKS for c in charges
        ):
            return []  # "blamed the army for the famine"
        if tree.is_passive(verb):
            return tree.prep_objects(verb, "on") or tree.kids(verb, "nsubjpass")
        return tree.prep_objects(verb, "on") or tree.objects(verb)
    if lemma == "attribute":  # "attributed the attack to the army"
        told = [o for o in tree.objects(verb) if tree.tokens[o].lemma in _ATTACKS]
        return [to for at in (verb, *told) for to in tree.prep_objects(at, "to")] if told else []
    if _is_claim(view, verb):
        return tree.doers(verb)
    if lemma == "be" and any(tree.tokens[s].lemma in _CULPRITS for s in tree.subjects(verb)):
        return tree.kids(verb, "attr")  # "the attackers were fighters of the ADF"
    if lemma == "be" and any(tree.tokens[k].lower == "responsible" for k in tree.kids(verb, "acomp")):
        return tree.subjects(verb)
    if lemma == "be" and any(tree.tokens[k].lower == "behind" for k in tree.kids(verb, "prep")):
        meant = tree.prep_objects(verb, "behind")
        return tree.subjects(verb) if any(tree.tokens[m].lemma in _ATTACKS for m in meant) else []
    return []


def _is_claim(view: View, verb: int) -> bool:
    """ "Claimed responsibility"."""
    tree = view.tree
    if tree.tokens[verb].lemma not in {"claim", "take", "assume"}:
        return False
    claimed = [*tree.objects(verb), *tree.kids(verb, "nsubjpass")]
    return any(tree.tokens[c].lemma == "responsibility" for c in claimed)


def _is_land(view: View, actor: Actor) -> bool:
    """Whether a state is only named as the land where it was."""
    names = (m for m in view.actors if m.text == actor.text and m.alias.actor_id == actor.id)
    return any(m.alias.form is AliasForm.NAME and m.text == actor.name for m in names)


def attribute(frames: Sequence[Frame], authors: Sequence[Actor]) -> list[Frame]:
    """The frames of a sentence that name no attacker, as attacks of those who are said to be behind them."""
    if not authors:
        return []
    sides = {a.side for a in authors}
    for frame in frames:
        hit = [r for r in frame.recipients.values() if r.side in sides]
        if hit and not frame.actors and all(_is_land(frame.view, r) for r in hit):
            frame.recipients.clear()  # "strikes on a town in Sudan", which others blame on its army
    found = [f for f in frames if not f.mutual and not any(map(_is_named, f.actors.values()))]
    found = [f for f in found if not sides & {r.side for r in f.recipients.values()}]
    for frame in found:
        frame.actors = {a.id: a for a in authors}
    return found


def _is_named(actor: Actor) -> bool:
    """Whether an attacker is named, not guessed, nor "the rebels"."""
    return actor.text is not None and not actor.inferred and not _FIGHTERS.search(actor.text)


_FIGHTERS: Final = re.compile(rf"(?i)\b(?:{'|'.join(sorted(GROUP_NOUNS))})s?$")
