"""What a word for talks, or a verb of meeting, says is done: talks held, scheduled or suspended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Act
from worker.extraction.truces import find_truces

if TYPE_CHECKING:
    from worker.extraction.view import View

_NOUNS: Final = frozenset({"negotiation", "consultation", "dialogue", "conversation", "mediation"})
_GATHERINGS: Final = frozenset({"summit", "conference", "meeting", "discussion"})
"""Talks only where they are called so: "peace summit", "a meeting to discuss the truce"."""
_LENGTHS: Final = frozenset({"day", "week", "month", "year"})
_PARTS: Final = frozenset(
    "participation involvement round day session series phase stage resumption start opening night hour week month marathon".split()
)
DELEGATES: Final = frozenset(
    "delegate delegation negotiator envoy side committee representative team party".split()
)
_IMPASSES: Final = frozenset({"impasse", "deadlock", "stalemate", "standstill", "pause", "hold", "ice"})
"""Where talks are that do not go on: "at an impasse", "on hold"."""
_STOPS: Final = frozenset(
    "withdrawal suspension collapse breakdown end failure cancellation pause halt".split()
)
PEACE: Final = frozenset(
    "peace ceasefire cease-fire truce armistice hostilities ceasefires hostility pause cease".split()
)
_HELD: Final = frozenset(
    "hold conduct have meet conclude begin start end continue resume take open host convene reconvene restart relaunch revive underway lead join attend enter complete finish progress advance proceed mediate chair facilitate steer extend prolong".split()
)
_GOING_ON: Final = frozenset({"continue", "hold", "resume", "conduct"})
_HOSTING: Final = frozenset("host hold mediate broker lead sponsor convene".split())
_SCHEDULED: Final = frozenset(
    "schedule plan agree set expect invite arrange slate return announce prepare".split()
)
_SUSPENDED: Final = frozenset(
    "suspend halt break collapse fail walk cancel postpone stall pause abandon withdraw quit leave freeze scrap falter end boycott deadlock".split()
)
_COMING: Final = frozenset({"will", "shall", "'ll"})
_TRAVELLING: Final = frozenset({"head", "travel", "fly", "go"})
ERRANDS: Final = _TRAVELLING | {"visit", "arrive"}
"""Verbs of those who go somewhere for talks."""
_SENT: Final = frozenset({"send", "dispatch", "depart", "leave"})
"""Verbs of those who are on their way to talks."""
_SENDING: Final = _SENT | {"approve", "authorise", "authorize"}
_MAKING: Final = frozenset(
    "agree sign reach announce conclude declare say propose offer accept finalize finalise seal clinch hammer broker "
    "mediate".split()
)


def sits_down(view: View, i: int) -> bool:
    """ "Delegates will sit down again", "negotiators gathered in Doha": who meets to talk."""
    tree = view.tree
    lemma = tree.tokens[i].lemma
    down = lemma == "sit" and {tree.tokens[k].lower for k in tree.kids(i, "prt", "advmod", "prep")} & {
        "down",
        "at",
    }
    if not down and lemma not in {"gather", "convene", "reconvene"}:
        return False
    return bool(who_meets(view, i) & DELEGATES)


def will_speak(view: View, i: int) -> bool:
    """ "The two armies' chiefs are to speak by phone on the ceasefire": a call between enemies that is set for a day."""
    token = view.tree.tokens[i]
    return token.lemma in {"speak", "talk", "confer"} and bool(find_truces(view)) and to_come(view, i)


def who_meets(view: View, verb: int) -> set[str]:
    """The nouns for those who meet, by lemma; "a committee is due to gather" included."""
    tree = view.tree
    above = tree.tokens[tree.tokens[verb].head]
    subjects = tree.subjects(verb) or (tree.subjects(above.head) if above.dep == "acomp" else [])
    return {tree.tokens[c].lemma for s in subjects for c in tree.conjuncts(s)}


def is_talk(view: View, i: int) -> bool:
    """Whether a word means talks that may be about peace: "talks", "negotiations", "a meeting to discuss the truce"."""
    token = view.tree.tokens[i]
    if token.pos not in {"NOUN", "PROPN"}:  # a noun by its place, whatever the tagger says
        return token.lower == "talks" and token.dep in {"nsubj", "nsubjpass", "dobj", "pobj"}
    if token.lemma == "table":
        return any(view.tree.tokens[k].lower in _TABLES for k in view.tree.kids(i, "compound", "amod"))
    if token.lemma in _GATHERINGS:
        below = [i, *view.tree.prep_objects(i, "with")]
        words = [k for at in below for k in view.tree.kids(at, "compound", "amod", "nmod")]
        words += [k for c in _to_discuss(view, i) for o in view.tree.objects(c) for k in view.tree.subtree(o)]
        words += [
            t.token
            for k in view.tree.kids(i, "relcl")
            for t in find_truces(view)
            if t.token in view.tree.subtree(k)
        ]
        mediated = any(m.relation == "mediator" for m in view.actors_by_head.get(i, ()))
        return mediated or any(view.tree.tokens[k].lemma in PEACE for k in words)
    return token.lemma in _NOUNS or token.lower == "talks"


_TABLES: Final = frozenset({"negotiating", "bargaining", "negotiation"})


def goes_on_in(view: View, i: int) -> bool:
    """ "A follow-up meeting", "the next meeting": of talks that have been told of."""
    tree = view.tree
    words = {tree.tokens[k].lower for k in tree.kids(i, "amod", "compound")}
    return tree.tokens[i].lemma in _GATHERINGS and bool(
        words & {"follow", "followup", "next", "further", "second"}
    )


def _to_discuss(view: View, i: int) -> list[int]:
    """ "A meeting to discuss the truce": what a gathering is for, wherever the parser hangs it."""
    tree = view.tree
    near = [*tree.kids(i, "acl", "relcl"), *tree.kids(tree.tokens[i].head, "advcl", "xcomp")]
    return [k for k in near if k > i and tree.tokens[k].lemma in {"discuss", "negotiate", "address"}]


def of_peace(words: set[str]) -> bool:
    """Whether lemmas say that talks are about ending a war: "peace", "truce", "to end the war"."""
    return bool(words & PEACE) or bool(words & _ENDING and words & _WARS)


_ENDING: Final = frozenset({"end", "settle", "halt", "stop"})
_WARS: Final = frozenset({"war", "conflict", "fighting", "violence"})


def act_of_talks(view: View, i: int) -> tuple[Act | None, int]:
    """(act, the word that decides it) of talks, by what governs them."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep == "compound" and tree.tokens[token.head].lemma == "effort":
        return _of_efforts(view, token.head)
    if any(tree.tokens[k].lower in _FAILED for k in tree.kids(i, "amod")):
        whole = tree.tokens[tree.tokens[token.head].head].lemma  # "after months of stalled talks"
        return (None if token.dep == "pobj" and whole in _LENGTHS else Act.TALKS_SUSPENDED), i
    while (
        token.dep == "pobj"
        and tree.tokens[tree.tokens[token.head].head].lemma in _PARTS | _STOPS
        and tree.tokens[token.head].lower in {"of", "to", "in", "from", "on"}
    ):
        token = tree.tokens[tree.tokens[token.head].head]
        if token.lemma in _STOPS:
            return Act.TALKS_SUSPENDED, token.i
    if token.dep in {"nsubj", "nsubjpass", "dobj", "conj"}:
        verb = tree.tokens[tree.tokens[tree.first_conjunct(token.i)].head]
        if verb.lemma in {"be", "appear", "seem"} and token.dep == "nsubj":  # "talks are to start"
            verb = tree.tokens[next(iter(tree.kids(verb.i, "xcomp")), verb.i)]
        going_on = [k for k in tree.kids(token.i, "amod") if tree.tokens[k].lemma in _GOING_ON]
        if going_on and tree.tokens[going_on[0]].tag == "VBG" and tree.kids(verb.i, "ccomp") == []:
            return Act.TALKS_HELD, going_on[0]  # "are continuing ceasefire talks", read as an adjective
        act = _by_verb(view, verb.i, subject=token.dep == "nsubj")
        if act is not None or token.dep == "conj":
            return act, verb.i
        if verb.lemma in {"follow", "cap", "crown"} and token.dep == "dobj":
            return Act.TALKS_HELD, verb.i  # "the deal followed two days of talks"
    return _by_own_phrase(view, token.i, i)


