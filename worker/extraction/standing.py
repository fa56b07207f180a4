"""How an act on a ceasefire stands: done, claimed, denied, still to come, only hoped for.

An act on a ceasefire is often itself a word about the future ("calls for", "agreed to"), so it is judged apart from
the clauses below it: only what governs the act counts, up to the clause that the sentence asserts by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Assertion, Status
from worker.extraction.assertion import ACCUSING, MODALS, assert_clause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_MODALS: Final = MODALS | {"ought"}
_FUTURE: Final = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_TO_COME: Final = frozenset(
    "plan set expect schedule prepare ready vow pledge promise agree order due decide intend slate poise mean be".split()
)
_WISHED: Final = frozenset(
    "hope want wish seek try attempt aim consider like urge call demand ask need help push press insist propose suggest "
    "expect assume ensure doubt encourage wait depend hint mull believe think predict see require allow enable "
    "let".split()
)
_NEARLY: Final = frozenset({"close", "likely", "near", "unlikely", "able", "reluctant"})
_NOT_YET: Final = frozenset({"elusive", "ready", "possible", "remote", "distant", "doubtful", "conceivable"})
_CONDITIONS: Final = frozenset(
    {"if", "unless", "whether", "lest", "until", "till", "before", "once", "assuming", "provided"}
)
_PAST_LIMITS: Final = frozenset({"before", "until", "till", "once"})
"""In the past these tell of what did happen: "just before the truce started"."""
_UNREAL_NOUNS: Final = frozenset(
    "possibility prospect hope chance likelihood risk threat fear prospects potential opportunity condition need idea "
    "absence lack goal aim talk momentum readiness willingness framework bid effort attempt push desire wish".split()
)
_UNREAL_ADJECTIVES: Final = frozenset(
    "possible potential eventual future prospective elusive proposed planned likely emerging".split()
)
_AFTER_DONE: Final = frozenset(
    {"after", "by", "since", "upon", "following", "despite", "through", "while", "when", "as", "with", "amid"}
)
_GATHERING: Final = frozenset("host gather meet convene assemble".split())
_INSTEAD: Final = frozenset({"without", "than", "instead", "against", "not", "from"})
_PREVENTING: Final = frozenset("prevent avert avoid forestall stop save salvage rescue".split())
_TALKING_OF: Final = frozenset("discuss negotiate consider explore seek contemplate".split())
_MAKING: Final = frozenset("pass adopt issue make submit present table approve".split())


def stands(view: View, at: int, act: str, cues: Cues) -> Assertion:
    """How the act that the word `at` decides is asserted, and by whom."""
    known = assert_clause(view, at, cues)
    status = _climb(view, at, act, cues)
    if (
        status is Status.ASSERTED
        and act != "violated"
        and (_is_rumour(view, at, cues) or _not_done(view, at))
    ):
        status = Status.DENIED
    if status is Status.ASSERTED and act == "ended" and is_to_come(view, at, act, cues):
        status = Status.PLANNED  # "is to lapse on Friday"
    return Assertion(status=_as_act(status, act), attributed_to=known.attributed_to)


def _is_rumour(view: View, at: int, cues: Cues) -> bool:
    """ "Denied claims that it had told envoys that the truce was over"."""
    tokens = view.tree.tokens
    claims = [tokens[a] for a in view.tree.ancestors(at) if tokens[a].lemma in _RUMOURS]
    return any(c.dep == "dobj" and tokens[c.head].lemma in cues.assertion["deny"] for c in claims)


def _not_done(view: View, at: int) -> bool:
    """ "Prepares offensives instead of getting ready to stop the war": what it does not do."""
    tree = view.tree
    chain = (tree.tokens[a] for a in (at, *tree.ancestors(at)))
    of = (t.head for t in chain if t.dep == "pcomp")
    return any(i > 0 and tree.tokens[i - 1].lower == "instead" for i in of)


_RUMOURS: Final = frozenset({"claim", "report", "rumour", "rumor", "allegation", "suggestion"})


_FORESEEN: Final = frozenset("expect anticipate foresee fear prevent avoid deter".split())
"""What is done about breaches that have not come."""


def is_to_come(view: View, at: int, act: str, cues: Cues) -> bool:
    """Whether the act that the word `at` decides is told as one of the future: "will begin", "is due to take effect"."""
    tree = view.tree
    token = tree.tokens[at]
    if token.dep == "xcomp" and tree.tokens[token.head].lemma == "be":
        return any(tree.tokens[k].lower == "to" for k in tree.kids(at, "aux"))  # "is to come into force"
    if token.lemma in _SET and tree.kids(at, "auxpass") and tree.kids(at, "xcomp"):
        return True  # "was set to end"
    return _climb(view, at, act, cues) is Status.PLANNED


_SET: Final = frozenset({"set", "schedule", "slate", "expect"})


def _as_act(status: Status, act: str) -> Status:
    """To say that one will reject, offer, hold or extend a truce is to do it; to say that one will sign one is not."""
    if status is Status.PLANNED and act in {
        "proposed",
        "demanded",
        "rejected",
        "extended",
        "declared",
        "in_effect",
        "violated",
    }:
        return Status.ASSERTED
    return status


def _climb(view: View, at: int, act: str, cues: Cues) -> Status:
    tree = view.tree
    found = _of_noun(view, at, act, cues) if tree.tokens[at].pos in {"NOUN", "PROPN", "ADJ"} else None
    found = Status.HYPOTHETICAL if found is None and _is_aimed_at(view, at) else found
    if found is not None:
        return found
    i = at
    if tree.tokens[at].pos in {"NOUN", "PROPN"}:
        token = tree.tokens[tree.first_conjunct(at)]
        if act == "violated" and token.dep == "dobj" and tree.tokens[token.head].lemma in _FORESEEN:
            return Status.HYPOTHETICAL
        if token.dep not in {"nsubj", "nsubjpass", "dobj", "attr"} or act in {
            "proposed",
            "demanded",
            "rejected",
            "violated",
        }:
            return Status.ASSERTED
        i = token.head
    for _ in range(len(tree.tokens)):
        own = _of_verb(view, i)
        if own is Status.HYPOTHETICAL and _announced(view, i):
            return Status.PLANNED
        if own is not None:
            return Status.HYPOTHETICAL if own is Status.PLANNED and _is_hoped(view, i) else own
        upper, status, stop = _above(view, i, cues)
        if status is not None:
            return status
        if stop or upper == i:
            return Status.ASSERTED
        i = upper
    return Status.ASSERTED


def _is_hoped(view: View, i: int) -> bool:
    """ "Hopes Hamas will accept the offer": what will be, in somebody's hopes."""
    token = view.tree.tokens[i]
    return token.dep == "ccomp" and view.tree.tokens[token.head].lemma in {"hope", "wish", "doubt", "pray"}


