"""How a clause is asserted: as fact, as a claim, denied, planned, threatened, only possible, or long past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Assertion, Status
from worker.extraction.bygones import is_bygone
from worker.extraction.endings import CONDITIONS, stopped_by, stops_going_on
from worker.extraction.means import is_means, serves
from worker.extraction.outcomes import has_happened, has_tried
from worker.extraction.purposes import is_only_meant, is_permitted_by_law
from worker.extraction.sayers import according_to, subject_text
from worker.extraction.subordination import BELIEVED
from worker.extraction.tree import VERBS
from worker.extraction.view import read_each_once

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_STOPPING: Final = frozenset(
    "halt stop end cease pause suspend avoid prevent ban prohibit avert forgo foreswear renounce curb limit freeze "
    "rule refrain oppose reject forbid bar discourage forestall deter condition fear cancel abort scrap shelve postpone".split()
)
"""Verbs whose object does not (or no longer) happen."""
_STOP_NOUNS: Final = frozenset(
    "halt end pause cessation stop moratorium freeze suspension ban threat risk plan possibility fear warning call prospect preparation anticipation expectation lull talk".split()
)
_GOING_ON: Final = frozenset(
    "continue begin start keep resume go manage proceed use help appear seem report see find say be persist prompt lead "
    "provoke spur drive know confirm".split()
)
"""Verbs whose infinitive happens: "continued to shell", "prompting the army to fire back"."""
MODALS: Final = frozenset("would could might may should can must".split())
ACCUSING: Final = frozenset(
    "accuse blame suspect condemn charge criticise criticize fault censure rebuke reprimand scold chide berate castigate slam "
    "lambast lambaste".split()
)
"""Verbs that say of their object what it did ("of", "for")."""
_UNREAL: Final = frozenset({Status.PLANNED, Status.THREATENED, Status.HYPOTHETICAL})
_UNREAL_PREPOSITIONS: Final = frozenset({"without", "against", "from"})


@read_each_once
def assert_clause(view: View, i: int, cues: Cues) -> Assertion:
    """How the clause of token `i` (a verb, or a noun that names an act) is asserted, and who says so."""
    status, speaker = _of_clause(view, i, cues), None
    for at, below in _chain(view, i):
        token = view.tree.tokens[at]
        if token.pos not in {"VERB", "AUX"}:
            continue
        lemma = token.lemma
        words = cues.assertion
        in_speech = (
            view.tree.tokens[below].dep in {"ccomp", "parataxis", "pcomp", "advcl"}
            or lemma == "accuse"
            or (lemma in words["deny"] and view.tree.tokens[below].dep == "xcomp")  # "denied firing rockets"
        )
        if not in_speech:
            continue
        if lemma in words["claim"] | words["say"] | words["deny"] | words["threaten"]:
            speaker = speaker or subject_text(view, at)
        if status is not Status.ASSERTED:
            continue
        # "dismissed the general after …", "denies backing the M23, which attacked Uvira" deny no attack
        aside = view.tree.tokens[below].dep == "advcl" or _in_relative(view, i, below)
        if (lemma in words["deny"] and not aside) or (lemma in words["say"] and _negated(view, at)):
            status = Status.DENIED
        elif lemma in words["claim"] and view.tree.tokens[below].dep in {"ccomp", "pcomp", "prep"}:
            status = Status.CLAIMED
        elif lemma in words["threaten"] and view.tree.tokens[below].dep == "ccomp" and _unreal(view, below):
            status = Status.THREATENED
    if speaker is None:
        speaker = according_to(view)
    return Assertion(status=status, attributed_to=speaker)


def _in_relative(view: View, i: int, upto: int) -> bool:
    """Whether a relative clause, whose content is taken for granted, lies between a word and one above it."""
    tokens = view.tree.tokens
    for at in (i, *view.tree.ancestors(i)):
        if at == upto:
            return False
        if tokens[at].dep == "relcl":
            return True
    return False


def _of_clause(view: View, i: int, cues: Cues) -> Status:
    status = _status(view, i, cues)
    lately = status in _UNREAL and _told_of_lately(view, i)
    return Status.ASSERTED if status in _UNREAL and (lately or has_happened(view, i, cues)) else status


def _told_of_lately(view: View, i: int) -> bool:
    """ "Pressed the group to launch recent offensives": these were launched, whoever pressed for them."""
    tree = view.tree
    told = (i, *tree.objects(i)) if tree.tokens[i].pos == "VERB" else (i,)
    return any(tree.tokens[k].lower in {"recent", "latest"} for n in told for k in tree.kids(n, "amod"))


def _chain(view: View, i: int) -> list[tuple[int, int]]:
    """(governor, dependent) pairs from `i` up to the root, or to a semicolon."""
    pairs, below = [], i
    for at in view.tree.ancestors(i):
        if _apart(view, at, below):
            break
        pairs.append((at, below))
        below = at
    return pairs


def _status(view: View, i: int, cues: Cues) -> Status:
    tree = view.tree
    token = tree.tokens[i]
    nominal = token.pos in {"NOUN", "PROPN"} or token.dep in {"pobj", "dobj", "nsubj"}
    status = _of_noun(view, i, cues) if nominal else _of_verb(view, i, cues)
    if not nominal and _asked_whether(view, i):
        return Status.HYPOTHETICAL  # not of "whether a strike killed him": that there was one is not asked
    if is_only_meant(view, i):
        return Status.HYPOTHETICAL
    if is_bygone(view, i, cues):
        return Status.HISTORICAL
    if status is not None:
        return status
    goes_on = _goes_on(view, i)
    if goes_on is not None:
        return _of_verb(view, goes_on, cues) or Status.ASSERTED
    status = _of_clauses_above(view, i, cues)
    if status is not None:
        return status
    if any(tree.tokens[a].lemma in cues.assertion["history"] for a in tree.ancestors(i)):
        return Status.HISTORICAL
    return Status.ASSERTED


def _of_clauses_above(view: View, i: int, cues: Cues) -> Status | None:
    """What the words that a clause hangs on make of it; None where they leave it a fact."""
    tree = view.tree
    for at, below in _chain(view, i):
        if _told_as_past(view, below):
            break  # "vowed to answer after rockets hit the town": the rockets did
        if _since_it_did(view, below):
            return Status.HISTORICAL
        status = _under(view, at, below, cues)
        if status is not None:
            return status
        suffered = tree.tokens[below].lower == "under" and tree.tokens[at].lemma in {"come", "be"}
        if tree.tokens[below].dep in {"pobj", "prep"} and tree.tokens[at].pos in VERBS and not suffered:
            break  # what a circumstance names is presupposed, whatever the verb is
    return None


def _apart(view: View, at: int, below: int) -> bool:
    """A clause of its own, whatever the parser hangs it on: "bombs fell; the army was silent", "says it keeps the truce as raids kill six"."""
    tree = view.tree
    if tree.tokens[below].dep == "advcl" and below > at and tree.kids(below, "nsubj", "nsubjpass"):
        beside = {tree.tokens[k].lower for k in tree.kids(below, "mark")} & {"as", "while"}
        if beside and tree.tokens[below].tag != "VBG":
            return True
    between = view.tree.tokens[min(at, below) : max(at, below)] if ";" in view.tree.words else ()
    return any(token.text == ";" for token in between)


def _told_as_past(view: View, i: int) -> bool:
    """Whether a clause with a subject of its own tells what was before, or why: a fact, whatever its main clause is."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep != "advcl" or token.tag != "VBD":
        return False
    marks = {tree.tokens[k].lower for k in tree.kids(i, "mark", "advmod")}
    own = any(tree.tokens[k].pos != "PRON" for k in tree.kids(i, "nsubj", "nsubjpass"))
    return own and bool(marks & {"after", "since", "because"})


