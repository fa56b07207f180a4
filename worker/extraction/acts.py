"""What is done about a ceasefire: the act that the words around it decide.

From the word for the ceasefire one climbs the tree; every word above makes something of what lies below it
(`actwords`), until a word says nothing more: "refused | to accept | the proposal | for a truce" is a rejection.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from worker.event import Act, Assertion, Status
from worker.extraction.actwords import ASKED, STANDING, act_of_noun, act_of_verb, raised
from worker.extraction.assertion import assert_clause
from worker.extraction.standing import stands

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.extraction.truces import Truce
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_ACTS: Final = {
    "agreed": Act.CEASEFIRE_AGREED, "declared": Act.CEASEFIRE_DECLARED, "in_effect": Act.CEASEFIRE_IN_EFFECT,
    "extended": Act.CEASEFIRE_EXTENDED, "proposed": Act.CEASEFIRE_PROPOSED, "demanded": Act.CEASEFIRE_DEMANDED,
    "rejected": Act.CEASEFIRE_REJECTED, "ended": Act.CEASEFIRE_ENDED, "violated": Act.VIOLATION_ALLEGED,
    "sought": Act.CEASEFIRE_PROPOSED, "negotiating": Act.TALKS_HELD, "to_negotiate": Act.TALKS_SCHEDULED,
}
WRAPPERS: Final = frozenset("agreement deal accord pact arrangement terms term condition regime truce ceasefire process period text measure package".split())
"""Nouns that stand for the ceasefire they name: "ceasefire agreement", "terms of the truce"."""
_BACKGROUND: Final = frozenset("despite since during amid amidst under before until throughout notwithstanding within".split())
_TALK_NOUNS: Final = frozenset("talk negotiation discussion consultation negotiator mediator dialogue mediation summit".split())
_OF: Final = frozenset({"of", "for", "to", "on", "in", "about", "over", "toward", "towards", "at"})
_NOUN_LINKS: Final = frozenset({"compound", "nmod", "poss", "amod"})
_SOUGHT: Final = frozenset({"negotiate", "mediate", "discuss", "broker"})
_RESUME: Final = frozenset({"resume", "restart", "recommence"})
_VERBS: Final = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class TruceAct:
    """An act on one ceasefire. `governor` is the word that decides it; `agents` who does it, `token` the ceasefire."""

    act: Act
    truce: Truce
    governor: int
    agents: tuple[int, ...]
    assertion: Assertion
    background: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """What has been read below a word: the name of the act (None: the ceasefire itself), its word and its agents."""

    name: str | None
    at: int
    agents: tuple[int, ...] = ()
    denied: bool = False


def find_acts(view: View, truce: Truce, cues: Cues) -> tuple[TruceAct, ...]:
    """The acts on one ceasefire word: usually one, several where it is "accepted by Israel but rejected by Hamas"."""
    start = _Reading("declared" if truce.verb else None, truce.token)
    readings = list(_from_stopping(view, start, cues) if truce.verb else _climb(view, start, cues))
    if any(r.name == "talks" for r in readings):
        return ()
    if not any(r.name in {"ended", "agreed", "in_effect"} and not r.denied for r in readings) or any(r.name == "ended" for r in readings):
        readings.extend(_participles(view, truce, cues, ended=any(r.name == "ended" for r in readings)))
    acts = [_act(view, truce, r, cues) for r in readings if r.name in _ACTS]
    if not acts:
        return () if truce.verb else (_mention(view, truce, cues),)
    return tuple({(a.act, a.governor, a.assertion.status): a for a in acts}.values())


def _act(view: View, truce: Truce, reading: _Reading, cues: Cues) -> TruceAct:
    name = reading.name or ""
    assertion = stands(view, reading.at, name, cues)
    no = any(view.tree.tokens[k].lower == "no" for k in view.tree.kids(truce.token, "det"))
    if reading.denied or (no and name in STANDING and assertion.status is Status.ASSERTED):
        assertion = replace(assertion, status=Status.DENIED)
    if name in {"in_effect", "agreed"} and assertion.status is Status.DENIED and _complying(view, reading.at):
        return TruceAct(Act.VIOLATION_ALLEGED, truce, reading.at, reading.agents, replace(assertion, status=Status.ASSERTED))
    if name in {"agreed", "declared"} and assertion.status is Status.DENIED and reading.agents and _refusable(view, reading.at):
        return TruceAct(Act.CEASEFIRE_REJECTED, truce, reading.at, reading.agents, replace(assertion, status=Status.ASSERTED))
    return TruceAct(_ACTS[name], truce, reading.at, reading.agents, assertion)


def _complying(view: View, at: int) -> bool:
    """ "Has not complied with the ceasefire" accuses of a breach; "the truce did not hold" does not."""
    return view.tree.tokens[at].lemma in {"comply", "abide", "adhere", "honour", "honor", "respect", "observe", "uphold", "stick", "implement", "fail"}


def _refusable(view: View, at: int) -> bool:
    """ "Will not accept" refuses; "has not reached" or "was not signed" does not."""
    token = view.tree.tokens[at]
    return token.lemma in {"accept", "agree", "approve", "consent", "allow", "declare", "want", "commit", "consider", "have", "grant", "be"} and token.tag != "VBN"


# ---- climbing ----------------------------------------------------------------------------------------------------


def _climb(view: View, below: _Reading, cues: Cues) -> Iterable[_Reading]:
    """What the words above make of a reading; the reading itself where they make nothing of it."""
    tree = view.tree
    token = tree.tokens[below.at]
    head = tree.tokens[token.head]
    if token.head == below.at:
        return [below]
    if token.dep == "conj" and head.pos in {"NOUN", "PROPN", "ADJ"}:
        return _as_if(view, below, head.i, cues)
    if token.dep in _NOUN_LINKS and head.pos in {"NOUN", "PROPN"}:
        return _under_noun(view, below, head.i, cues)
    if token.dep in {"pobj", "pcomp"} and tree.tokens[token.head].pos in {"ADP", "SCONJ", "ADV", "VERB"}:
        upper = tree.tokens[head.head]
        if head.dep == "prep" and tree.tokens[head.head].pos == "ADP":
            upper = tree.tokens[upper.head]
        if head.lower in _BACKGROUND:
            return [below]
        if upper.pos in {"NOUN", "PROPN"}:
            return _under_noun(view, below, upper.i, cues) if head.lower in _OF else [below]
        if upper.pos in _VERBS:
            return _under_verb(view, below, upper.i, head.lower, cues)
        return [below]
    if token.dep in {"nsubj", "nsubjpass", "dobj", "obj", "dative", "oprd", "attr"} and head.pos in _VERBS:
        role = {"nsubj": "subject", "nsubjpass": "passive", "attr": "attribute"}.get(token.dep, "object")
        return _under_verb(view, below, head.i, role, cues)
    return [below]


def _as_if(view: View, below: _Reading, at: int, cues: Cues) -> Iterable[_Reading]:
    """Climb from another word as if the reading stood there (the first member of a coordination)."""
    return [r if r.at != at else replace(r, at=below.at) for r in _climb(view, replace(below, at=at), cues)]


def _under_noun(view: View, below: _Reading, noun: int, cues: Cues) -> Iterable[_Reading]:
    tree = view.tree
    lemma = tree.tokens[noun].lemma
    if lemma in _TALK_NOUNS:
        return [replace(below, name="talks")]
    if lemma in WRAPPERS:
        return _climb(view, replace(below, at=noun), cues)
    name = act_of_noun(lemma, below.name, cues)
    if name is None:
        return [below]
    agents = tuple(tree.kids(noun, "poss")) + tuple(tree.prep_objects(noun, "by", "from"))
    agents += tuple(m for m in tree.kids(noun, "compound", "amod") if m != below.at)
    here = _Reading(name, noun, agents or below.agents)
    above = list(_climb(view, here, cues))
    if any(r.name == "rejected" for r in above) and name in ASKED and _of_verb_lemma(view, above) != "veto":
        above.append(here)
    return above


def _of_verb_lemma(view: View, readings: list[_Reading]) -> str:
    return next((view.tree.tokens[r.at].lemma for r in readings if r.name == "rejected"), "")


def _under_verb(view: View, below: _Reading, verb: int, role: str, cues: Cues) -> Iterable[_Reading]:
    """The acts of a verb and of the verbs coordinated with it that share the ceasefire."""
    tree = view.tree
    found: list[_Reading] = []
    verbs = [verb]
    if role in {"subject", "passive"}:
        verbs.extend(c for c in tree.conjuncts(verb)[1:] if tree.tokens[c].pos in _VERBS and not tree.kids(c, "nsubj", "nsubjpass", "dobj"))
    elif role == "object" and tree.tokens[verb].dep == "conj" and not tree.objects(tree.tokens[verb].head):
        verbs.insert(0, tree.tokens[verb].head)
    for at in verbs:
        as_role = role if at == verb or role not in {"subject", "passive"} else "passive" if _passive(view, at) else "subject"
        name = _named(view, at, as_role, below, cues)
        if name is None:
            continue
        agents = below.agents if as_role in {"subject", "attribute"} or (name == below.name and below.agents) else tuple(agents_of(view, at, as_role))
        at_word = below.at if name == below.name and below.name is not None and below.name not in STANDING else at
        found.extend(_raise(view, _Reading(name, at_word, agents, below.denied), at, cues))
    return found or [below]


def _named(view: View, verb: int, role: str, below: _Reading, cues: Cues) -> str | None:
    tree = view.tree
    lemma = tree.tokens[verb].lemma
    if role == "subject" and lemma in {"take", "come", "go"} and tree.objects(verb) and below.name is not None:
        return below.name
    if lemma in _SOUGHT and below.name in STANDING and role in {"object", "for", "on", "passive"}:
        return _of_seeking(view, verb, role)
    if role == "after":
        return "ended" if lemma in _RESUME else None
    if role == "attribute":
        return below.name if below.name not in STANDING else None
    return act_of_verb(view, verb, role, below.name, cues)


def _of_seeking(view: View, verb: int, role: str) -> str:
    """ "Brokered a truce" has one, "is negotiating a truce" talks of one, "to broker a truce" seeks one."""
    tree = view.tree
    token = tree.tokens[verb]
    if token.lemma != "discuss" and (token.tag == "VBD" or role == "passive" or (token.tag in {"VBN", "VBZ"} and tree.kids(verb, "aux"))):
        return "agreed" if role != "for" else "negotiating"
    progressive = token.tag == "VBG" and bool(tree.kids(verb, "aux"))
    return "negotiating" if progressive or token.tag in {"VBZ", "VBP"} or token.lemma == "discuss" else "sought"


def _passive(view: View, verb: int) -> bool:
    return view.tree.is_passive(verb) or (view.tree.tokens[verb].tag == "VBN" and not view.tree.kids(verb, "aux"))


def _raise(view: View, reading: _Reading, verb: int, cues: Cues) -> Iterable[_Reading]:
    """Climb infinitives and gerunds: "refuses to extend", "efforts to broker", "accused X of violating"."""
    tree = view.tree
    at = verb
    for _ in range(len(tree.tokens)):
        token = tree.tokens[at]
        upper = tree.tokens[token.head]
        if token.dep == "conj" and upper.pos == "VERB" and not tree.kids(at, "nsubj", "nsubjpass") and token.tag == upper.tag:
            at = upper.i
            continue
        if token.dep == "pcomp" or (token.dep == "prep" and token.tag == "VBG"):
            preposition = upper if token.dep == "pcomp" else token
            upper = tree.tokens[upper.head] if token.dep == "pcomp" else upper
            if preposition.lower in {"after", "by", "since", "without", "before", "following", "upon", "despite", "with", "than"}:
                break
        elif token.dep not in {"xcomp", "ccomp", "acl", "advcl"} or not _unfinite(view, at):
            break
        if upper.lemma == "accuse" or (upper.lemma == "blame" and reading.name in {"violated", "ended"}):
            return [replace(reading, at=verb, agents=tuple(tree.objects(upper.i)) or reading.agents)]
        made = _sought(upper.lemma, reading.name) or raised(upper.lemma, reading.name or "", cues)
        if made is not None:
            name, fails = made
            agents = tuple(tree.subjects(upper.i)) if upper.pos in _VERBS else tuple(tree.kids(upper.i, "poss", "amod", "compound")) + tuple(tree.prep_objects(upper.i, "by", "from"))
            reading = _Reading(name, upper.i, agents or reading.agents, reading.denied != fails)
            if upper.pos == "NOUN":
                return _climb(view, reading, cues)
        elif upper.pos == "NOUN":
            break
        at = upper.i
    return [reading]


def _sought(lemma: str, name: str | None) -> tuple[str, bool] | None:
    if name != "sought":
        return None
    if lemma in {"agree", "plan", "meet", "intend", "resume", "prepare", "begin", "start", "set"}:
        return "to_negotiate", False
    return None


def _unfinite(view: View, i: int) -> bool:
    tree = view.tree
    if tree.tokens[i].tag == "VBG":
        return not tree.kids(i, "aux") or tree.tokens[i].dep != "ccomp"
    return any(tree.tokens[k].lower == "to" for k in tree.kids(i, "aux")) or (tree.tokens[i].tag == "VB" and not tree.kids(i, "aux"))


# ---- agents, participles, stopping ------------------------------------------------------------------------------


def agents_of(view: View, verb: int, role: str) -> list[int]:
    """Nouns that do what a verb says, seen from the role that the ceasefire has in it."""
    tree = view.tree
    token = tree.tokens[verb]
    by = tree.prep_objects(verb, "by")
    if role == "passive" or tree.kids(verb, "nsubjpass") or (token.tag == "VBN" and not tree.kids(verb, "nsubj", "aux")):
        return by
    subjects = [s for s in tree.subjects(verb) if tree.tokens[s].tag not in {"WDT", "WP"}]
    if not subjects and token.dep in {"acl", "relcl"}:
        subjects = [token.head]
    if not subjects and token.dep == "pcomp":
        upper = tree.tokens[tree.tokens[token.head].head]
        subjects = tree.subjects(upper.i) if upper.pos in _VERBS else []
    return subjects or by


def _participles(view: View, truce: Truce, cues: Cues, *, ended: bool) -> list[_Reading]:
    """ "A truce declared on Friday", "the ceasefire that took effect", "the ceasefire going into force"."""
    tree = view.tree
    found: list[_Reading] = []
    tops = [truce.token, *(a for a in tree.ancestors(truce.token) if tree.tokens[a].lemma in WRAPPERS)][:3]
    for top in tops:
        for k in tree.kids(top, "acl", "relcl", "amod"):
            token = tree.tokens[k]
            if token.tag not in {"VBN", "VBG", "VBD", "VBZ", "VBP", "VB"} or (token.lemma in _SOUGHT and token.tag == "VBN"):
                continue
            bare = token.tag in {"VBN", "VBG"} and not tree.kids(k, "nsubj", "nsubjpass")
            if ended and bare:
                continue
            own = tree.kids(k, "nsubj")
            relative = any(tree.tokens[s].tag in {"WDT", "WP"} or tree.tokens[s].lower == "that" for s in own)
            role = "passive" if _passive(view, k) or tree.kids(k, "nsubjpass") or token.tag == "VBN" else "subject" if relative or not own else "object"
            name = _named(view, k, role, _Reading(None, top), cues)
            if name in {"agreed", "declared", "in_effect", "extended", "proposed", "rejected", "violated"}:
                found.append(_Reading(name, k, tuple(agents_of(view, k, role)) if role != "subject" else ()))
    return found


def _mention(view: View, truce: Truce, cues: Cues) -> TruceAct:
    assertion = assert_clause(view, truce.token, cues)
    return TruceAct(Act.CEASEFIRE_MENTIONED, truce, truce.token, (), assertion, background=True)


def _from_stopping(view: View, start: _Reading, cues: Cues) -> Iterable[_Reading]:
    """ "Agreed to halt strikes", "will halt strikes": the verb of undertaking above the stopping decides."""
    agents = tuple(agents_of(view, start.at, "object"))
    return _raise(view, replace(start, agents=agents), start.at, cues)