def _is_aimed_at(view: View, at: int) -> bool:
    """ "The idea was to have both sign a truce", "the plan is for Hamas to agree to one"."""
    tree = view.tree
    for upper in tree.ancestors(at):
        aims = {tree.tokens[s].lemma for s in tree.kids(upper, "nsubj")} & _AIMS
        if tree.tokens[upper].lemma == "be" and aims and at > upper:
            return True
    return False


_AIMS: Final = frozenset(
    "aim idea plan goal purpose intention objective hope task point target ambition".split()
)


def _announced(view: View, i: int) -> bool:
    """ "Announced that a truce would begin", "said it would hold fire": the future of those who can bring it about."""
    tree = view.tree
    upper = tree.tokens[tree.tokens[i].head]
    would = {tree.tokens[k].lower for k in tree.kids(i, "aux")} & _MODALS == {"would"}
    if would and tree.tokens[i].dep in {"acl", "ccomp"} and upper.lemma == "announcement":
        return True
    if not would or tree.tokens[i].dep != "ccomp" or _of_verb(view, upper.i) is not None:
        return False
    if any(tree.tokens[m].lower in _CONDITIONS for k in tree.kids(i, "advcl") for m in tree.kids(k, "mark")):
        return False
    if any(tree.tokens[k].lower == "only" for a in (i, *tree.children[i]) for k in tree.kids(a, "advmod")):
        return False  # "only in return for that would it implement a truce"
    own = any(tree.tokens[s].lower in {"it", "they", "he", "she", "we"} for s in tree.subjects(i))
    # "the Kremlin said Russia would hold fire" is said by the one it is said of
    own = own or bool(view.named_at(tree.subjects(i)) & view.named_at(tree.subjects(upper.i)))
    clause = set(tree.subtree(i))
    starts = [m.start for m in view.times]
    if tree.tokens[i].lemma in {"extend", "prolong"}:  # "by 15 days"
        starts += [m.start for m in view.durations]
    dated = any(tree.at(start) in clause for start in starts)
    return upper.lemma in _ANNOUNCING or (upper.lemma in {"say", "tell"} and (own or dated))