def acts_after(view: View, governor: int) -> list[tuple[Act, int]]:
    """ "Were suspended on Monday but will resume on Thursday": what else is said of talks that are a verb's subject."""
    tree = view.tree
    whose = tree.subjects(governor)
    later = [k for k in tree.conjuncts(governor) if k > governor and tree.subjects(k) == whose]
    acts = ((_by_verb(view, k, subject=True), k) for k in later)
    return [(act, k) for act, k in acts if act is not None]


def _of_efforts(view: View, i: int) -> tuple[Act | None, int]:
    """ "Is engaged in mediation efforts", "led mediation efforts"."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep == "pobj":
        engaged = tree.tokens[token.head].lower == "in"
        return _by_preposition(view, i, i) if engaged else (None, i)
    return _by_verb(view, token.head, subject=token.dep == "nsubj"), token.head


_FAILED: Final = frozenset("failed collapsed stalled suspended abandoned".split())


def _by_own_phrase(view: View, at: int, i: int) -> tuple[Act | None, int]:
    """(act, the word that decides it) of talks that no verb decides; `at` is the part of them that governs, "a round of"."""
    tree = view.tree
    token = tree.tokens[at]
    due = next((k for k in tree.kids(token.i, "amod", "acl", "relcl") if k > i and _is_due(view, k)), None)
    if due is not None:
        return Act.TALKS_SCHEDULED, token.i
    hosted = next((k for k in tree.kids(token.i, "acl", "relcl") if tree.tokens[k].lemma in _HOSTING), None)
    if hosted is not None and tree.tokens[hosted].tag in {"VBN", "VBD"}:
        return Act.TALKS_HELD, hosted
    if _mediated(view, i):
        return Act.TALKS_HELD, token.i
    return _by_preposition(view, token.i, i) if token.dep == "pobj" else (None, i)


def _is_due(view: View, k: int) -> bool:
    """ "Talks due to open on Thursday", "talks scheduled for March"."""
    token = view.tree.tokens[k]
    if (
        token.lemma in {"begin", "start", "resume", "open"} and token.tag == "VB"
    ):  # "with talks to begin at once"
        return True
    return token.lemma in {"due", "schedule", "set", "expect", "plan", "slate"} and token.tag in {
        "JJ",
        "VBN",
        "VBD",
    }


def _mediated(view: View, i: int) -> bool:
    """ "US-mediated talks" go on, unless they are of the future or somebody's wish."""
    tree = view.tree
    by = any(m.relation == "mediator" for m in view.actors_by_head.get(i, ()))
    words = {tree.tokens[k].lower for k in tree.kids(i, "amod", "det")}
    return by and not words & {"future", "new", "further", "any", "possible", "renewed", "direct"}


