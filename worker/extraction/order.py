"""What the text itself says of a strike's order to a ceasefire: "hours after", "despite", "minutes before".

Said in the strike's own sentence; what other sentences say is in `breaches` and `sequence`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.event import CeasefireRelation, Order
from worker.extraction.assertion import NOT_YET
from worker.extraction.attachments import ANSWERS
from worker.extraction.blames import BREAKING
from worker.extraction.endings import in_vain
from worker.extraction.governing import WRAPPERS
from worker.extraction.readings import SPANS, has_gone_by
from worker.extraction.shaken import ENDS_TWO_WORDS, after_its_start, denied, ended_by, shaken_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from worker.extraction.truces import Truce
    from worker.extraction.view import View

_AFTER: Final = frozenset("after following despite since notwithstanding although though into".split())
_DURING: Final = frozenset("during amid amidst under throughout while within when".split())
_BEFORE: Final = frozenset("before until till ahead prior eve".split())
_BREACHES: Final = frozenset("violation breach defiance contravention spite infringement violator".split())
_ENDED: Final = frozenset(
    "end expire expiry expiration collapse breakdown termination terminate lapse scrap cancel abandon suspend unravel "
    "fail failure refuse reject rejection finish withdraw quit leave renounce dead void".split()
)
"""Words that take the ceasefire away: what comes after them comes after no ceasefire."""
_UNREAL: Final = frozenset(
    "effort proposal call talk negotiation plan offer bid demand appeal hope prospect resolution petition pressure push "
    "attempt request propose urge tell ask want mediate discuss seek consider possibility chance unless if plea plead "
    "implore beg insist press motion assurance expectation speculation rumour rumor optimism absence lack aim".split()
)
_WATCHING: Final = frozenset({"committee", "mechanism", "monitor", "observer", "anniversary", "meeting"})
"""What meets or falls before or after an attack and is about a ceasefire, but no beginning of one."""
_MODALS: Final = frozenset({"would", "could", "might", "may", "should"})
_DESPITE: Final = frozenset({"despite", "notwithstanding", "spite"})


def find_order(view: View, triggers: Iterable[int], truces: Sequence[Truce]) -> CeasefireRelation | None:
    """The order that one sentence states between the strike of `triggers` and a ceasefire it names."""
    triggers = tuple(triggers)
    for truce in truces:
        found = (
            _led_to(view, triggers, truce)
            or _by_cue(view, triggers, truce)
            or _notwithstanding(view, triggers, truce)
            or _against_its_word(view, triggers, truce)
            or _broken_by(view, triggers, truce)
            or ended_by(view, triggers, truce)
            or shaken_by(view, triggers, truce)
            or after_its_start(view, triggers, truce)
        )
        if found is not None:
            return found
    return None


def _led_to(view: View, triggers: tuple[int, ...], truce: Truce) -> CeasefireRelation | None:
    """ "A ceasefire reached after weeks of clashes", "the truce came hours after jets struck": what it was made to end."""
    tree = view.tree
    named = tree.compound_of(truce.token)
    for at in (a for t in triggers for a in (t, *tree.ancestors(t))):
        token = tree.tokens[at]
        marks = [at] if token.dep == "prep" else tree.kids(at, "mark") if token.dep == "advcl" else []
        made = tree.tokens[token.head]
        about = {
            made.i,
            *tree.objects(made.i),
            *tree.subjects(made.i),
            *tree.prep_objects(made.i, "to", "on"),
        }
        about |= {made.head} if made.dep in {"acl", "relcl"} else set()
        for after in (tree.tokens[m] for m in marks):
            if after.lower in {"after", "following"} and made.lemma in _MAKING and named in about:
                return CeasefireRelation(order=Order.BEFORE, cue=after.text, start=after.start, end=after.end)
    return None


_MAKING: Final = frozenset(
    "reach sign agree announce declare broker conclude mediate come follow take go enter".split()
)


def _by_cue(view: View, triggers: tuple[int, ...], truce: Truce) -> CeasefireRelation | None:
    """ "Hours after", "despite", "on the eve of": the nearest cue above the ceasefire that modifies the strike's clause."""
    tree = view.tree
    ended, unreal = False, _is_only_about(view, truce)
    to_come = _is_to_come(view, truce)
    for order, cue, lemmas, particles in _cues_of(view, truce.token):
        ended = (
            ended
            or bool(lemmas & _ENDED)
            or (bool({"break", "turn"} & lemmas) and bool(particles & {"down", "off"}))
            or ("fall" in lemmas and bool(particles & ENDS_TWO_WORDS))
            or ("out" in particles and bool({"run", "pull", "walk", "back", "opt"} & lemmas))
            or ("over" in particles and "declare" in lemmas)
        )
        unreal = (
            unreal
            or bool(lemmas & _UNREAL)
            or (bool(lemmas & _MODALS) and tree.tokens[cue].lower not in _DESPITE)
        )
        below = set(tree.subtree(_clause_of_cue(view, cue, truce.token)))
        if (
            truce.token not in below
            or any(t in below for t in triggers)
            or not any(_told_with(view, t, cue) for t in triggers)
        ):
            continue
        gone_by = tree.tokens[cue].lower in {"after", "following"} and has_gone_by(view, truce.token, cue)
        if (
            gone_by
            or unreal
            or ((ended or to_come) and order is not Order.BEFORE)
            or (order is Order.BEFORE and lemmas & _WATCHING)
        ):
            return None
        token = tree.tokens[cue]
        start = _cue_start(view, cue)
        if _LONG_AGO.search(view.words(start, token.end)):
            return None
        said = Order.DURING if ended else order  # before the end of a truce is during it
        if _stops(view, triggers):
            said = Order.BEFORE
        return CeasefireRelation(order=said, cue=view.words(start, token.end), start=start, end=token.end)
    return None