_ANNOUNCING: Final = frozenset("announce declare promise pledge vow agree order decide confirm".split())


def _of_verb(view: View, i: int) -> Status | None:
    """What negation and auxiliaries make of a verb, those of the verb it is coordinated with included."""
    tree = view.tree
    if any(tree.tokens[k].lower in {"not", "n't", "n’t", "never"} for k in tree.kids(i, "neg", "advmod")):
        return Status.DENIED
    if any(
        tree.tokens[d].lower == "no" for s in tree.kids(i, "nsubj", "nsubjpass") for d in tree.kids(s, "det")
    ):
        return Status.DENIED
    if any(
        tree.tokens[k].lower == "neither"
        for s in tree.kids(i, "nsubj", "nsubjpass")
        for k in (s, *tree.kids(s, "det", "cc", "preconj"))
    ):
        return Status.DENIED  # "neither Israel nor Lebanon has accepted it"
    auxiliaries = {tree.tokens[k].lower for k in tree.kids(i, "aux")}
    if (
        auxiliaries & _MODALS
        or _is_inverted(view, i)
        or {tree.tokens[k].lemma for k in tree.kids(i, "acomp", "advmod", "oprd")} & _NEARLY
        or (tree.tokens[i].lemma in {"be", "remain", "seem", "look"} and _out_of_reach(view, i))
    ):
        return Status.HYPOTHETICAL
    if auxiliaries & _FUTURE:
        return Status.PLANNED
    token = tree.tokens[i]
    # "we expect them to confirm one", not "expects negotiations to open"
    expected = token.dep == "ccomp" and tree.tokens[token.head].lemma == "expect"
    hoped = expected and token.lemma not in _OPENING
    if "to" in auxiliaries and token.dep in {"ROOT", "relcl", "conj", "ccomp"} and not hoped:
        return Status.PLANNED  # headlines: "Truce to begin on Friday"
    but = any(tree.tokens[k].lower == "but" for k in tree.kids(token.head, "cc"))
    shared = token.dep == "conj" and token.tag in {"VB", "VBN", "VBG"} and not but
    if shared and not tree.kids(i, "nsubj", "nsubjpass"):
        return _of_verb(view, token.head) if tree.tokens[token.head].pos in {"VERB", "AUX"} else None
    return None


_OPENING: Final = frozenset("open begin start resume take hold".split())


def _is_inverted(view: View, i: int) -> bool:
    """ "Had Hamas agreed to a truce": a condition, or a question."""
    tree = view.tree
    before = [k for k in tree.kids(i, "aux", "auxpass") if tree.tokens[k].lower in {"had", "were", "should"}]
    return bool(before) and any(k > before[0] for k in tree.kids(i, "nsubj", "nsubjpass"))


def _out_of_reach(view: View, i: int) -> bool:
    """ "A deal to end the war is within reach", "remains elusive", "is 90% ready": not made yet."""
    tree = view.tree
    near = {tree.tokens[o].lemma for o in tree.prep_objects(i, "within", "at", "in", "on")}
    near &= {"reach", "hand", "sight", "horizon"}
    return bool(near) or bool({tree.tokens[k].lemma for k in tree.kids(i, "acomp")} & _NOT_YET)