def _by_preposition(view: View, i: int, talks: int) -> tuple[Act | None, int]:
    """(act, the word that decides it) of talks after a preposition: "walked out of the talks", "will visit for talks"."""
    tree = view.tree
    token = tree.tokens[i]
    above = tree.tokens[tree.tokens[token.head].head]
    if above.pos == "ADP":  # "walked out of the talks"
        above = tree.tokens[above.head]
    preposition = tree.tokens[token.head].lower
    told = (
        tree.prep_objects(talks, "with", "between")
        or any(m.relation == "mediator" for m in view.actors)
        or of_peace({tree.tokens[k].lemma for k in tree.subtree(token.i)})
    )
    if preposition in {"after", "following", "in", "during", "at", "from", "to"} and _made_at(view, token.i):
        return Act.TALKS_HELD, token.i
    if told and (act := _counted_from(view, token.i, preposition, above.i)) is not None:
        return act, token.i
    upper = tree.tokens[above.head]
    if preposition == "for" and above.lemma in _DATES and upper.lemma in {"agree", "set"}:
        return Act.TALKS_SCHEDULED, upper.i
    if preposition in {"for", "to"} and (sent := _sends(view, above.i)) is not None:
        return Act.TALKS_SCHEDULED, sent
    if above.lemma in {"withdraw", "walk", "pull"} and preposition in {"from", "of"}:
        return Act.TALKS_SUSPENDED, above.i
    if (
        above.pos in {"VERB", "AUX"}
        and preposition in {"for", "in", "to", "at"}
        and above.lemma in _GOING_TO_TALKS
    ):
        on_their_way = (above.lemma in _SENT | {"arrive"} and preposition in {"for", "to"}) or (
            above.lemma in _TRAVELLING and above.tag in {"VBP", "VBZ", "VBG"}
        )
        on_their_way |= above.lemma == "be" and any(
            tree.tokens[o].lemma in {"route", "way"} for o in tree.prep_objects(above.i)
        )
        drawn = above.lemma in {"agree", "invite", "return"} and preposition in {"for", "to"}
        scheduled = drawn or on_their_way or to_come(view, above.i)
        return (Act.TALKS_SCHEDULED if scheduled else Act.TALKS_HELD), above.i
    return None, i


