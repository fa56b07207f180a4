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
WRAPPERS: Final = frozenset("agreement deal accord pact arrangement terms term regime truce ceasefire process period text measure package".split())
"""Nouns that stand for the ceasefire they name: "ceasefire agreement", "terms of the truce"."""
_BACKGROUND: Final = frozenset("despite since during amid amidst under before until throughout notwithstanding within".split())
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})
_TALK_NOUNS: Final = frozenset("talk negotiation discussion consultation negotiator mediator dialogue mediation summit".split())
_OF: Final = frozenset({"of", "for", "to", "on", "in", "about", "over", "toward", "towards", "at"})
_NOUN_LINKS: Final = frozenset({"compound", "nmod", "poss", "amod"})
_BINDING: Final = frozenset("call urge ask press demand appeal reach sign strike order tell agree".split())
"""Verbs whose complement the parser takes for an adverbial clause ("calls on Russia to declare a truce")."""
_CONTROL: Final = frozenset("convince persuade force allow get help order tell instruct cause lead enable compel induce".split())
"""Verbs whose object does what the infinitive says ("persuaded Hamas to accept")."""
_SOUGHT: Final = frozenset({"negotiate", "mediate", "discuss", "broker"})
_SEEMING: Final = frozenset("appear seem fail begin start continue expect set schedule look threaten risk prove plan suppose slate manage be".split())
_RESUME: Final = frozenset({"resume", "restart", "recommence"})
_TAKEN_FOR_VERBS: Final = frozenset("talk offer plan deal call bid push proposal pact".split())
"""Nouns that the parser takes for verbs after "ceasefire" ("dismisses the group's ceasefire offer")."""
_DONE_TO: Final = ("agreed", "declared", "extended", "rejected", "proposed", "demanded", "violated")
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
    sought: bool = False
    """Only efforts towards a ceasefire are told of ("efforts to mediate")."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What has been read below a word: the name of the act (None: the ceasefire itself), its word and its agents."""

    name: str | None
    at: int
    agents: tuple[int, ...] = ()
    denied: bool = False
    presupposed: bool = False
    sought: bool = False
    """Known from what else is said ("rejected the proposal"), whatever the verb above makes of it."""


def find_acts(view: View, truce: Truce, cues: Cues) -> tuple[TruceAct, ...]:
    """The acts on one ceasefire word: usually one, several where it is "accepted by Israel but rejected by Hamas"."""
    return acts_from(view, truce, None, cues) or (() if truce.verb or _under_talks(view, truce, cues) else (_mention(view, truce, cues),))


def acts_from(view: View, truce: Truce, name: str | None, cues: Cues) -> tuple[TruceAct, ...]:
    """The acts on what the truce's word stands for: the ceasefire (None), or an act by itself ("the proposal")."""
    start = _Reading("declared" if truce.verb else name, truce.token)
    readings = list(_from_stopping(view, start, cues) if truce.verb else _climb(view, start, cues))
    if any(r.name == "talks" for r in readings):
        return ()
    if not any(r.name in {"ended", "agreed", "in_effect"} and not r.denied for r in readings) or any(r.name == "ended" for r in readings):
        readings.extend(_participles(view, truce, readings, cues))
    acts = [_act(view, truce, r, cues) for r in readings if r.name in _ACTS]
    return tuple({(a.act, a.governor, a.assertion.status): a for a in acts}.values())


def _under_talks(view: View, truce: Truce, cues: Cues) -> bool:
    return any(r.name == "talks" for r in _climb(view, _Reading(None, truce.token), cues))


def standing_for(view: View, truce: Truce) -> tuple[int, ...]:
    """Nouns that stand for the ceasefire in its phrase: "deal" in "the ceasefire deal with Israel"."""
    found = []
    for at in view.tree.ancestors(truce.token):
        if view.tree.tokens[at].lemma in WRAPPERS:
            found.append(at)
        elif view.tree.tokens[at].pos != "ADP":
            break
    return tuple(found)


