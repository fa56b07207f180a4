"""Trees set right around who breaks a truce: "breached", "breaking", "tests", taken for parts of its name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.extraction.tree import FINITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from worker.extraction.tree import Token, Tree


def with_breach(tree: Tree) -> Tree:
    """ "Both sides claim the other breached the truce", with the breach taken for what the truce is: it is what the other did."""
    for other in tree.tokens[1:-2]:
        breach, truce = tree.tokens[other.i + 1], tree.tokens[other.head]
        verb = tree.tokens[truce.head]
        claimed = truce.dep == "dobj" and verb.lemma in {"claim", "say", "allege", "insist"}
        if other.lower == "other" and breach.lower in _BREACHED and breach.head == truce.i and claimed:
            return tree.with_tokens(
                replace(
                    breach, tag="VBD", pos="VERB", lemma=_BREACHED[breach.lower], dep="ccomp", head=verb.i
                ),
                replace(other, dep="nsubj", head=breach.i),
                replace(truce, head=breach.i),
                *(replace(tree.tokens[k], head=other.i) for k in tree.kids(truce.i, "det") if k < other.i),
            )
    return tree


def with_breaking(tree: Tree) -> Tree:
    """Headlines: "Israel accuses Hamas of breaking truce", taken for a truce that breaks: it is broken."""
    for breaking in tree.tokens[1:-1]:
        of, truce = tree.tokens[breaking.i - 1], tree.tokens[breaking.head]
        taken = breaking.tag == "VBG" and breaking.dep == "amod" and breaking.lemma in _BREAKING
        if taken and truce.dep == "pobj" and truce.head == of.i and truce.lemma in _TRUCES:
            return tree.with_tokens(
                replace(breaking, dep="pcomp", head=of.i), replace(truce, dep="dobj", head=breaking.i)
            )
    return tree


def with_breaker(tree: Tree) -> Tree:
    """Headlines: "Shelling of Kharkiv tests truce", the verb taken for a part of the truce's name: it is what the shelling does."""
    for verb, truce in _broken(tree):
        if verb.i < 2 or verb.dep not in {"compound", "pobj"}:  # noqa: PLR2004  -- an attack and where
            continue
        tops = [t for t in tree.tokens[: verb.i] if t.head == t.i or (t.dep == "nsubj" and t.head == truce.i)]
        if len(tops) != 1 or tree.kids(tops[0].i, "nsubj", "nsubjpass", "aux", "auxpass"):
            continue
        rest = _before(tree, verb, truce, *_OF_A_NAME)
        place = next((t for t in (verb, truce) if t.dep in {"pobj", "dobj"} and t.head < verb.i), None)
        named = []
        if rest and place is not None:  # "of Kharkiv", "by the M23"
            named = [replace(tree.tokens[k], head=rest[-1]) for k in rest[:-1]]
            named += [replace(tree.tokens[rest[-1]], dep=place.dep, head=place.head)]
        return tree.with_tokens(
            replace(_as_verb(verb), dep="ROOT", head=verb.i),
            replace(tops[0], dep="nsubj", head=verb.i, pos="NOUN"),
            replace(truce, dep="dobj", head=verb.i),
            *named,
        )
    return tree


def with_two_deeds(tree: Tree) -> Tree:
    """Headlines: "Pakistan breaks ceasefire, shells Jammu", taken for a ceasefire that shells: who breaks it shells."""
    for verb, truce in _broken(tree):
        if truce.i + 2 >= len(tree.tokens):
            continue
        comma, deed = tree.tokens[truce.i + 1], tree.tokens[truce.i + 2]
        if comma.text != "," or deed.pos != "VERB" or deed.tag not in FINITE:
            continue
        names = _before(tree, verb, truce, *_OF_A_NAME, "nsubj")
        if not names or (deed.dep, deed.head) == ("conj", verb.i):
            continue
        struck = (tree.tokens[k] for k in tree.kids(deed.i, "nsubj", "npadvmod") if k > deed.i)
        return tree.with_tokens(
            _as_verb(verb).in_place_of(deed),
            replace(deed, dep="conj", head=verb.i),
            replace(truce, dep="dobj", head=verb.i),
            replace(tree.tokens[names[-1]], dep="nsubj", head=verb.i),
            *(replace(tree.tokens[k], head=names[-1]) for k in names[:-1]),
            *(replace(t, dep="dobj") for t in struck),
        )
    return tree


def _broken(tree: Tree) -> Iterator[tuple[Token, Token]]:
    """A word that says what is done to a truce, and the truce right after it: "breaks ceasefire"."""
    for truce in tree.tokens[1:] if not tree.lemmas.isdisjoint(_TRUCES) else ():
        verb = tree.tokens[truce.i - 1]
        if truce.lemma in _TRUCES and verb.lower in _BREAKS:
            yield verb, truce


def _before(tree: Tree, verb: Token, truce: Token, *deps: str) -> list[int]:
    """What stands before the verb and hangs on it or on the truce."""
    return sorted(k for t in (verb, truce) for k in tree.kids(t.i, *deps) if k < verb.i)


def _as_verb(token: Token) -> Token:
    return replace(token, tag="VBZ", pos="VERB", lemma=_BREAKS[token.lower])


_OF_A_NAME: Final = ("compound", "amod", "det", "nmod")
_BREAKS: Final = {
    "breaks": "break", "breaches": "breach", "violates": "violate", "violate": "violate", "shatters": "shatter",
    "shatter": "shatter", "tests": "test", "threatens": "threaten", "threaten": "threaten", "strains": "strain",
}  # fmt: skip
_BREAKING: Final = frozenset("break breach violate flout ignore undermine sabotage disregard defy".split())
_TRUCES: Final = frozenset({"truce", "ceasefire", "fire", "armistice"})
_BREACHED: Final = {"breached": "breach", "violated": "violate", "broke": "break"}