def _sends(view: View, i: int) -> int | None:
    """ "Sent a delegation for talks", "approved a team | for talks": the verb, where the talks hang on it or on who is sent."""
    tree = view.tree
    verb = tree.tokens[i].head if tree.tokens[i].dep == "dobj" else i
    sent = any(tree.tokens[o].lemma in DELEGATES for o in tree.objects(verb))
    return verb if sent and tree.tokens[verb].lemma in _SENDING else None


_GOING_TO_TALKS: Final = frozenset(
    "agree return meet visit travel invite go arrive gather fly attend engage sit take head be send dispatch depart leave "
    "lock".split()
)


def _counted_from(view: View, i: int, preposition: str, above: int) -> Act | None:
    """What stands before or after talks tells of them: "on the eve of talks", "amid talks", "no progress in the talks"."""
    tree = view.tree
    word = tree.tokens[above].lower
    if preposition == "of" and word in {"ahead", "eve"}:
        return Act.TALKS_SCHEDULED
    ongoing = any(tree.tokens[k].lemma in _GOING_ON | {"ongoing"} for k in tree.kids(i, "amod"))
    if preposition == "of" and word == "part" and ongoing:
        return Act.TALKS_HELD
    if preposition == "in" and _is_progress(view, above):
        return Act.TALKS_HELD
    if preposition == "as" and tree.tokens[above].lemma in {"come", "happen"}:
        return Act.TALKS_HELD  # "it came as a round of talks entered its second day"
    if preposition in {"after", "following", "before", "despite", "amid", "amidst"}:
        return Act.TALKS_SCHEDULED if preposition == "before" else Act.TALKS_HELD
    return None


def _is_progress(view: View, i: int) -> bool:
    """ "Talks are in progress"; "no progress has been made in the talks" tells of talks too."""
    tree = view.tree
    words = {i, *tree.subjects(i), *tree.objects(i)}
    return any(tree.tokens[k].lemma in {"progress", "headway"} for k in words)


_DATES: Final = frozenset("roadmap timetable timeline schedule date venue agenda".split())


def _made_at(view: View, i: int) -> bool:
    """ "Agreed on a truce in talks in Doha", "after a night of negotiations": what is agreed was talked about."""
    tree = view.tree
    verbs = [a for a in tree.ancestors(i) if tree.tokens[a].pos == "VERB"][:1]
    if tree.tokens[tree.tokens[tree.tokens[i].head].head].pos == "ADJ":
        return False  # "sources close to the talks said"
    return any(
        tree.tokens[v].tag in {"VBD", "VBZ", "VBP", "VBN"}
        and tree.tokens[v].lemma in _MAKING
        and bool(find_truces(view))
        and not {tree.tokens[k].lower for k in tree.kids(v, "aux", "neg")}
        & {"to", "would", "could", "may", "might", "not", "will"}
        for v in verbs
    )


def _by_verb(view: View, verb: int, *, subject: bool) -> Act | None:
    tree = view.tree
    lemma = tree.tokens[verb].lemma
    words = {tree.tokens[k].lower for k in tree.kids(verb, "prt", "advmod", "prep", "acomp")}
    if lemma == "fail" and tree.kids(verb, "xcomp"):
        return Act.TALKS_HELD  # "the talks failed to produce a breakthrough": they may go on
    if (
        lemma in _SUSPENDED
        and (lemma != "end" or not subject)
        and (lemma != "break" or words & {"down", "off", "up"})
    ):
        return Act.TALKS_SUSPENDED
    stuck = tree.objects(verb) if lemma in {"reach", "hit"} else tree.prep_objects(verb, "in", "at", "on")
    if subject and {tree.tokens[o].lemma for o in stuck} & _IMPASSES:
        return Act.TALKS_SUSPENDED
    if (lemma == "call" and "off" in words) or (lemma == "be" and "over" in words):
        return Act.TALKS_SUSPENDED
    if lemma in _SCHEDULED and not (subject and lemma != "expect"):
        return Act.TALKS_SCHEDULED
    if subject and {tree.tokens[o].lemma for o in tree.objects(verb)} & _HEADWAY:
        return Act.TALKS_HELD  # "are picking up steam"
    if subject and lemma == "remain" and words & {"inconclusive", "fruitless"}:
        return Act.TALKS_HELD
    due = [k for a in tree.kids(verb, "acomp") for k in tree.kids(a, "xcomp")]
    if subject and {tree.tokens[k].lemma for k in (verb, *due)} & {"end", "conclude", "finish"}:
        return Act.TALKS_HELD  # also where they are due to end
    under_way = lemma in {"get", "be"} and any(
        tree.tokens[o].lemma == "way" for o in tree.prep_objects(verb, "under")
    )
    if lemma in _HELD or under_way or (lemma in {"be", "get"} and words & {"underway", "ongoing", "due"}):
        return Act.TALKS_SCHEDULED if to_come(view, verb) or "due" in words else Act.TALKS_HELD
    return None