def _act(view: View, truce: Truce, reading: _Reading, cues: Cues) -> TruceAct:
    name = reading.name or ""
    assertion = stands(view, reading.at, name, cues)
    no = any(view.tree.tokens[k].lower == "no" for k in view.tree.kids(truce.token, "det"))
    accused = name == "violated" and any(view.tree.tokens[a].lemma in {"accuse", "blame"} for a in view.tree.ancestors(reading.at))
    if reading.presupposed or (accused and assertion.status is Status.HYPOTHETICAL):
        assertion = replace(assertion, status=Status.ASSERTED)
    if reading.denied or (no and name in STANDING and assertion.status is Status.ASSERTED):
        assertion = replace(assertion, status=Status.DENIED)
    if name in {"in_effect", "agreed"} and assertion.status is Status.DENIED and _complying(view, reading.at):
        return TruceAct(Act.VIOLATION_ALLEGED, truce, reading.at, reading.agents, replace(assertion, status=Status.ASSERTED))
    if name in {"agreed", "declared", "sought"} and assertion.status is Status.DENIED and reading.agents and _refusable(view, reading.at):
        return TruceAct(Act.CEASEFIRE_REJECTED, truce, reading.at, reading.agents, replace(assertion, status=Status.ASSERTED))
    return TruceAct(_ACTS[name], truce, reading.at, reading.agents, assertion, sought=reading.sought or name == "sought")


def _complying(view: View, at: int) -> bool:
    """ "Has not complied with the ceasefire" accuses of a breach; "the truce did not hold" does not."""
    return view.tree.tokens[at].lemma in {"comply", "abide", "adhere", "honour", "honor", "respect", "observe", "uphold", "stick", "implement", "fail"}


def _refusable(view: View, at: int) -> bool:
    """ "Will not accept" refuses; "has not reached" or "was not signed" does not."""
    token = view.tree.tokens[at]
    if not any(view.tree.kids(i, "neg") for i in (at, token.head)):
        return False
    return token.lemma in {"accept", "agree", "approve", "consent", "allow", "negotiate", "discuss", "declare", "want", "commit", "consider", "have", "grant", "be"} and token.tag != "VBN"


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
    if token.dep == "pobj" and head.lower in {"after", "following"} and token.lemma in WRAPPERS and below.name in STANDING and tree.tokens[head.head].lemma not in _RESUME:
        return [replace(below, name="agreed")]
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
    if head.i == token.i + 1 and head.lemma in _TAKEN_FOR_VERBS and token.dep in {"nsubj", "dobj"} and head.pos in _VERBS:
        return _under_noun(view, below, head.i, cues)
    if token.dep == "ccomp" and token.lemma in _TAKEN_FOR_VERBS and below.name not in STANDING:
        return _under_verb(view, below, head.i, "object", cues)
    if token.dep in {"nsubj", "nsubjpass", "dobj", "obj", "dative", "oprd", "attr"} and _verbal(view, head.i):
        role = {"nsubj": "subject", "nsubjpass": "passive", "attr": "attribute"}.get(token.dep, "object")
        return _under_verb(view, below, head.i, role, cues)
    return [below]


def _verbal(view: View, i: int) -> bool:
    """Whether a word is a verb, also one that the parser tags as a noun for all its objects ("rebels sign a truce")."""
    return view.tree.tokens[i].pos in _VERBS or (bool(view.tree.kids(i, "dobj")) and bool(view.tree.kids(i, "nsubj")))


def _as_if(view: View, below: _Reading, at: int, cues: Cues) -> Iterable[_Reading]:
    """Climb from another word as if the reading stood there (the first member of a coordination)."""
    return [r if r.at != at else replace(r, at=below.at) for r in _climb(view, replace(below, at=at), cues)]


def _under_noun(view: View, below: _Reading, noun: int, cues: Cues) -> Iterable[_Reading]:
    tree = view.tree
    lemma = tree.tokens[noun].lemma
    if lemma in _TALK_NOUNS:
        above = list(_climb(view, _Reading("proposed", noun), cues))
        return [r for r in above if r.name == "rejected"] or [replace(below, name="talks")]
    if lemma in WRAPPERS:
        return _climb(view, replace(below, at=noun), cues)
    name = act_of_noun(lemma, below.name, cues)
    if name is None:
        return [below]
    agents = tuple(tree.kids(noun, "poss")) + tuple(tree.prep_objects(noun, "by", "from"))
    agents += tuple(m for m in tree.kids(noun, "compound", "amod") if m != below.at)
    return _with_rejection(view, _Reading(name, noun, agents or below.agents), cues)