def _stops(view: View, triggers: tuple[int, ...]) -> bool:
    """ "The shelling stopped when the truce began", "stopped shelling after it": what it put an end to."""
    tree = view.tree
    for t in triggers:
        verb = tree.tokens[tree.tokens[t].head]
        stopped = t in tree.subjects(verb.i) and not tree.objects(verb.i)
        if verb.lemma in _STOPS and (stopped or tree.tokens[t].dep == "xcomp") and not in_vain(view, verb.i):
            return True
    return False


_STOPS: Final = frozenset("stop cease halt subside abate".split())


def _is_to_come(view: View, truce: Truce) -> bool:
    """ "A proposed truce", "a truce is close", "is within reach": there is none yet."""
    tree = view.tree
    clause = tree.tokens[truce.token].head
    called = {tree.tokens[k].lower for k in tree.kids(truce.token, "amod")}
    if truce.token in tree.subjects(clause):
        called |= {tree.tokens[k].lower for k in tree.kids(clause, "acomp")}
        called |= {tree.tokens[o].lower for p in ("within", "in") for o in tree.prep_objects(clause, p)}
    return not called.isdisjoint(NOT_YET | _NEAR)


_NEAR: Final = frozenset(
    "proposed close closer near nearer likely unlikely reach sight premature elusive".split()
)


def _is_only_about(view: View, truce: Truce) -> bool:
    """Whether what is named is about a ceasefire that need not exist: "progress toward a truce", "a vote for a truce"."""
    tree = view.tree
    at = truce.token
    while tree.tokens[at].dep in {"compound", "nmod", "amod"}:  # "progress toward a ceasefire deal"
        at = tree.tokens[at].head
    determiners = {tree.tokens[k].lower for k in tree.kids(at, "det", "poss")}
    if determiners - {"a", "an"}:
        return False
    # "despite ceasefire hopes", where the parser takes these for a verb
    behind = tree.tokens[at + 1 : at + 2]
    if not determiners and any(t.lower.removesuffix("s") in _UNREAL for t in behind):
        return True
    preposition = tree.tokens[tree.tokens[at].head]
    above = tree.tokens[preposition.head]
    if tree.tokens[at].dep != "pobj" or preposition.lower not in _ABOUT:
        return False
    working = above.pos == "VERB" and above.lemma in _WORKING
    return working or (above.pos == "NOUN" and above.lemma not in WRAPPERS | _TELLING)


_ABOUT: Final = frozenset({"for", "about", "toward", "towards", "on", "over"})
_WORKING: Final = frozenset(
    "work meet confer vote focus deliberate debate haggle wrangle campaign lobby".split()
)
_TELLING: Final = frozenset("announcement declaration statement time date day deadline hour breach".split())
"""What gives a ceasefire though it is not one: "hours after the announcement on a truce", "the time for a truce"."""


def _notwithstanding(view: View, triggers: tuple[int, ...], truce: Truce) -> CeasefireRelation | None:
    """ "Jets bombed the town, the ceasefire of last week notwithstanding": a cue that stands after what it governs."""
    tokens = view.tree.tokens
    cue = next((t for t in tokens[truce.token :] if t.lower == "notwithstanding"), None)
    if cue is None:
        return None
    comma = next((t.i for t in reversed(tokens[: truce.token]) if t.text == ","), -1)
    before = any(t < comma for t in triggers)
    between = any(t.text in {",", ";"} for t in tokens[truce.token : cue.i])
    if not before or between:
        return None
    return CeasefireRelation(order=Order.AFTER, cue=cue.text, start=cue.start, end=cue.end)


