"""What is done about a ceasefire under another name, after it has been named: "the proposal", "the deal", "to do so"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.event import Act, Status
from worker.extraction.acts import TruceAct, acts_from
from worker.extraction.governing import agents_of
from worker.extraction.standing import stands
from worker.extraction.truces import Truce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.extraction.segment import Sentence
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

PROPOSALS: Final = frozenset({"proposal", "offer", "plan", "draft", "initiative"})
_OFFERED: Final = PROPOSALS | {"gesture", "resolution", "roadmap"}
_MADE: Final = frozenset(
    {"deal", "agreement", "accord", "pact", "pause", "arrangement", "understanding", "announcement", "lull"}
)
_OF_BREACHES: Final = frozenset(
    "repeat repeated numerous new fresh serious several further more alleged flagrant ceasefire truce many such multiple "
    "continued constant grave blatant clear gross open direct air ground daily documented land".split()
)
"""What may stand before "violations" that are of the ceasefire told of before; "airspace violations" are others."""
_POINTING: Final = frozenset({"the", "this", "that", "its", "their", "such", "his"})
_OTHER_KIND: Final = frozenset(
    "trade nuclear oil gas grain arm security coalition business hostage prisoner withdrawal tariff tax film transfer defence defense development reconstruction action".split()
)
_ECHOED: Final = frozenset(
    {
        Act.CEASEFIRE_REJECTED,
        Act.CEASEFIRE_ENDED,
        Act.VIOLATION_ALLEGED,
        Act.CEASEFIRE_EXTENDED,
        Act.CEASEFIRE_AGREED,
        Act.CEASEFIRE_IN_EFFECT,
    }
)


_CEASEFIRE: Final = re.compile(
    r"\b(?:cease|hold)[- ]?(?:their |its )?fire|\btruce|\barmistice|\bhostilit|\bpeace (?:deal|agreement|plan|proposal)"
    r"|\b(?:halt|stop|end|pause|suspen|ceas)\w*\b.{0,30}\b(?:operation|strike|attack|fighting|activit|firing|shooting)"
    r"|\b(?:lay|laid|stand|stood) down\b|\bguns f[ea]ll silent"
)
_ECHO: Final = re.compile(
    r"\b(?:the|this|that|its|their|such)\s+(?:[\w-]+\s+)?(?:proposal|offer|initiative|plan|resolution|roadmap|deal|agreement|accord|pact|arrangement|understanding|announcement|gesture)\b"
    r"|\b(?:reject|dismiss|rebuff|spurn|turn\w* down)\w*\s+(?:[\w-]+\s+){0,4}(?:proposal|offer|initiative|plan)\b"
    r"|\b(?:refus|declin)\w+\s+to\s+do\s+(?:so|the\s+same)\b"
    r"|\b(?:reject|dismiss|rebuff|spurn|accept|br[eo]k|break|broke|violat|breach|flout)\w*\s+it\b"
    r"|\b(?:first|initial)\s+(?:phase|stage)\b|\bbreach\w*|\b(?:guarantor|mediat|broker|facilitat)\w*"
    r"|\b(?:delegat|negotiator|envoy|committee|commander|side|countr|neighbo|rival|foe)\w*\b.{0,60}\b(?:met|meet|sit|gather|convene)\b"
    r"|\b(?:last|run)s?\b.{0,12}\b(?:hour|day|week|month)s?\b"
    r"|\breciprocat|\bfollow suit\b|\bit\s+(?:\w+\s+){0,4}(?:broken|violated|collapsed|expired|ended|rejected)\b"
)


def with_echoes(sentences: Sequence[Sentence], worth: Sequence[Sentence]) -> list[Sentence]:
    """The sentences worth parsing, and those that may speak again of a ceasefire that one of these names."""
    if not any(_CEASEFIRE.search(s.text.lower()) for s in worth):
        return list(worth)
    chosen = {(s.field, s.start) for s in worth}
    return [s for s in sentences if (s.field, s.start) in chosen or _ECHO.search(s.text.lower())]


def find_echoes(view: View, truces: Sequence[Truce], cues: Cues) -> list[TruceAct]:
    """Acts on a ceasefire named before. Only what cannot be background counts: refused, ended, broken, extended, accepted."""
    tree = view.tree
    taken = {i for t in truces for i in (t.token, *tree.ancestors(t.token))}
    found: list[TruceAct] = []
    for token in tree.tokens:
        if token.i in taken:
            continue
        if token.pos == "NOUN" and token.lemma in _OFFERED | _MADE and _points_back(view, token.i):
            name = "proposed" if token.lemma in _OFFERED else None
            acts = acts_from(view, Truce(token.i, token.start, token.end), name, cues)
            echoed = {Act.CEASEFIRE_REJECTED} if token.lemma == "announcement" else _ECHOED
            found.extend(replace(act, sought=False) for act in acts if act.act in echoed)
        elif token.pos == "NOUN" and token.lemma in cues.act_nouns["violated"] and _of_it(view, token.i):
            acts = acts_from(view, Truce(token.i, token.start, token.end), "violated", cues)
            found.extend(act for act in acts if act.act is Act.VIOLATION_ALLEGED)
    return found + _pro_verbs(view, cues)


def find_pronouns(view: View, cues: Cues, *, after: int) -> list[TruceAct]:
    """Acts on "it" where a ceasefire has just been named: "dismissed it", "but it seems to have been broken".

    `after` is the offset in the sentence from which "it" may mean the ceasefire.
    """
    return [
        act
        for token in view.tree.tokens
        if token.lower == "it" and token.dep in _ROLES and token.start >= after
        for act in acts_from(view, Truce(token.i, token.start, token.end), None, cues)
        if act.act in _OF_PRONOUNS
        and (token.dep != "nsubj" or view.tree.tokens[act.governor].lemma in _OF_TRUCES)
    ]


_OF_TRUCES: Final = frozenset({"collapse", "expire", "lapse", "break", "unravel"})
"""What a ceasefire does by itself; "it withdrew" is said of an army."""
_ROLES: Final = frozenset({"dobj", "nsubj", "nsubjpass"})
_OF_PRONOUNS: Final = frozenset({Act.CEASEFIRE_REJECTED, Act.VIOLATION_ALLEGED, Act.CEASEFIRE_ENDED})


def _of_it(view: View, i: int) -> bool:
    """Whether a breach is one of the ceasefire told of before: no other thing is named that was broken."""
    tree = view.tree
    before = {
        tree.tokens[k].lemma
        for k in tree.kids(i, "amod", "compound", "nmod")
        if not any(m.start <= tree.tokens[k].start < m.end for m in view.actors)
    }
    imagined = {tree.tokens[k].lower for k in tree.kids(i, "det")} & {"any", "no", "every"}
    # "stopped short of calling it a breach"
    imagined |= {tree.tokens[a].lower for a in tree.ancestors(i)} & {"short"}
    return before <= _OF_BREACHES and not imagined and not tree.prep_objects(i, "of", "to")


def _points_back(view: View, i: int) -> bool:
    tree = view.tree
    words = {tree.tokens[k].lower for k in tree.kids(i, "det", "poss")}
    own = {tree.tokens[k].lemma for k in tree.kids(i, "compound", "amod", "nmod")}
    if own & _OTHER_KIND or tree.prep_objects(i, "on", "for", "of"):
        return False
    by_somebody = view.actors_by_head.get(i) or tree.prep_objects(i, "by", "from")
    return bool(words & _POINTING or by_somebody) or "peace" in own


_RETURNING: Final = frozenset({"reciprocate", "follow"})


def _is_refused(view: View, i: int) -> bool:
    """ "Would not reciprocate", "will not follow suit"."""
    tree = view.tree
    suit = tree.tokens[i].lemma == "reciprocate" or any(
        tree.tokens[o].lemma == "suit" for o in tree.objects(i)
    )
    will = {tree.tokens[k].lower for k in tree.kids(i, "aux")} & {"will", "would", "wo", "shall"}
    return suit and bool(will) and bool(tree.kids(i, "neg"))


def _pro_verbs(view: View, cues: Cues) -> list[TruceAct]:
    """ "Hamas refuses to do so": the refusal of what was told before."""
    tree = view.tree
    found = []
    for token in tree.tokens:
        if token.lemma in _RETURNING and _is_refused(view, token.i):
            truce = Truce(token.i, token.start, token.end)
            agents = tuple(agents_of(view, token.i, "object"))
            assertion = replace(stands(view, token.i, "rejected", cues), status=Status.ASSERTED)
            found.append(TruceAct(Act.CEASEFIRE_REJECTED, truce, token.i, agents, assertion))
        if token.lemma not in {"refuse", "decline"}:
            continue
        for k in tree.kids(token.i, "xcomp"):
            if tree.tokens[k].lemma == "do" and any(
                tree.tokens[d].lower in {"so", "it", "likewise", "same"} for d in tree.children[k]
            ):
                truce = Truce(k, token.start, tree.tokens[k].end)
                assertion = stands(view, token.i, "rejected", cues)
                found.append(
                    TruceAct(
                        Act.CEASEFIRE_REJECTED,
                        truce,
                        token.i,
                        tuple(agents_of(view, token.i, "object")),
                        assertion,
                    )
                )
    return found
