"""What is done about a ceasefire: the act that the words around it decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from worker.event import Act, Status
from worker.extraction.assertion import assert_clause

if TYPE_CHECKING:
    from worker.event import Assertion
    from worker.extraction.truces import Truce
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_ACTS: Final = {
    "agreed": Act.CEASEFIRE_AGREED, "declared": Act.CEASEFIRE_DECLARED, "in_effect": Act.CEASEFIRE_IN_EFFECT,
    "extended": Act.CEASEFIRE_EXTENDED, "proposed": Act.CEASEFIRE_PROPOSED, "demanded": Act.CEASEFIRE_DEMANDED,
    "rejected": Act.CEASEFIRE_REJECTED, "ended": Act.CEASEFIRE_ENDED, "violated": Act.VIOLATION_ALLEGED,
}
_WRAPPERS: Final = frozenset("agreement deal accord pact arrangement terms term condition implementation plan start regime arrangement announcement".split())
"""Nouns that stand for the ceasefire they name: "ceasefire agreement", "terms of the truce"."""
_BACKGROUND: Final = frozenset("despite since during amid under after following before until throughout notwithstanding".split())
_MENTION_NOUNS: Final = frozenset("line monitor monitoring observer mission compliance committee commission zone day violator mechanism chance period part guarantor".split())
_TALK_NOUNS: Final = frozenset("talk negotiation discussion consultation negotiator mediator dialogue mediation".split())
_BEGIN: Final = frozenset("effect force hold place".split())
_BROKERS: Final = frozenset("broker mediate negotiate sponsor facilitate organise organize arrange".split())
_IN_EFFECT_OBJECTS: Final = frozenset({"observe", "respect", "uphold", "honour", "honor", "maintain", "keep", "implement", "begin", "start"})


@dataclass(frozen=True, slots=True)
class TruceAct:
    """An act on one ceasefire. `governor` is the word that decides it; `agents` who does it, `token` the ceasefire."""

    act: Act
    truce: Truce
    governor: int
    agents: tuple[int, ...]
    assertion: Assertion
    background: bool = False


def find_acts(view: View, truce: Truce, cues: Cues) -> tuple[TruceAct, ...]:
    """The acts on one ceasefire word: usually one, several where it is "accepted by Israel but rejected by Hamas"."""
    if truce.verb:
        return _of_stopping(view, truce, cues)
    top = _wrapped(view, truce.token)
    tree = view.tree
    token = tree.tokens[top]
    noun_act = _noun_above(view, top, cues)
    if noun_act is not None:
        return tuple(_with(view, truce, noun, name, cues) for noun, name in noun_act)
    verbs: list[tuple[int, str]] = []
    if token.dep in {"nsubj", "nsubjpass", "dobj", "obj", "attr", "oprd"} and tree.tokens[token.head].pos in {"VERB", "AUX"}:
        verbs.append((token.head, "passive" if token.dep == "nsubjpass" else "subject" if token.dep == "nsubj" else "object"))
    elif token.dep in {"pobj", "pcomp"}:
        preposition = tree.tokens[token.head]
        if preposition.lower in _BACKGROUND:
            return (_mention(view, truce, top, cues),)
        verbs.append((preposition.head, preposition.lower))
    elif token.dep == "ROOT":
        return tuple(_participles(view, truce, top, cues)) or (_mention(view, truce, top, cues),)
    for verb, role in tuple(verbs):
        verbs.extend(
            (c, "passive" if role in {"subject", "passive"} else role)
            for c in tree.kids(verb, "conj")
            if role in {"subject", "passive"} and not tree.kids(c, "nsubj", "nsubjpass", "dobj")
        )
    found = [act for verb, role in verbs if (act := _of_verb(view, truce, verb, role, cues)) is not None]
    return tuple(found) or tuple(_participles(view, truce, top, cues)) or (_mention(view, truce, top, cues),)


def _wrapped(view: View, i: int) -> int:
    """Climb from "ceasefire" to the noun phrase that stands for it."""
    tree = view.tree
    while True:
        token = tree.tokens[i]
        head = tree.tokens[token.head]
        if token.head == i:
            return i
        if token.dep in {"compound", "nmod", "amod"} and head.lemma in _WRAPPERS:
            i = token.head
        elif token.dep == "pobj" and head.lower in {"of", "for"} and tree.tokens[head.head].lemma in _WRAPPERS - {"plan"}:
            i = head.head
        elif token.dep == "conj" and head.pos in {"NOUN", "PROPN"}:
            i = token.head
        else:
            return i


def _noun_above(view: View, i: int, cues: Cues) -> list[tuple[int, str]] | None:
    """(noun, act name) where a noun governs the ceasefire: "violation of the truce", "ceasefire proposal"."""
    tree = view.tree
    token = tree.tokens[i]
    head = tree.tokens[token.head]
    noun = None
    if token.dep in {"compound", "nmod", "poss", "amod"}:
        noun = token.head
    elif token.dep == "pobj" and head.lower in {"of", "for", "to", "on", "in"} and tree.tokens[head.head].pos == "NOUN":
        noun = head.head
    elif token.dep == "dobj" and head.tag == "VBG" and head.dep == "pcomp":
        return None
    if noun is None:
        return None
    lemma = tree.tokens[noun].lemma
    if lemma in _TALK_NOUNS:
        return []
    for name, nouns in cues.act_nouns.items():
        if lemma in nouns:
            return [(noun, name)]
    if token.dep in {"compound", "nmod"} and lemma in _MENTION_NOUNS:
        return [(noun, "mentioned")]
    return None


def _with(view: View, truce: Truce, noun: int, name: str, cues: Cues) -> TruceAct:
    """The act of a governing noun, unless the verb above it turns it round ("rejected the truce proposal")."""
    tree = view.tree
    token = tree.tokens[noun]
    governor = tree.tokens[token.head]
    if name == "mentioned":
        return _mention(view, truce, noun, cues)
    if token.dep == "pobj" and governor.lower in _BACKGROUND and name not in {"violated", "ended"}:
        return _mention(view, truce, noun, cues)
    agents = list(tree.kids(noun, "poss")) + tree.prep_objects(noun, "by", "from")
    if token.dep in {"dobj", "nsubjpass", "pobj"}:
        verb = token.head if token.dep != "pobj" else governor.head
        lemma = tree.tokens[verb].lemma
        if name in {"proposed", "demanded"}:
            for other in ("rejected", "extended"):
                if lemma in cues.acts[other]:
                    name = other
                    agents = _agents(view, verb, "object" if token.dep != "nsubjpass" else "passive")
        if name in {"agreed"}:
            act = _of_verb(view, truce, verb, "object" if token.dep == "dobj" else "passive", cues)
            if act is not None:
                return act
        agents = agents or _agents(view, verb, "object" if token.dep != "nsubjpass" else "passive")
    elif token.dep == "nsubj":
        agents = agents or []
    return TruceAct(_ACTS[name], truce, noun, tuple(agents), assert_clause(view, noun, cues))


def _of_verb(view: View, truce: Truce, verb: int, role: str, cues: Cues) -> TruceAct | None:
    tree = view.tree
    lemma = tree.tokens[verb].lemma
    particles = {tree.tokens[k].lower for k in tree.kids(verb, "prt", "advmod")}
    name = _act_name(view, verb, lemma, role, particles, cues)
    if name is None:
        return None
    governor, name, negated = _raised(view, verb, name, cues)
    assertion = assert_clause(view, governor, cues)
    if negated:
        assertion = type(assertion)(status=Status.DENIED, attributed_to=assertion.attributed_to)
    agents = _agents(view, governor, role if governor == verb else "object")
    return TruceAct(_ACTS[name], truce, governor, tuple(agents), assertion)


def _act_name(view: View, verb: int, lemma: str, role: str, particles: set[str], cues: Cues) -> str | None:
    tree = view.tree
    objects = {tree.tokens[o].lemma for o in (*tree.objects(verb), *tree.prep_objects(verb))}
    if role == "subject" and not tree.is_passive(verb):
        if lemma in {"take", "come", "go", "enter", "be"}:
            return "in_effect" if objects & _BEGIN else None
        if lemma in {"break", "fall"}:
            return "ended" if particles & {"down", "apart", "through", "up"} or lemma == "break" else None
        return next((n for n in ("ended", "in_effect", "violated") if lemma in cues.acts[n]), None)
    if lemma == "call":
        if "off" in particles:
            return "ended"
        return "demanded" if role == "for" else "declared"
    if lemma == "break":
        return "ended" if "off" in particles or role == "passive" else "violated"
    if lemma in {"put", "bring", "come"} and role in {"object", "to"}:
        return "in_effect" if "force" in objects or "effect" in objects else None
    if role in {"for", "toward", "towards"}:
        return next((n for n in ("demanded", "proposed") if lemma in cues.acts[n]), "proposed" if lemma in {"ask", "hope", "wait", "vote", "wish"} else None)
    if role in {"to", "on", "upon"} and lemma in {"agree", "commit", "consent"}:
        return "agreed"
    if role == "from" and lemma in {"withdraw", "exclude", "pull"}:
        return "ended" if lemma != "exclude" else None
    if role not in {"object", "passive", "to", "on", "with", "upon", "of"}:
        return None
    if role == "with" and lemma not in {"continue", "proceed"}:
        return None
    order = ("violated", "rejected", "extended", "agreed", "declared", "proposed", "demanded", "ended")
    if lemma in _IN_EFFECT_OBJECTS:
        return "in_effect"
    return next((n for n in order if lemma in cues.acts[n]), None)


def _raised(view: View, verb: int, name: str, cues: Cues) -> tuple[int, str, bool]:
    """Climb infinitives: "refuses to extend" rejects, "offers to agree" proposes, "fails to reach" denies."""
    tree = view.tree
    at = verb
    negated = False
    while tree.tokens[at].dep in {"xcomp", "ccomp", "pcomp", "advcl"}:
        upper = tree.tokens[at].head
        if tree.tokens[upper].pos == "ADP":
            upper = tree.tokens[upper].head
        lemma = tree.tokens[upper].lemma
        infinitive = any(tree.tokens[k].lower == "to" for k in tree.kids(at, "aux"))
        gerund = tree.tokens[at].tag == "VBG"
        if lemma in cues.assertion["say"] | cues.assertion["claim"] or not (infinitive or gerund):
            break
        if lemma in {"refuse", "decline"}:
            return upper, "rejected", False
        if lemma == "fail":
            return upper, name, True
        if lemma in {"propose", "offer", "suggest", "seek", "try", "attempt", "want"}:
            return upper, "proposed" if name != "ended" else name, False
        if lemma in {"urge", "call", "demand", "ask", "press", "tell"}:
            return upper, "demanded", False
        if lemma in {"agree", "decide", "pledge", "promise", "vow"}:
            return upper, name if name in {"extended", "ended"} else "agreed", False
        if lemma == "accuse":
            return upper, name, False
        at = upper
    return verb, name, negated


def _agents(view: View, verb: int, role: str) -> list[int]:
    tree = view.tree
    token = tree.tokens[verb]
    by = tree.prep_objects(verb, "by")
    if role == "passive" or tree.kids(verb, "nsubjpass") or (token.tag == "VBN" and not tree.kids(verb, "nsubj", "aux")):
        return by
    if role == "subject":
        return []
    subjects = [s for s in tree.subjects(verb) if tree.tokens[s].tag not in {"WDT", "WP"}]
    if not subjects and token.dep in {"acl", "relcl"}:
        subjects = [token.head]
    if token.dep == "pcomp":  # "accused Israel of violating"
        upper = tree.tokens[tree.tokens[token.head].head] if tree.tokens[token.head].head != token.head else token
        subjects = tree.objects(upper.i)
    return subjects or by


def _participles(view: View, truce: Truce, top: int, cues: Cues) -> list[TruceAct]:
    """ "a ceasefire brokered by Egypt", "a truce declared on Friday": background unless nothing else is said."""
    tree = view.tree
    found = []
    for k in {*tree.kids(top, "acl", "relcl"), *tree.kids(truce.token, "acl", "relcl")}:
        lemma = tree.tokens[k].lemma
        name = next((n for n in ("violated", "ended", "extended", "agreed", "declared", "in_effect", "proposed") if lemma in cues.acts[n]), None)
        if name is None or lemma in _BROKERS:
            continue
        role = "passive" if tree.tokens[k].tag == "VBN" else "subject"
        found.append(TruceAct(_ACTS[name], truce, k, tuple(_agents(view, k, role)), assert_clause(view, k, cues)))
    return found[:1]


def _mention(view: View, truce: Truce, top: int, cues: Cues) -> TruceAct:
    return TruceAct(Act.CEASEFIRE_MENTIONED, truce, top, (), assert_clause(view, top, cues), background=True)


def _of_stopping(view: View, truce: Truce, cues: Cues) -> tuple[TruceAct, ...]:
    """ "agreed to halt strikes": the verb of undertaking above the stopping decides."""
    tree = view.tree
    below = truce.token
    for at in tree.ancestors(truce.token):
        lemma = tree.tokens[at].lemma
        if tree.tokens[at].pos in {"VERB", "ADJ", "NOUN", "AUX"}:
            if lemma in {"refuse", "decline", "reject"}:
                name = "rejected"
            elif lemma in {"urge", "call", "demand", "ask", "press", "tell"}:
                name = "demanded"
            elif lemma in {"propose", "offer", "suggest", "prepare", "ready", "prepared", "want", "proposal"}:
                name = "proposed"
            elif lemma in {"agree", "accept", "approve", "consent", "agreement", "deal"}:
                name = "agreed"
            elif lemma in {"order", "declare", "announce", "decide", "pledge", "vow", "promise", "commit", "undertake", "instruct"}:
                name = "declared"
            else:
                below = at
                continue
            subjects = [s for s in tree.subjects(at) if tree.tokens[s].tag not in {"WDT", "WP"}]
            if not subjects:
                subjects = tree.prep_objects(at, "by")
            return (TruceAct(_ACTS[name], truce, at, tuple(subjects), assert_clause(view, at, cues)),)
    if any(tree.tokens[k].lower in {"will", "would"} for k in tree.kids(truce.token, "aux")):
        return (TruceAct(Act.CEASEFIRE_DECLARED, truce, truce.token, tuple(tree.subjects(truce.token)), assert_clause(view, below, cues)),)
    return ()