def _against_its_word(view: View, triggers: tuple[int, ...], truce: Truce) -> CeasefireRelation | None:
    """ "Russia had promised a truce, but Russian forces shelled the town": who gave its word attacks all the same."""
    tree = view.tree
    between: set[str] = set()
    for at in (truce.token, *tree.ancestors(truce.token)):
        token = tree.tokens[at]
        if token.lemma in _GIVING_ITS_WORD and not denied(view, at) and not between & (_UNREAL | _ENDED):
            but = next((tree.tokens[k] for k in tree.kids(at, "cc") if tree.tokens[k].lower in _BUT), None)
            broken = any(k in triggers and _who(view, at) & _who(view, k) for k in tree.kids(at, "conj"))
            if but is not None and broken:
                return CeasefireRelation(order=Order.AFTER, cue=but.text, start=but.start, end=but.end)
        between.add(token.lemma)
    return None


def _who(view: View, verb: int) -> set[str]:
    """The actors named as who does it."""
    tree = view.tree
    return view.named_at(c for s in tree.subjects(verb) for c in tree.conjuncts(s))


_GIVING_ITS_WORD: Final = frozenset(
    "promise pledge vow agree announce declare order commit undertake".split()
)
_BUT: Final = frozenset({"but", "yet"})


def _cues_of(view: View, truce: int) -> Iterator[tuple[Order, int, frozenset[str], frozenset[str]]]:
    """(order, word, lemmas and particles between it and the ceasefire) of what stands above one, nearest first."""
    tree = view.tree
    lemmas = {tree.tokens[k].lemma for k in tree.kids(truce, "acl")} & {"expire", "lapse", "collapse"}
    particles: set[str] = set()
    for at in (truce, *tree.ancestors(truce)):
        token = tree.tokens[at]
        more, beside = _said_of(view, truce, at)
        lemmas |= more
        particles |= beside
        opening = [k for k in tree.kids(at, "prep") if k == 0 and tree.tokens[k].lower in _DESPITE]
        for candidate in (at, *tree.kids(at, "mark", "advmod"), *opening):
            word = tree.tokens[candidate].lower
            order = (
                Order.AFTER
                if word in _AFTER
                else Order.DURING
                if word in _DURING or (word == "as" and _stands_as(view, candidate, at))
                else Order.BEFORE
                if word in _BEFORE
                else None
            )
            again = (
                word == "before" and not tree.children[candidate] and candidate != at
            )  # "has been broken before"
            if (
                order is None
                or (again and tree.tokens[candidate].dep == "advmod")
                or (word in {"while", "when"} and candidate == at)
                or (word == "into" and not _span_before(view, candidate))
            ):
                continue
            yield order, candidate, frozenset(lemmas), frozenset(particles)
        if token.dep == "pobj" and token.lemma in _BREACHES and tree.tokens[token.head].lower == "in":
            yield Order.AFTER, at, frozenset(lemmas - _BREACHES), frozenset()
        on = token.dep == "pobj" and tree.tokens[token.head].lower in {"on", "in", "within"}
        if token.lemma in SPANS and at != truce and (on or token.dep in {"npadvmod", "appos"}):
            yield Order.AFTER, at, frozenset(lemmas), frozenset()


def _said_of(view: View, truce: int, at: int) -> tuple[set[str], set[str]]:
    """(lemmas, particles) that a word above a ceasefire says of it."""
    tree = view.tree
    token = tree.tokens[at]
    if at == truce or token.pos in {"ADP", "SCONJ"}:
        return set(), {"out"} & {token.lower}  # "pulled out of it"
    calls = token.lemma == "call" and token.pos == "NOUN" and at != tree.compound_of(truce)
    by_phone = calls and not tree.prep_objects(at, "for")
    brings = truce in tree.subjects(at) and tree.kids(at, "dobj")  # "a truce that ended the war"
    lemmas = set() if by_phone or (brings and token.lemma == "end") else {token.lemma}
    lemmas |= {tree.tokens[k].lower for k in tree.kids(at, "aux")}
    if token.lemma == "come":  # "had come to its end"
        lemmas |= {tree.tokens[o].lemma for o in tree.prep_objects(at, "to")}
    due = _due_to(view, at) if truce in tree.subjects(at) else []
    lemmas |= {tree.tokens[k].lemma for k in due} & (_ENDED | {"run"})
    return lemmas, {tree.tokens[p].lower for i in (at, *due) for p in tree.kids(i, "prt", "advmod")}