def _since_it_did(view: View, i: int) -> bool:
    """ "The first strikes on Iran's ally since it began to attack shipping": dates what is told by what is known."""
    tree = view.tree
    since = any(tree.tokens[k].lower == "since" for k in tree.kids(i, "mark"))
    return (
        since
        and tree.tokens[i].tag == "VBD"
        and any(tree.tokens[k].pos == "PRON" for k in tree.kids(i, "nsubj"))
    )


def _goes_on(view: View, i: int) -> int | None:
    """The verb over a gerund that it only says goes on: "will go on attacking", "kept on shelling"."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[i].head]
    above = tree.tokens[preposition.head]
    on = tree.tokens[i].dep == "pcomp" and preposition.lower == "on"
    return above.i if on and above.lemma in {"go", "keep", "carry"} else None


_CLAUSES: Final = frozenset({"xcomp", "ccomp", "advcl", "acl", "relcl", "conj", "pcomp"})


def _under(view: View, at: int, below: int, cues: Cues) -> Status | None:
    """What the governor `at` makes of the clause `below`; None where it leaves it as it is."""
    tree = view.tree
    dep, upper = tree.tokens[below].dep, tree.tokens[at]
    if dep in _CLAUSES and upper.pos in VERBS:
        status = _under_verb(view, at, below, cues)
        if status is not None:
            return status
    beside = tree.tokens[upper.head]
    if dep == "pcomp" and upper.lower == "besides" and (unreal := _of_verb(view, beside.i, cues)) in _UNREAL:
        return unreal  # "besides resuming attacks, they could hit bases"
    if dep == "attr" and tree.tokens[below].lemma == "time" and _negated(view, at):
        return Status.HISTORICAL  # "this is not the first time that the group has fired rockets"
    words = cues.assertion
    spoken = words["say"] | words["claim"] | words["deny"]
    imagined = (dep in {"ccomp", "acl"} and upper.lemma not in spoken) or (
        dep == "attr" and upper.lemma == "be"
    )
    return Status.HYPOTHETICAL if imagined and _negated(view, at) else None  # "it cannot be the case that …"


def _under_verb(view: View, at: int, below: int, cues: Cues) -> Status | None:
    tree = view.tree
    dep, lemma, words = tree.tokens[below].dep, tree.tokens[at].lemma, cues.assertion
    marks = {tree.tokens[k].lower for k in tree.kids(below, "mark", "advmod")}
    if (dep == "advcl" and marks & CONDITIONS) or (dep == "ccomp" and "if" in marks):
        return Status.HYPOTHETICAL
    to_come = (dep == "ccomp" and _unreal(view, below)) or (dep == "advcl" and _infinitive(view, below))
    stopped = dep == "xcomp" and lemma in {"stop", "cease"}
    if stopped and ((_negated(view, at) and not _unreal(view, at)) or stops_going_on(view, at, below)):
        return Status.ASSERTED  # "did not stop bombing"
    if _is_no_news(view, at, below, cues):
        return Status.HYPOTHETICAL
    if is_means(view, at) and _infinitive(view, view.tree.first_conjunct(below)):
        return Status.PLANNED
    if dep == "xcomp" and has_tried(view, at, below):
        return _of_verb(view, at, cues)
    if dep == "xcomp" or to_come:
        if lemma in words["threaten"]:
            return Status.THREATENED
        if lemma in words["plan"] and (dep != "advcl" or lemma in {"ready", "prepare", "plan"}):
            return Status.PLANNED
    if dep in {"xcomp", "conj"}:
        status = _of_verb(view, at, cues)
        return None if dep == "conj" and status is Status.DENIED else status
    return None


def _is_no_news(view: View, at: int, below: int, cues: Cues) -> bool:
    """ "Will stop firing", "have stopped shooting at each other", "allowed Ukraine to use missiles", "practised shooting"."""
    dep, lemma = view.tree.tokens[below].dep, view.tree.tokens[at].lemma
    if dep == "xcomp" and lemma in {"stop", "cease"} and not _negated(view, at):
        planned = _of_verb(view, at, cues) is Status.PLANNED or view.tree.tokens[at].tag in {"VBZ", "VBP"}
        planned = planned or (
            view.tree.tokens[at].tag == "VB" and not view.tree.subjects(at)
        )  # "Stop attacking us"
        return planned or _bidden(view, at) or _each_other(view, below)
    if dep == "ccomp" and lemma in {"stop", "prevent"} and view.tree.tokens[below].tag == "VBG":
        return True  # "would stop Russia targeting power plants"
    permitted = dep in {"xcomp", "ccomp"} and lemma in _PERMITTING
    permitted = permitted and (_by_somebody(view, at) or is_permitted_by_law(view, at))
    return permitted or (dep in {"xcomp", "pcomp"} and lemma in _PRACTISING)


def _each_other(view: View, i: int) -> bool:
    return any(view.tree.tokens[k].lower == "each" for k in view.tree.subtree(i))


def _bidden(view: View, i: int) -> bool:
    """ "Proposed that both stop firing": a clause in the present below a verb that bids."""
    token = view.tree.tokens[i]
    above = view.tree.tokens[token.head]
    return token.dep == "ccomp" and token.tag in {"VB", "VBP", "VBZ"} and above.lemma in BIDDING


BIDDING: Final = frozenset("propose demand urge ask insist suggest order request recommend require".split())
"""Verbs whose clause says what is to be."""


def _by_somebody(view: View, verb: int) -> bool:
    """Whether somebody with a name does it, not what just happened ("the retreat let rebels seize the town")."""
    return any(view.tree.tokens[s].pos == "PROPN" for s in view.tree.subjects(verb))


_PERMITTING: Final = frozenset({"allow", "let", "permit"})
_PRACTISING: Final = frozenset("practise practice rehearse simulate train".split())


def _of_verb(view: View, i: int, cues: Cues) -> Status | None:
    tree = view.tree
    if _negated(view, i) or _of_none(view, i):
        return Status.DENIED
    auxiliaries = {tree.tokens[k].lower for k in tree.kids(i, "aux")}
    if auxiliaries & cues.assertion["future"]:
        return Status.PLANNED
    perfect = "have" in auxiliaries
    if auxiliaries & MODALS and not (perfect and auxiliaries & {"must"}):
        return Status.HYPOTHETICAL
    if "to" in auxiliaries and tree.tokens[i].dep in {"advcl", "acl", "relcl", "ROOT"} and not perfect:
        return Status.PLANNED
    of_noun = tree.tokens[tree.tokens[i].head].pos == "NOUN"  # "approves plans to bomb"
    if "to" in auxiliaries and tree.tokens[i].dep == "xcomp" and of_noun and not perfect:
        return Status.PLANNED
    if "to" in auxiliaries and tree.tokens[i].dep == "xcomp":
        status = _of_infinitive(view, i, cues, perfect=perfect)
        if status is not None:
            return status
    if tree.tokens[i].dep == "conj" and not tree.kids(i, "nsubj", "nsubjpass", "aux", "auxpass"):
        upper = tree.tokens[tree.tokens[i].head]
        if upper.pos in {"VERB", "AUX"} and tree.tokens[i].tag == "VB":
            return _of_verb(view, upper.i, cues)
    return None


def _of_infinitive(view: View, i: int, cues: Cues, *, perfect: bool) -> Status | None:
    """What the verb over an infinitive makes of it: "claims to have captured", "hopes to capture"."""
    upper, words = view.tree.tokens[view.tree.tokens[i].head], cues.assertion
    if upper.lemma == "be" and not perfect:
        return Status.PLANNED  # "is to start an operation"
    if upper.pos == "ADJ":
        return None if upper.lemma in _DONE else Status.PLANNED  # "is ready to strike back"
    if perfect and upper.lemma in words["claim"] | BELIEVED:
        return Status.CLAIMED
    if upper.lemma == "use" and serves(view, upper.i):
        return Status.HYPOTHETICAL
    real = upper.lemma in _GOING_ON or upper.lemma in words["plan"] | words["threaten"]
    return None if real or has_tried(view, upper.i, i) else Status.HYPOTHETICAL


_DONE: Final = frozenset({"able", "quick", "swift", "fast", "slow", "first", "last", "right", "wrong"})
"""What somebody is "to" do who has done it."""


def _of_none(view: View, i: int) -> bool:
    """ "No rocket was fired", "fired no rockets", "neither will attack", "neither side shelled"."""
    tree = view.tree
    if any(tree.tokens[s].lower in {"neither", "nobody", "none"} for s in tree.kids(i, "nsubj", "nsubjpass")):
        return True
    return any(
        tree.tokens[d].lower in {"no", "neither"}
        for k in tree.kids(i, "nsubj", "nsubjpass", "dobj")
        if tree.tokens[k].lemma not in _NOBODY_HURT
        for d in tree.kids(k, "det")
    )


_NOBODY_HURT: Final = frozenset(
    "casualty injury fatality death damage one victim civilian people person".split()
)
"""Denying these denies no attack."""


def _of_noun(view: View, i: int, cues: Cues) -> Status | None:
    tree = view.tree
    token = tree.tokens[tree.first_conjunct(i)]
    determiners = {tree.tokens[k].lower for k in tree.kids(i, "det")}
    if "no" in determiners:
        return Status.DENIED
    fears = token.dep == "compound" and tree.tokens[token.head].lemma in _IMAGINED  # "drone strike fears"
    if fears or "any" in determiners or {tree.tokens[k].lower for k in tree.kids(i, "amod")} & NOT_YET:
        return Status.HYPOTHETICAL
    if stopped_by(view, i) is not None:
        return Status.ASSERTED
    if {tree.tokens[k].lower for k in tree.kids(i, "amod")} & {"alleged", "purported", "supposed"}:
        return Status.CLAIMED
    of = tree.tokens[token.head]
    if token.dep == "pobj" and of.lower == "of" and tree.tokens[of.head].lemma in _ROUNDS:
        return _of_noun(view, of.head, cues)  # "cancelled a round of strikes"
    if token.dep == "pobj" and of.lower == "including" and tree.tokens[of.head].pos == "NOUN":
        return _of_noun(view, of.head, cues)  # "threatened strikes, including nuclear attacks"
    if token.dep == "pobj":
        return _after_preposition(view, token.head, cues)
    if token.dep in {"dobj", "nsubjpass"}:
        return _of_object(view, token.head, cues)
    if token.dep == "attr" and {tree.tokens[k].lower for k in tree.kids(token.head, "aux")} & MODALS:
        return Status.HYPOTHETICAL  # "should there be an attack"
    return _of_subject(view, token.head, cues) if token.dep == "nsubj" else None


def _of_object(view: View, verb: int, cues: Cues) -> Status | None:
    """What a verb makes of the attack that is its object."""
    lemma, words = view.tree.tokens[verb].lemma, cues.assertion
    if lemma in _OF_FACTS:
        return Status.ASSERTED
    if lemma in _STOPPING | _PRACTISING:
        return Status.HYPOTHETICAL
    if lemma in {"deny", "disclaim"} and not _negated(view, verb):
        return Status.DENIED
    if lemma in words["claim"]:
        return Status.CLAIMED  # "Hamas claims Israeli air raid"
    if lemma in words["threaten"]:
        return Status.THREATENED
    return Status.PLANNED if lemma in words["plan"] else _of_verb(view, verb, cues)


def _of_subject(view: View, verb: int, cues: Cues) -> Status | None:
    """What a verb makes of the attack that is its subject; what has not stopped, or is to stop, goes on."""
    tree = view.tree
    to_come = (
        k for a in tree.kids(verb, "acomp") if tree.tokens[a].lemma in _SURE for k in tree.kids(a, "xcomp")
    )
    if any(tree.tokens[k].lemma in {"come", "follow", "continue", "happen"} for k in to_come):
        return Status.HYPOTHETICAL  # "more attacks are certain to come"
    if any(tree.tokens[a].lemma in _PENDING for a in tree.kids(verb, "acomp")):
        return Status.HYPOTHETICAL
    if tree.tokens[verb].lemma in _BEING and _asked_whether(view, verb):
        return Status.HYPOTHETICAL
    status = _of_verb(view, verb, cues)
    stops = view.tree.tokens[verb].lemma in {"stop", "cease", "end", "abate"}
    return Status.ASSERTED if stops and (status is Status.PLANNED or _negated(view, verb)) else status


def _asked_whether(view: View, verb: int) -> bool:
    return any(view.tree.tokens[k].lower == "whether" for k in view.tree.kids(verb, "mark"))


_BEING: Final = frozenset({"happen", "occur", "take"})  # "take place"
_PENDING: Final = frozenset("imminent likely unlikely possible inevitable probable unavoidable".split())
"""What an attack is that has not come."""
_SURE: Final = frozenset({"certain", "sure", "bound", "likely"})
_IMAGINED: Final = frozenset("fear threat risk warning concern alert scare rumour rumor plot".split())
_ROUNDS: Final = frozenset({"round", "wave", "series", "set"})
NOT_YET: Final = frozenset(
    "potential possible imminent future upcoming expected anticipated impending looming planned intended foiled thwarted".split()
)
_OF_FACTS: Final = frozenset(
    "flee investigate probe condemn denounce criticise criticize deplore protest mourn avenge examine film describe".split()
)
"""Verbs whose object has happened, whatever is said of them: "the strike should be investigated"."""
_UNHARMED: Final = frozenset({"vulnerable", "exposed", "prone", "resistant", "immune"})
_WISHING: Final = frozenset({"call", "vote", "push", "press", "prepare", "brace", "set"})


def _after_preposition(view: View, preposition: int, cues: Cues) -> Status | None:
    """What "halt to", "threat of", "refrain from", "trial over" make of the attack they govern."""
    tree = view.tree
    word, above = tree.tokens[preposition].lower, tree.tokens[tree.tokens[preposition].head]
    if word in _OF_NOUN and above.lemma in _STOP_NOUNS and above.pos == "NOUN":
        return Status.THREATENED if above.lemma in {"threat", "warning"} else Status.HYPOTHETICAL
    if word == "of" and any(tree.tokens[k].lower == "no" for k in tree.kids(above.i, "det")):
        return Status.DENIED
    if word == "of" and above.lemma in _REPORTS and _is_untrue(view, above.i, cues):
        return Status.DENIED
    if above.lemma in cues.assertion["history"] and word in {"of", "over", "for", "in", "with"}:
        return Status.HISTORICAL
    if word == "with" and above.lemma in cues.assertion["threaten"]:
        return Status.THREATENED
    if word == "for" and above.lemma in _TRAINING:
        return Status.PLANNED
    if above.pos == "VERB" and _possibly(view, above.i):
        return Status.HYPOTHETICAL
    unreal = (
        (word in _UNREAL_PREPOSITIONS and above.lemma in _STOPPING)
        or (word in {"to", "against"} and above.lemma in _UNHARMED)
        or (word == "for" and above.pos == "VERB" and above.lemma in _WISHING and not _names(view, above.i))
    )
    return Status.HYPOTHETICAL if unreal else None


def _is_untrue(view: View, report: int, cues: Cues) -> bool:
    """ "Denied reports of an attack", "rejected false claims of one", "called rumours of it fabricated"."""
    tree = view.tree
    token = tree.tokens[report]
    verb = tree.tokens[token.head]
    called = [
        *tree.kids(report, "amod"),
        *tree.kids(verb.i, "oprd", "acomp", "ccomp", "advcl"),
        *tree.prep_objects(verb.i, "as"),
    ]
    denied = (
        token.dep in {"dobj", "nsubjpass"}
        and verb.lemma in cues.assertion["deny"]
        and not _negated(view, verb.i)
    )
    return denied or any(tree.tokens[k].lower in _UNTRUE for k in called)


_REPORTS: Final = frozenset("report claim allegation accusation rumour rumor suggestion".split())
_UNTRUE: Final = frozenset(
    "false untrue fabricated baseless unfounded fake incorrect inaccurate wrong groundless".split()
)
_TRAINING: Final = frozenset({"train", "training", "preparation", "rehearsal"})


def _possibly(view: View, i: int) -> bool:
    """ "Possibly linked to attacks on Syria": what may be."""
    return any(
        view.tree.tokens[k].lower in {"possibly", "perhaps", "potentially"}
        for k in view.tree.kids(i, "advmod")
    )


def _names(view: View, i: int) -> bool:
    """ "Called the strikes revenge for the blast": to give a thing a name is not to call for it."""
    tree = view.tree
    return tree.tokens[i].lemma == "call" and bool(tree.kids(i, "dobj", "oprd", "ccomp"))


_OF_NOUN: Final = frozenset({"of", "to", "in", "on", "for", "against", "about"})


def _unreal(view: View, i: int) -> bool:
    tree = view.tree
    auxiliaries = {tree.tokens[k].lower for k in tree.kids(i, "aux")}
    return bool(auxiliaries & (MODALS | {"will", "'ll", "shall", "to"}))


def _infinitive(view: View, i: int) -> bool:
    return any(view.tree.tokens[k].lower == "to" for k in view.tree.kids(i, "aux"))


def _negated(view: View, i: int) -> bool:
    tree = view.tree
    negations = [k for k in tree.kids(i, "neg", "advmod") if tree.tokens[k].lower in {"not", "n't", "never"}]
    # "never since rebels took the town" denies nothing of them
    return any([t.lower for t in tree.tokens[k + 1 : k + 2]] != ["since"] for k in negations)