def _above(view: View, i: int, cues: Cues) -> tuple[int, Status | None, bool]:
    """(governor, what it makes of the act, whether the climb ends here)."""
    tree = view.tree
    token = tree.tokens[i]
    head = tree.tokens[token.head]
    infinitive = any(tree.tokens[k].lower == "to" for k in tree.kids(i, "aux"))
    if token.dep == "xcomp":
        if infinitive and head.lemma in cues.assertion["say"]:
            return head.i, Status.HYPOTHETICAL, True  # nobody says to do: it is what something else is for
        return head.i, *_of_complement(head.lemma, cues)
    if token.dep == "ccomp":
        return head.i, _of_speech(view, head.i, i, cues), True
    if token.dep == "advcl":
        kids = [k for k in tree.kids(i, "mark", "advmod", "prep", "pcomp") if k < i]  # not "… it until May"
        marks = {tree.tokens[k].lower for k in kids}
        had = token.tag == "VBN" and any(tree.tokens[k].lower == "had" for k in tree.kids(i, "aux"))
        told = token.tag == "VBD" or had or _measured_to(view, kids)
        # "no talks would be possible until he agreed": nothing is told
        told &= not {tree.tokens[k].lower for k in tree.kids(head.i, "aux")} & _MODALS
        unreal = marks & (_CONDITIONS - _PAST_LIMITS if told else _CONDITIONS)
        if "when" in marks and token.tag in {"VBZ", "VBP"}:
            return head.i, Status.PLANNED, True  # "will not renew it when it expires"
        if infinitive and token.lemma == "sign" and head.tag == "VBD" and head.lemma in _GATHERING:
            return head.i, None, True  # "hosted the presidents to sign an accord"
        beside = token.tag == "VBG" and not marks  # "plan to sign a declaration, committing to a truce"
        return head.i, Status.HYPOTHETICAL if unreal or infinitive else None, not beside
    if token.dep == "pcomp":
        return head.i, _of_gerund(view, head.i), True
    if token.dep == "acl" and infinitive:
        return head.i, Status.HYPOTHETICAL, True
    if token.dep == "conj" and any(tree.tokens[k].lower in {"if", "unless"} for k in tree.kids(i, "mark")):
        return head.i, Status.HYPOTHETICAL, True  # "if X withdraws and if Y honours the truce"
    shared = token.dep == "conj" and head.pos in {"VERB", "AUX"} and not tree.kids(i, "nsubj", "nsubjpass")
    return head.i, None, not shared


def _measured_to(view: View, marks: Sequence[int]) -> bool:
    """ "Hours before the two agree to a truce", told in the present of what has happened: only the past is measured."""
    tokens = view.tree.tokens
    return any(
        tokens[m].lower == "before" and m > 0 and tokens[m - 1].lemma in {"minute", "hour", "day", "week"}
        for m in marks
    )


def _of_complement(lemma: str, cues: Cues) -> tuple[Status | None, bool]:
    """What the verb or adjective over an infinitive makes of it, and whether that is the last word."""
    if lemma in cues.assertion["threaten"]:
        return Status.THREATENED, True
    if lemma in {"fail", "refuse", "decline", "unable"} or lemma in cues.assertion["deny"]:
        return Status.DENIED, True
    if lemma in _TO_COME and lemma != "be":
        return Status.PLANNED, True
    return (Status.HYPOTHETICAL if lemma in _WISHED | _NEARLY else None), False


def _of_speech(view: View, upper: int, below: int, cues: Cues) -> Status | None:
    lemma = view.tree.tokens[upper].lemma
    words = cues.assertion
    negated = any(view.tree.tokens[k].lower in {"not", "n't", "never"} for k in view.tree.kids(upper, "neg"))
    if lemma in words["deny"] or (negated and lemma in words["say"]):
        return Status.DENIED
    if lemma in words["claim"] - {"accuse", "blame"}:
        return Status.CLAIMED
    meant = any(view.tree.tokens[k].lower == "to" for k in view.tree.kids(upper, "aux"))
    told = lemma == "mean" and view.tree.tokens[upper].tag == "VBD"  # "meant that the truce was over"
    if lemma in _WISHED | {"mean", "hinge"} - ({"mean"} if told else set()) or (
        meant and lemma in {"assure", "guarantee", "verify"}
    ):
        return Status.HYPOTHETICAL
    marks = {view.tree.tokens[k].lower for k in view.tree.kids(below, "mark", "advmod")}
    return Status.HYPOTHETICAL if marks & {"if", "whether"} else None