def _due_to(view: View, verb: int) -> list[int]:
    """What is to come: "was to lapse", "was due to expire", "is set to run out"."""
    tree = view.tree
    return [k for at in (verb, *tree.kids(verb, "acomp")) for k in tree.kids(at, "xcomp")]


def _even(view: View, i: int) -> bool:
    """ "Even as the truce entered its second phase"."""
    return i > 0 and view.tree.tokens[i - 1].lower == "even"


def _stands_as(view: View, mark: int, clause: int) -> bool:
    """Whether a ceasefire stands "as" what a clause says of it goes on."""
    tree = view.tree
    nears = tree.tokens[clause].lemma in {"near", "approach"} and any(
        tree.tokens[o].lemma in {"end", "expiry", "close"} for o in tree.objects(clause)
    )  # "as a truce neared its end"
    return nears or _even(view, mark) or _is_supposed(view, clause)


def _is_supposed(view: View, i: int) -> bool:
    """ "As a truce was supposed to be in force"."""
    token = view.tree.tokens[i]
    return token.lemma in {"suppose", "mean"} and token.tag == "VBN"


def _span_before(view: View, i: int) -> bool:
    return i > 0 and view.tree.tokens[i - 1].lemma in SPANS


def _told_with(view: View, trigger: int, cue: int) -> bool:
    """Whether the cue speaks of the trigger's clause, not of one that a relative clause takes the trigger out of.

    "Fired rockets for the first time since the truce, avenging his killing": the killing came before.
    """
    tree = view.tree
    below = trigger
    for at in (trigger, *tree.ancestors(trigger)):
        answered = tree.tokens[at].lemma in ANSWERS and tree.tokens[below].dep in {"prep", "dobj"}
        if tree.tokens[at].dep == "relcl" or (at != trigger and answered):
            return cue in set(tree.subtree(at))
        below = at
    return True


def _clause_of_cue(view: View, cue: int, truce: int) -> int:
    tree = view.tree
    token = tree.tokens[cue]
    if truce in tree.subtree(cue):
        return cue
    whole = token.dep in {"mark", "advmod"}
    if cue == 0 and token.dep == "prep" and tree.tokens[token.head].dep in {"ccomp", "advcl"}:
        whole = (
            True  # "Despite the call, during which …, Russia struck": the parser closes the phrase too early
        )
    return token.head if whole else cue


def _cue_start(view: View, cue: int) -> int:
    """ "hours after" rather than "after" alone."""
    tree = view.tree
    token = tree.tokens[cue]
    below = [
        k
        for k in (*tree.children[cue], *tree.kids(token.head, "npadvmod", "advmod"))
        if k < cue and tree.tokens[k].dep in {"npadvmod", "advmod", "pcomp"}
    ]
    near = [
        s for k in below for s in tree.subtree(k) if all(tree.tokens[j].dep != "punct" for j in range(s, cue))
    ]
    return tree.tokens[min([cue, *(s for s in near if cue - s <= _CUE_WORDS)])].start


_CUE_WORDS: Final = 4
_LONG_AGO: Final = re.compile(r"(?i)\byears? (?:after|since)\b")
"""An anniversary rather than a breach."""


def _broken_by(view: View, triggers: tuple[int, ...], truce: Truce) -> CeasefireRelation | None:
    """ "Violated the truce by shelling", "an attack that broke the truce", "calling the raid a violation of the truce"."""
    tree = view.tree
    links = [*tree.ancestors(truce.token)]
    for at in links:
        token = tree.tokens[at]
        if token.pos == "NOUN" and token.lemma in _UNREAL:
            return None  # "ignoring calls for a truce"
        breaking = token.pos in {"VERB", "AUX"} and token.lemma in BREAKING
        breach = token.pos == "NOUN" and token.lemma in _BREACHES
        if not (breaking or breach) or denied(view, at):
            continue
        marks = {tree.tokens[k].lower for k in tree.kids(at, "mark")} & {"after", "since"}
        if marks and truce.token in tree.kids(at, "nsubj"):
            continue  # "hours after the truce broke down"
        if any(_told_with(view, t, at) for t in triggers if t != at):
            return CeasefireRelation(order=Order.AFTER, cue=token.text, start=token.start, end=token.end)
    return None
