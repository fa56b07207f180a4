"""What the words above a ceasefire make of it, step by step.

From the word for the ceasefire one climbs the tree; every word above makes something of what lies below it
(`actwords`), until a word says nothing more: "refused | to accept | the proposal | for a truce" is a rejection.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.extraction.actnames import RESUMING, Reading, act_named
from worker.extraction.actwords import ASKED, OVER, STANDING, act_of_noun, raised
from worker.extraction.assertion import BIDDING
from worker.extraction.governing import (
    COMMANDS,
    DRAFTS,
    PARTS,
    TALK_NOUNS,
    WRAPPERS,
    WRECKING,
    above_infinitive,
    agents_of,
    containing,
    done_to,
    including,
    is_passive,
    seeming,
    tells_another,
    tells_his_own,
)
from worker.extraction.tree import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

BACKGROUND: Final = frozenset(
    "despite since during amid amidst under before until throughout notwithstanding within".split()
)
_OF: Final = frozenset({"of", "for", "to", "on", "in", "about", "over", "toward", "towards", "at"})
_NOUN_LINKS: Final = frozenset({"compound", "nmod", "poss", "amod"})
_TAKEN_FOR_VERBS: Final = frozenset("talk offer plan deal call bid push proposal pact".split())
"""Nouns that the parser takes for verbs after "ceasefire" ("dismisses the group's ceasefire offer")."""
_NOUN_ROLES: Final = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "attr"})
READY: Final = frozenset({"ready", "willing", "open", "prepared"})
_ORDINALS: Final = frozenset("first second third fourth fifth sixth seventh opening last final".split())
"""Of a day of a ceasefire: it holds."""
_GONE_BY: Final = frozenset(
    "brief lived violated broken failed expired collapsed previous earlier abortive unsuccessful".split()
)
"""Of a ceasefire after which something is done: it is over ("lived" is what the parser takes for the word in "short-lived")."""
BARE: Final = frozenset({"truce", "ceasefire", "cease"})
SPANS: Final = frozenset("day hour minute week night morning".split())
_RUNNING_OUT: Final = frozenset({"expire", "lapse", "collapse"})
"""Verbs that a ceasefire is always the subject of, though the parser takes them for participles."""
_SAYING: Final = frozenset({"say", "report", "state", "add"})
"""What no ceasefire does: then the parser takes what is said for who says it."""


def climb(view: View, below: Reading, cues: Cues) -> Iterable[Reading]:
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
    if token.dep in {"pobj", "pcomp"} and head.pos in {"ADP", "SCONJ", "ADV", "VERB"}:
        return _under_preposition(view, below, head.i, cues)
    if (
        head.i == token.i + 1
        and head.lemma in _TAKEN_FOR_VERBS
        and token.dep in {"nsubj", "dobj"}
        and head.pos in (*VERBS, "NOUN")
    ):
        return _under_noun(view, below, head.i, cues)
    if token.dep == "nsubj" and head.pos == "ADJ" and head.lower in OVER:
        called = tree.tokens[head.head]  # "declared its ceasefire dead"
        if called.lemma in {"declare", "pronounce"}:
            return [replace(below, name="ended", at=called.i, agents=tuple(tree.subjects(called.i)))]
    if (object_of := _misread_object(view, below)) is not None:
        return _under_verb(view, below, object_of, "object", cues)
    if token.dep in {"nsubj", "nsubjpass", "dobj", "obj", "dative", "oprd", "attr"} and _verbal(view, head.i):
        role = {"nsubj": "subject", "nsubjpass": "passive", "attr": "attribute"}.get(token.dep, "object")
        return _under_verb(view, below, head.i, role, cues)
    return [below]


def _misread_object(view: View, below: Reading) -> int | None:
    """The verb whose object a word is, which the parser makes a verb, or the subject of who says it.

    "Dismissed the group's ceasefire offer", "declared a truce, the agency said".
    """
    token = view.tree.tokens[below.at]
    head = view.tree.tokens[token.head]
    if token.dep == "ccomp" and token.lemma in _TAKEN_FOR_VERBS and below.name not in STANDING:
        return head.i
    speaks = token.dep == "nsubj" and head.dep == "ccomp" and head.lemma in _SAYING
    return head.head if speaks and head.head < below.at else None


def _under_preposition(view: View, below: Reading, preposition: int, cues: Cues) -> Iterable[Reading]:
    """ "A call for a truce", "agreed to a truce", "after a ceasefire deal", "despite a truce"."""
    tree = view.tree
    head = tree.tokens[preposition]
    upper = tree.tokens[head.head]
    whole = including(view, preposition) if below.name in STANDING else None
    if whole is not None:
        return _under_whole(view, below, whole, cues)
    deal = tree.tokens[below.at].lemma in WRAPPERS and below.name in STANDING
    expired = [k for k in tree.kids(below.at, "acl") if tree.tokens[k].lemma in _RUNNING_OUT]
    if deal and expired:
        return [replace(below, name="ended", at=expired[0])]  # "minutes after a ceasefire expired"
    after = head.lower in {"after", "following"} and below.name in STANDING
    if after and has_gone_by(view, below.at, preposition):
        return [replace(below, name="ended")]
    if after and deal and upper.lemma not in RESUMING:
        told = tree.tokens[below.at].lemma in BARE and (
            upper.lemma in SPANS or tree.kids(preposition, "npadvmod")
        )
        return [below if told else replace(below, name="agreed")]  # "a day after the truce": told before
    if head.lower in {"after", "since"} and _opens_clause(view, below.at, upper.i):
        return _under_verb(view, below, upper.i, "subject", cues)
    resumed = upper.lemma in RESUMING and tree.kids(preposition, "npadvmod")
    if head.lower in BACKGROUND or (head.lower in {"after", "following"} and resumed):
        return [below]  # "clashes resume hours after a truce"
    upper = tree.tokens[_hung_on(view, preposition, cues)]
    nominal = upper.pos in {"NOUN", "PROPN"} or (upper.tag == "VBZ" and upper.dep in _NOUN_ROLES)
    if nominal and head.lower in _OF:  # "dismisses calls for a truce": a noun, whatever the tagger says
        return _under_noun(view, below, upper.i, cues)
    if upper.lemma in READY and head.lower in {"for", "to"} and below.name in STANDING:
        made = replace(below, name="proposed", at=upper.i, agents=tuple(tree.subjects(upper.head)))
        return [made]  # "is ready for a ceasefire"
    if upper.pos in VERBS:
        return _under_verb(view, below, upper.i, head.lower, cues)
    return [below]


def has_gone_by(view: View, truce: int, after: int) -> bool:
    """ "Following a brief truce", "after a two-day ceasefire": whatever came after it, it is over; not "hours after" it."""
    tree = view.tree
    if tree.kids(after, "npadvmod"):
        return False
    words = [tree.tokens[k] for k in tree.kids(truce, "amod", "compound", "nmod", "nummod")]
    bare = tree.tokens[truce].lemma in BARE and not tree.kids(truce, "acl", "relcl")
    measures = [
        *words,
        *(tree.tokens[k] for w in words if w.lower == "long" for k in tree.kids(w.i, "npadvmod")),
    ]
    timed = bare and any(w.lower.rstrip("s") in SPANS | {"week", "month", "year"} for w in measures)
    return timed or any(w.lower in _GONE_BY for w in words)


def _hung_on(view: View, preposition: int, cues: Cues) -> int:
    """What a preposition belongs to, whatever the parser says: "accepted a proposal by Angola | for a truce", "a deal | for one"."""
    tree = view.tree
    upper = tree.tokens[tree.tokens[preposition].head]
    if tree.tokens[preposition].dep == "prep" and upper.pos == "ADP":
        upper = tree.tokens[upper.head]
    word, before = tree.tokens[preposition].lower, tree.tokens[preposition - 1]
    if word == "to" and before.lemma in _CONSENT and upper.pos in VERBS:
        return before.i  # "received word of its agreement | to a truce"
    if word not in {"for", "in"} or upper.pos not in VERBS:
        return upper.i
    objects = [o for o in tree.objects(upper.i) if o < preposition]
    if word == "in":  # "rejected the conditions | in a proposal"
        return next((o for o in objects if tree.tokens[o].lemma in _CONDITIONS), upper.i)
    drafts = (
        o
        for o in objects
        if tree.tokens[o].lemma in WRAPPERS or act_of_noun(tree.tokens[o].lemma, None, cues) in ASKED
    )
    return next(drafts, upper.i)


def _opens_clause(view: View, at: int, verb: int) -> bool:
    """ "After a truce, brokered by Qatar, collapsed, …": a subject that the parser takes for the object of "after"."""
    tree = view.tree
    token = tree.tokens[verb]
    return (
        token.pos in VERBS
        and token.dep == "advcl"
        and verb > at
        and not tree.kids(verb, "nsubj", "nsubjpass")
    )


def _verbal(view: View, i: int) -> bool:
    """Whether a word is a verb, also one that the parser tags as a noun for all its objects ("rebels sign a truce")."""
    return view.tree.tokens[i].pos in VERBS or (
        bool(view.tree.kids(i, "dobj")) and bool(view.tree.kids(i, "nsubj"))
    )


def _as_if(view: View, below: Reading, at: int, cues: Cues) -> Iterable[Reading]:
    """Climb from another word as if the reading stood there (the first member of a coordination)."""
    return [r if r.at != at else replace(r, at=below.at) for r in climb(view, replace(below, at=at), cues)]


def _under_noun(view: View, below: Reading, noun: int, cues: Cues) -> Iterable[Reading]:
    tree = view.tree
    lemma = tree.tokens[noun].lemma
    if lemma == "day" and {tree.tokens[k].lower for k in tree.kids(noun, "amod")} & _ORDINALS:
        return [replace(below, name="in_effect")] if below.name in STANDING else [below]
    if lemma in TALK_NOUNS:
        above = list(climb(view, Reading("proposed", noun), cues))
        rejected = [r for r in above if r.name == "rejected" and tree.tokens[r.at].lemma not in WRECKING]
        return rejected or [replace(below, name="talks")]
    if (whose := _consenting(view, below, noun)) and below.name in STANDING:
        return [Reading("agreed", noun, whose)]
    if _stands_for_it(view, below, noun):
        return climb(view, replace(below, at=noun), cues)
    if lemma == "acceptance":
        verb = tree.tokens[tree.tokens[noun].head]
        told = tree.tokens[noun].dep == "dobj" and verb.lemma in _TELLING
        name = "agreed" if below.name in STANDING else below.name
        return [Reading(name, noun, tuple(tree.subjects(verb.i)))] if told else [below]
    if lemma in PARTS:
        return [r for r in climb(view, replace(below, at=noun), cues) if r.name != "ended"] or [below]
    name = act_of_noun(lemma, below.name, cues)
    if lemma in _ALLEGATIONS and below.name == "violated" and tree.tokens[noun].dep == "dobj":
        accusers = tree.subjects(tree.tokens[noun].head)  # "traded accusations of breaches"
        return [replace(below, agents=tuple(tree.kids(noun, "poss") or accusers))]
    if name is None:
        return [below]
    of = tree.tokens[noun].head
    parts = {t.lemma for t in tree.tokens[max(0, of - 2) : of]} & {"phase", "stage"}
    # "despite a ceasefire framework", "despite another attempt at a truce"
    named = lemma in {"framework", "attempt"} and tree.tokens[of].lower in BACKGROUND
    # "phase two of the plan"
    no_plan = name == "proposed" and tree.tokens[noun].dep == "pobj" and (parts or named)
    if no_plan or (name == "in_effect" and tree.tokens[of].lemma in _WATCHING):
        return [below]
    agents = tuple(tree.kids(noun, "poss")) + tuple(tree.prep_objects(noun, "by", "from"))
    agents += tuple(m for m in tree.kids(noun, "compound", "amod") if m != below.at)
    return _with_rejection(view, Reading(name, noun, agents or below.agents), cues)


def _consenting(view: View, below: Reading, noun: int) -> tuple[int, ...]:
    """ "Hezbollah's agreement to a truce", "its consent to one": whose it is."""
    tree = view.tree
    to = tree.tokens[tree.tokens[below.at].head].lower == "to" and tree.tokens[below.at].dep == "pobj"
    agreeing = to and tree.tokens[noun].lemma in _CONSENT
    return tuple(tree.kids(noun, "poss")) if agreeing else ()


_CONSENT: Final = frozenset({"agreement", "consent", "assent"})


def _stands_for_it(view: View, below: Reading, noun: int) -> bool:
    """ "The deal", "its ceasefire conditions", "a provision of it", "the conditions in the proposal"."""
    lemma = view.tree.tokens[noun].lemma
    if lemma == "condition" and view.tree.tokens[below.at].dep in _NOUN_LINKS:
        return True
    if lemma == "end" and [t.lower for t in view.tree.tokens[below.at + 1 : below.at + 2]] == ["and"]:
        return True  # "ready for a ceasefire and war end": both
    return lemma in WRAPPERS | _OF_ONE or (lemma in _CONDITIONS and below.name in ASKED)


_WATCHING: Final = frozenset("insist monitor oversee supervise follow watch discuss review".split())
"""What is done about "the implementation of the truce" by those who do not begin it."""
_OF_ONE: Final = frozenset("participation provision clause article".split())
"""What belongs to a ceasefire, and stands for it: "suspended its participation", "violated a provision"."""
_TELLING: Final = frozenset("announce declare confirm signal express convey".split())
_ALLEGATIONS: Final = frozenset({"accusation", "allegation", "charge", "claim", "complaint"})


def _with_rejection(view: View, here: Reading, cues: Cues) -> list[Reading]:
    """Climb from a noun of act. What is rejected has been proposed all the same, unless a veto undid it."""
    above = list(climb(view, here, cues))
    rejected = next((r for r in above if r.name == "rejected"), None)
    nobody = view.tree.tokens[here.at].lemma == "call" and not here.agents
    vetoed = rejected is not None and view.tree.tokens[rejected.at].lemma == "veto"
    if rejected is not None and here.name in ASKED and not (nobody or vetoed):
        above.append(replace(here, presupposed=True))
    return above


def _under_verb(view: View, below: Reading, verb: int, role: str, cues: Cues) -> Iterable[Reading]:
    """The acts of a verb and of the verbs coordinated with it that share the ceasefire."""
    tree = view.tree
    found: list[Reading] = []
    verb, role = seeming(view, verb, role)
    whole = containing(view, verb, role) if below.name in STANDING else None
    if whole is not None:
        return _under_whole(view, below, whole, cues)
    if role == "subject" and (tree.kids(verb, "agent") or done_to(view, verb, cues)):
        role = "passive"
    verbs = [verb]
    if role in {"subject", "passive"}:
        verbs.extend(
            c
            for c in tree.conjuncts(verb)[1:]
            if tree.tokens[c].pos in VERBS and not tree.kids(c, "nsubj", "nsubjpass", "dobj")
        )
    elif role == "object" and tree.tokens[verb].dep == "conj" and not tree.objects(tree.tokens[verb].head):
        verbs.insert(0, tree.tokens[verb].head)
    for at in verbs:
        as_role = (
            role
            if at == verb or role not in {"subject", "passive"}
            else "passive"
            if is_passive(view, at)
            else "subject"
        )
        name = act_named(view, at, as_role, below, cues)
        if name is None:
            continue
        agents = (
            below.agents
            if as_role in {"subject", "attribute"}
            or (name == below.name and (below.agents or _of_hearing(view, at)))
            else tuple(agents_of(view, at, as_role))
        )
        at_word = below.at if name == below.name and name not in STANDING else at
        sought = below.sought and name == below.name
        here = Reading(name, at_word, agents, below.denied, sought=sought)
        found.extend(raised_from(view, here, at, cues))
    return found or [below]


def _of_hearing(view: View, verb: int) -> bool:
    """ "Ignored calls for a truce": who hears a call has not made it."""
    return view.tree.tokens[verb].lemma in {
        "ignore",
        "defy",
        "disregard",
        "heed",
        "flout",
        "snub",
        "face",
        "hear",
    }


def _under_whole(view: View, below: Reading, whole: int, cues: Cues) -> Iterable[Reading]:
    """Climb from the deal or plan that the ceasefire is part of."""
    lemma = view.tree.tokens[whole].lemma
    name = act_of_noun(lemma, None, cues) if lemma in DRAFTS else below.name
    return climb(view, replace(below, name=name, at=whole), cues)


def raised_from(view: View, reading: Reading, verb: int, cues: Cues) -> Iterable[Reading]:
    """Climb infinitives and gerunds: "refuses to extend", "efforts to broker", "accused X of violating"."""
    tree = view.tree
    at = verb
    for _ in range(len(tree.tokens)):
        upper = above_infinitive(view, at)
        if upper is None and reading.name in ASKED and tree.tokens[at].dep == "relcl":
            return _of_noun(view, reading, tree.tokens[at].head, cues)  # "a resolution that demanded a truce"
        if upper is None:
            break
        lemma = tree.tokens[upper].lemma
        if tree.tokens[at].dep != "conj":
            if lemma == "accuse" or (lemma == "blame" and reading.name in {"violated", "ended"}):
                return [replace(reading, at=verb, agents=tuple(tree.objects(upper)) or reading.agents)]
            made = _made_by(view, reading, upper, at, cues)
            if made is not None:
                denied = lemma in BIDDING and bool(tree.kids(at, "neg"))  # "urges it not to sign one"
                reading = _made(view, reading, upper, made[0], fails=made[1] != denied)
            if tree.tokens[upper].pos == "NOUN":
                return _with_rejection(view, reading, cues) if made else _of_noun(view, reading, upper, cues)
        at = upper
    return [reading]


def _made_by(view: View, reading: Reading, upper: int, at: int, cues: Cues) -> tuple[str, bool] | None:
    """(act, whether it fails) that a word over an infinitive or gerund makes of a reading; None: nothing changes."""
    tree = view.tree
    lemma = tree.tokens[upper].lemma
    doers = {tree.tokens[s].lemma for s in tree.kids(upper, "nsubj", "nsubjpass")}
    if doers & _EFFORTS and reading.name in STANDING:
        return "proposed", False  # "efforts have intensified to secure a truce"
    done = tree.tokens[upper].tag == "VBD" or (
        tree.tokens[upper].tag == "VBN" and bool(tree.kids(upper, "aux"))
    )
    if lemma == "help" and done and reading.name in STANDING | {"sought"}:
        return "agreed", False  # "helped broker a truce"
    if lemma in COMMANDS and tells_another(view, upper, at):
        return "demanded", False
    held_to_be = lemma in {"consider", "believe"} and bool(tree.kids(at, "nsubj"))
    made = _sought(lemma, reading.name) or (None if held_to_be else raised(lemma, reading.name or "", cues))
    return ("agreed", False) if made == ("demanded", False) and tells_his_own(view, upper) else made


_EFFORTS: Final = frozenset({"effort", "attempt", "push", "bid", "drive", "pressure"})
_CONDITIONS: Final = frozenset({"condition", "term"})


def _made(view: View, reading: Reading, upper: int, name: str, *, fails: bool) -> Reading:
    tree = view.tree
    if tree.tokens[upper].pos in VERBS:
        agents = tree.subjects(upper)
    elif tree.tokens[upper].dep == "acomp":  # "is not willing to accept"
        agents = tree.subjects(tree.tokens[upper].head)
    else:
        agents = tree.kids(upper, "poss", "amod", "compound") + tree.prep_objects(upper, "by", "from")
    sought = reading.name == "sought" and name == "proposed"
    return Reading(name, upper, tuple(agents) or reading.agents, reading.denied != fails, sought=sought)


def _of_noun(view: View, reading: Reading, noun: int, cues: Cues) -> Iterable[Reading]:
    """Below a noun that names no act: "talks to extend the truce", "rejected a statement calling for a truce"."""
    if view.tree.tokens[noun].lemma in TALK_NOUNS:
        return [replace(reading, name="talks")]
    if view.tree.tokens[noun].lemma in _CONDITIONS and reading.name in STANDING:
        # "agreed to the conditions to finalise a truce"
        return climb(view, replace(reading, name=None, at=noun, agents=()), cues)
    if reading.name in ASKED:
        above = [r for r in climb(view, replace(reading, at=noun), cues) if r.name == "rejected"]
        if any(view.tree.tokens[r.at].lemma == "veto" for r in above):
            return above
        return [*above, replace(reading, presupposed=bool(above))]
    return [reading]


def _sought(lemma: str, name: str | None) -> tuple[str, bool] | None:
    if name != "sought":
        return None
    if lemma in {"agree", "plan", "meet", "intend", "resume", "prepare", "begin", "start", "set"}:
        return "to_negotiate", False
    return None