def _of_gerund(view: View, preposition: int) -> Status | None:
    tree = view.tree
    word = tree.tokens[preposition].lower
    if word in _AFTER_DONE:
        return None
    upper = tree.tokens[tree.tokens[preposition].head]
    spent = (upper.i, *tree.objects(upper.i)) if word == "in" else ()
    if any(
        tree.tokens[k].lower == "no"
        for i in spent
        if tree.tokens[i].lemma == "time"
        for k in tree.kids(i, "det")
    ):
        return None  # "wasted no time in violating it"
    if word == "for" and not tree.lemmas.isdisjoint(_PUNISHING):
        return None  # "imposed sanctions on the army for violating it"
    if upper.lemma in ACCUSING:
        return None
    if upper.lemma == "accusation" and tree.tokens[upper.head].lemma in _TRADING:
        return None  # "traded accusations of breaching it"
    if word in _INSTEAD or upper.lower in {"rather", "instead"}:
        return Status.DENIED
    return Status.HYPOTHETICAL


_TRADING: Final = frozenset({"trade", "exchange", "swap", "level", "hurl", "make", "repeat", "face"})
_PUNISHING: Final = frozenset({"sanction", "punish", "penalise", "penalize", "fine", "rebuke", "retaliate"})


def _of_noun(view: View, i: int, act: str, cues: Cues) -> Status | None:
    """What stands around a noun that names the act: "no", "possible", "the prospect of", "prevent"."""
    tree = view.tree
    token = tree.tokens[i]
    determined = {tree.tokens[k].lower for k in tree.kids(i, "det")}
    head = tree.tokens[token.head]
    if "no" in determined:
        return Status.DENIED
    if act in {"agreed", "declared", "in_effect", "extended"} and any(
        tree.tokens[k].lower in _UNREAL_ADJECTIVES for k in tree.kids(i, "amod")
    ):
        return Status.HYPOTHETICAL
    if token.dep == "pobj":
        upper = tree.tokens[head.head]
        if upper.lemma in _UNREAL_NOUNS:
            return Status.HYPOTHETICAL
        if (
            upper.pos == "VERB"
            and head.lower == "for"
            and upper.lemma in {"hope", "wait", "push", "press", "call"}
        ):
            return Status.HYPOTHETICAL if act not in {"proposed", "demanded"} else None
        return None
    if token.dep == "attr" and {tree.tokens[k].lower for k in tree.kids(head.i, "aux")} & (_FUTURE | _MODALS):
        return Status.HYPOTHETICAL  # "any attack will be a breach"
    return _of_object(view, i, act, cues) if token.dep in {"dobj", "nsubjpass"} else None


def _of_object(view: View, i: int, act: str, cues: Cues) -> Status | None:
    """What the verb whose object a noun is makes of it: "denied violations", "prevent a breach"."""
    tree = view.tree
    head = tree.tokens[tree.tokens[i].head]
    if head.lemma in cues.assertion["deny"] and act == "violated":
        return Status.DENIED
    any_at_all = any(tree.tokens[k].lower == "any" for k in tree.kids(i, "det"))
    if head.lemma in _PREVENTING or (act == "violated" and any_at_all):
        return Status.HYPOTHETICAL  # "will answer any violation"
    if head.lemma in _TALKING_OF and act in {"agreed", "declared", "in_effect", "extended"}:
        return Status.HYPOTHETICAL  # "to discuss the establishment of a ceasefire"
    if head.lemma in _MAKING and act == "demanded":
        return _climb(view, head.i, "agreed", cues)
    return None