def _with_rejection(view: View, here: _Reading, cues: Cues) -> list[_Reading]:
    """Climb from a noun of act. What is rejected has been proposed all the same, unless a veto undid it."""
    above = list(_climb(view, here, cues))
    rejected = next((r for r in above if r.name == "rejected"), None)
    if rejected is not None and here.name in ASKED and view.tree.tokens[rejected.at].lemma != "veto":
        above.append(replace(here, presupposed=True))
    return above


def _under_verb(view: View, below: _Reading, verb: int, role: str, cues: Cues) -> Iterable[_Reading]:
    """The acts of a verb and of the verbs coordinated with it that share the ceasefire."""
    tree = view.tree
    found: list[_Reading] = []
    verb, role = _seeming(view, verb, role)
    if role == "subject" and (tree.kids(verb, "agent") or _done_to(view, verb, cues)):
        role = "passive"
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


def _done_to(view: View, verb: int, cues: Cues) -> bool:
    """ "Ceasefire agreed in Minsk": a participle that the parser takes for an active verb, which a truce cannot do."""
    token = view.tree.tokens[verb]
    if token.tag not in {"VBD", "VBN"} or view.tree.objects(verb) or token.lemma in cues.acts["in_effect"] | cues.acts["ended"]:
        return False
    return any(token.lemma in cues.acts[name] for name in _DONE_TO)


def _seeming(view: View, verb: int, role: str) -> tuple[int, str]:
    """ "Appears to collapse", "is due to begin", "is expected to be signed": the verb that the truce is really subject of."""
    tree = view.tree
    if role not in {"subject", "passive"}:
        return verb, role
    for at in (verb, *tree.kids(verb, "acomp", "advmod")):
        below = tree.kids(at, "xcomp")
        if below and (tree.tokens[at].lemma in _SEEMING or at != verb):
            return below[0], "passive" if tree.kids(below[0], "auxpass") else "subject"
    return verb, role


def _named(view: View, verb: int, role: str, below: _Reading, cues: Cues) -> str | None:
    tree = view.tree
    lemma = tree.tokens[verb].lemma
    if role == "subject" and lemma in {"take", "come", "go"} and tree.objects(verb) and below.name is not None:
        return below.name
    if lemma in _SOUGHT and below.name in STANDING and role in {"object", "for", "on", "passive"}:
        return _of_seeking(view, verb, role)
    if lemma == "last" and tree.kids(verb, "aux"):
        return None  # "has lasted for years" tells of no news
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
        elif token.dep == "advcl" and upper.lemma not in _BINDING:
            break
        if upper.lemma == "accuse" or (upper.lemma == "blame" and reading.name in {"violated", "ended"}):
            return [replace(reading, at=verb, agents=tuple(tree.objects(upper.i)) or reading.agents)]
        made = _sought(upper.lemma, reading.name) or raised(upper.lemma, reading.name or "", cues)
        if made is not None:
            name, fails = made
            agents = tuple(tree.subjects(upper.i)) if upper.pos in _VERBS else tuple(tree.kids(upper.i, "poss", "amod", "compound")) + tuple(tree.prep_objects(upper.i, "by", "from"))
            reading = _Reading(name, upper.i, agents or reading.agents, reading.denied != fails, sought=reading.name == "sought" and name == "proposed")
            if upper.pos == "NOUN":
                return _with_rejection(view, reading, cues)
        elif upper.pos == "NOUN":
            if upper.lemma in _TALK_NOUNS:
                return [replace(reading, name="talks")]
            if reading.name in ASKED:  # "rejected a statement calling for a truce"
                above = [r for r in _climb(view, replace(reading, at=upper.i), cues) if r.name == "rejected"]
                return [*above, replace(reading, presupposed=bool(above))]
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
    upper = tree.tokens[token.head]
    if token.dep in {"xcomp", "ccomp", "advcl"} and upper.lemma in _CONTROL and tree.objects(upper.i) and not tree.kids(verb, "nsubj"):
        return tree.objects(upper.i)
    subjects = [s for s in tree.subjects(verb) if tree.tokens[s].tag not in {"WDT", "WP"}]
    if not subjects and token.dep in {"acl", "relcl"}:
        subjects = [token.head]
    if not subjects and token.dep == "pcomp":
        upper = tree.tokens[tree.tokens[token.head].head]
        subjects = tree.subjects(upper.i) if upper.pos in _VERBS else []
    return subjects or by