_HEADWAY: Final = frozenset({"steam", "pace", "speed", "momentum", "headway", "progress"})


def act_of_meeting(view: View, i: int) -> Act | None:
    """ "X met Y", "X and Y are negotiating", "agreed to negotiate", "Z has mediated between them"."""
    tree = view.tree
    if not tree.subjects(i) and not who_meets(view, i) and tree.tokens[i].dep != "attr":
        return None
    if to_come(view, i):
        return Act.TALKS_SCHEDULED
    token = tree.tokens[sent_for(view, i)]  # "arrived to mediate"
    if token.lemma == "negotiate" and not (token.tag in {"VBG", "VBP"} and not tree.objects(i)):
        return None
    aux = {tree.tokens[k].lower for k in tree.kids(token.i, "aux")}
    have = token.tag == "VBN" and not tree.is_passive(token.i) and aux & {"has", "have"}
    return Act.TALKS_HELD if have or token.tag in {"VBD", "VBZ", "VBP", "VBG"} else None


def sent_for(view: View, i: int) -> int:
    """The verb of those who leave for talks, where `i` says what for: "left for Cairo to resume talks"."""
    tree = view.tree
    token = tree.tokens[i]
    errand = token.dep == "advcl" and any(tree.tokens[k].lower == "to" for k in tree.kids(i, "aux"))
    return token.head if errand and tree.tokens[token.head].lemma in _SENT | ERRANDS else i


def said_to_come(view: View, i: int) -> bool:
    """ "He said talks would resume on Monday", "they would meet again on 6 November": what will be, told of what was said.

    Not "he said they would help".
    """
    tree = view.tree
    token = tree.tokens[i]
    upper = tree.tokens[token.head]
    would = any(tree.tokens[k].lower == "would" for k in tree.kids(i, "aux"))
    said = (
        token.dep == "ccomp" and upper.tag == "VBD" and upper.lemma in {"say", "confirm", "announce", "add"}
    )
    said |= token.dep == "ROOT"
    below = set(tree.subtree(i))
    dated = any(tree.at(m.start) in below for m in view.times)
    conditional = any(tree.tokens[k].lower in {"if", "unless"} for j in below for k in tree.kids(j, "mark"))
    return would and said and dated and not conditional and not tree.kids(i, "neg")


def to_come(view: View, i: int) -> bool:
    """Whether a verb tells of what will be: "will resume", "is to begin", "plans to hold", "agreed to meet"."""
    tree = view.tree
    auxiliaries = {tree.tokens[k].lower for k in tree.kids(i, "aux")}
    if auxiliaries & _COMING or said_to_come(view, i):
        return True
    head = tree.tokens[tree.tokens[i].head]
    listed = (
        tree.tokens[i].dep == "conj" and tree.tokens[i].tag == "VB"
    )  # "to maintain the truce and meet again"
    if "to" in auxiliaries or listed:
        first = tree.tokens[tree.first_conjunct(i)]
        head = tree.tokens[first.head]
        if head.dep == "ROOT" and (head.tag in {"NNP", "NNPS"} or (first.tag == "VB" and head == first)):
            return True  # "Russia and Ukraine to hold talks", as headlines tell of what will be
        return head.lemma in _SCHEDULED | _SENT | _TRAVELLING | {
            "be",
            "due",
            "intend",
            "ready",
        } and first.dep in {
            "xcomp",
            "ccomp",
            "ROOT",
            "advcl",
        }
    return False
