"""Attacks that are only what something is for, what somebody is able or means to do, or is kept from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.extraction.view import View

_SERVING: Final = frozenset(
    "base ground platform launchpad springboard haven sanctuary corridor preparation use capability capacity ammunition "
    "weapon arm munition explosive green-light approval permission authorisation authorization mandate".split()
)
"""What is there "for" an attack that need not come; weapons too."""
_EQUIPPING: Final = frozenset(
    "lack need stockpile amass save reserve buy acquire supply provide seek request".split()
)
"""What is done with weapons "for" an attack, wherever the parser hangs it."""
_INTENTS: Final = frozenset("intention intent idea prospect possibility point means chance plan".split())
"""What one can have "of attacking" without doing it."""
_KEEPING: Final = frozenset(
    "deter prevent stop keep discourage dissuade bar ban block restrain refrain abstain desist moratorium".split()
)
_ADVISING: Final = frozenset("warn caution advise counsel decide argue vote speak".split())
"""Whoever does this against an attack says that there is none yet."""
_LAWS: Final = frozenset(
    "law rule decree resolution bill constitution treaty doctrine mandate agreement deal".split()
)
"""What lets somebody attack without that he does."""


def is_only_meant(view: View, i: int) -> bool:
    """ "Capable of strikes", "a base for attacks", "no intention of attacking", "what to do in an attack"."""
    tree = view.tree
    token = tree.tokens[tree.first_conjunct(i)]
    preposition = tree.tokens[token.head]
    if token.dep == "amod" and token.tag == "VBG":  # "a moratorium on striking power plants"
        preposition = tree.tokens[preposition.head]
    elif token.dep not in {"pobj", "pcomp"}:
        return False
    word, above = preposition.lower, tree.tokens[preposition.head]
    if token.dep in {"pcomp", "amod"} and above.lemma in _KEEPING and word in {"from", "on"}:
        return not tree.kids(above.i, "neg")  # "the truce did not stop them from shelling"
    if word == "against":
        return above.lemma in _ADVISING
    if word == "of":
        return above.lemma == "capable" or (token.dep == "pcomp" and above.lemma in _INTENTS)
    if word == "for" and above.lemma in _EQUIPPING:
        return any(o in view.weapon_tokens for o in tree.objects(above.i))
    if word == "for":
        return above.i in view.weapon_tokens or (above.lemma in _SERVING and above.pos == "NOUN")
    if word == "in" and above.lemma == "use" and above.pos == "NOUN":
        return tree.tokens[above.head].lower == "for"  # "for use in attacks"
    return word in {"in", "during"} and _is_lesson(view, above.i)


def is_permitted_by_law(view: View, verb: int) -> bool:
    """ "The law lets the army strike": a permit, whatever is done with it."""
    tree = view.tree
    return any(tree.tokens[s].lemma in _LAWS for s in tree.kids(verb, "nsubj"))


def _is_lesson(view: View, verb: int) -> bool:
    """ "What to do", "how to behave": told of any attack that may come."""
    tree = view.tree
    to = any(tree.tokens[k].lower == "to" for k in tree.kids(verb, "aux"))
    return to and any(
        tree.tokens[k].lower in {"what", "how", "where"} for k in tree.kids(verb, "dobj", "advmod")
    )