def _participles(view: View, truce: Truce, read: list[_Reading], cues: Cues) -> list[_Reading]:
    """ "A truce declared on Friday", "the ceasefire that took effect", "broke down shortly after coming into effect"."""
    tree = view.tree
    ended = any(r.name == "ended" for r in read)
    found: list[_Reading] = []
    tops = dict.fromkeys([truce.token, *(a for a in tree.ancestors(truce.token) if tree.tokens[a].lemma in WRAPPERS), *(r.at for r in read)])
    for top in tops:
        if tree.tokens[top].pos in _VERBS:
            found.extend(_Reading("in_effect", k) for p in tree.kids(top, "prep") for k in tree.kids(p, "pcomp") if _named(view, k, "subject", _Reading(None, top), cues) == "in_effect")
            continue
        below = next((r.name for r in read if r.at == top), None)
        for k in tree.kids(top, "acl", "relcl", "amod"):
            name, role = _of_participle(view, k, _Reading(below, top), cues, ended=ended)
            if name is not None and name != below:
                found.append(_Reading(name, k, tuple(agents_of(view, k, role)) if role != "subject" else ()))
    far = [k for k in tree.subtree(truce.token) if tree.tokens[k].dep == "relcl" and tree.tokens[k].lemma in cues.acts["rejected"] and tree.kids(k, "nsubjpass")]
    found.extend(_Reading("rejected", k, tuple(tree.prep_objects(k, "by"))) for k in far if all(f.at != k for f in found))
    return found


def _of_participle(view: View, k: int, below: _Reading, cues: Cues, *, ended: bool) -> tuple[str | None, str]:
    """(act, role of the ceasefire in it) of a participle or relative clause below a ceasefire or a noun of act."""
    tree = view.tree
    token = tree.tokens[k]
    if token.pos not in {"VERB", "AUX", "ADJ"} or (token.lemma in _SOUGHT and token.tag == "VBN"):
        return None, ""
    own = tree.kids(k, "nsubj")
    if ended and token.tag in {"VBN", "VBG"} and not own and not tree.kids(k, "nsubjpass"):
        return None, ""
    relative = any(tree.tokens[s].tag in {"WDT", "WP"} or tree.tokens[s].lower == "that" for s in own)
    passive = _passive(view, k) or bool(tree.kids(k, "nsubjpass")) or token.tag == "VBN" or (token.dep == "acl" and token.tag == "VBD")
    role = "passive" if passive else "subject" if relative or not own else "object"
    name = _named(view, k, role, below, cues)
    if name == "ended" and token.tag in {"VBN", "VBG"} and not own:
        return None, ""
    return (name if name not in {None, "demanded"} else None), role


def _mention(view: View, truce: Truce, cues: Cues) -> TruceAct:
    """A ceasefire named in passing; one that nothing points to ("a condition for a truce") need not exist."""
    assertion = assert_clause(view, truce.token, cues)
    if assertion.status is Status.ASSERTED and not _exists(view, truce):
        assertion = replace(assertion, status=Status.HYPOTHETICAL)
    return TruceAct(Act.CEASEFIRE_MENTIONED, truce, truce.token, (), assertion, background=True)


def _exists(view: View, truce: Truce) -> bool:
    """Whether the words take a ceasefire for granted: "the truce", "their ceasefire", "despite a truce", "the Minsk agreements"."""
    tree = view.tree
    for at in (truce.token, *standing_for(view, truce)):
        token = tree.tokens[at]
        if any(tree.tokens[k].lower in _DEFINITE for k in tree.kids(at, "det", "poss")) or tree.kids(at, "poss") or tree.kids(at, "nummod"):
            return True
        if token.dep == "pobj" and tree.tokens[token.head].lower in _BACKGROUND | {"after", "following", "violation"}:
            return True
        if any(tree.tokens[k].pos == "PROPN" or tree.tokens[k].tag == "VBN" for k in tree.kids(at, "compound", "amod", "acl")):
            return True
    return False


def _from_stopping(view: View, start: _Reading, cues: Cues) -> Iterable[_Reading]:
    """ "Agreed to halt strikes", "will halt strikes": the verb of undertaking above the stopping decides."""
    agents = tuple(agents_of(view, start.at, "object"))
    return _raise(view, replace(start, agents=agents), start.at, cues)
