"""When an act on a ceasefire was done, by the times in its own clause, in the one above it, or in the one that it is told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from worker.event import Interval, Precision
from worker.extraction.dates import happened_within, undated

if TYPE_CHECKING:
    from worker.extraction.view import View

HALF_A_DAY: Final = timedelta(hours=12)
"""What "hours after" reaches back at most."""


def act_time(view: View, governor: int, *, of_itself: bool = True, truce: int | None = None) -> Interval:
    """When the act was done: a time in its own clause, a time before the other clause's ("hours after X agreed"), else undated.

    A time in the phrase of a ceasefire that is not made here is that of its making: "violating the 2020 truce".
    """
    tree = view.tree
    reference = view.reference
    clause = set(tree.subtree(governor))
    if truce is not None and governor not in tree.subtree(truce) and not of_itself:
        clause -= set(tree.subtree(truce)) | set(_wrapped(view, truce))
    for k in tuple(clause):
        if tree.tokens[k].dep in {"relcl", "acl"} and k != governor and governor not in tree.subtree(k):
            clause -= set(tree.subtree(k))
    clause -= {i for k in tree.kids(governor, "conj") if _is_another_deed(view, k) for i in tree.subtree(k)}
    best: tuple[int, Interval] | None = None
    for mention in view.times:
        interval = happened_within(mention, reference=reference)
        at = tree.at(mention.start)
        if (
            interval is None
            or interval.start >= reference
            or at not in clause
            or mention.relation.value in {"from", "since"}
            or _of_another_beginning(view, at)
            or (of_itself and at == _feast(view, truce))
            or (tree.tokens[at].dep == "nummod" and _only_names(view, at, governor))
            or tree.tokens[tree.tokens[at].head].lower in {"over", "during", "for"}
        ):
            continue  # "hold fire over Christmas", "the 2026 ceasefire": when it holds, not when it was said
        distance = abs(mention.start - tree.tokens[governor].start)
        if best is None or distance < best[0]:
            best = (distance, interval)
    if best is not None:
        return best[1]
    return (
        _of_the_time_before(view, governor)
        or _of_the_clause_above(view, governor)
        or before_the_other_clause(view, governor)
        or undated(reference)
    )


def _of_the_time_before(view: View, governor: int) -> Interval | None:
    """ "By 1994, when a ceasefire was agreed, they held the town": then, and not before then."""
    tree = view.tree
    when = next((k for k in tree.kids(governor, "advmod") if tree.tokens[k].lower == "when"), 0)
    if when < 2 or tree.tokens[when - 1].text != ",":  # noqa: PLR2004  -- a time, a comma
        return None
    start = tree.tokens[when - 2].start
    within = (m.interval for m in view.times if m.start <= start < m.end)
    return next((t for t in within if t.start < view.reference), None)


def _is_another_deed(view: View, verb: int) -> bool:
    """ "Agreed to a truce and will meet on Tuesday", "promised a truce, but its guns shelled the town on Tuesday"."""
    tree = view.tree
    to_be = any(tree.tokens[k].lower in {"will", "would", "shall"} for k in tree.kids(verb, "aux"))
    return to_be or bool(tree.kids(verb, "nsubj", "nsubjpass"))


def _only_names(view: View, at: int, governor: int) -> bool:
    """ "The 2026 ceasefire", "the 2022 truce remains intact": a year that says which, not when."""
    tokens = view.tree.tokens
    return tokens[at].text == str(view.reference.year) or tokens[governor].lemma in {"remain", "hold", "stay"}


def _feast(view: View, truce: int | None) -> int | None:
    """The "Easter" of "an Easter truce": when it is kept, not when it was made."""
    kids = () if truce is None else view.tree.kids(truce, "compound", "amod", "nmod")
    return next((k for k in kids if view.tree.tokens[k].tag == "NNP"), None)


def over_before(view: View, governor: int) -> bool:
    """ "Fired missiles after the truce expired", "after its expiry": what is told came when it was over."""
    tree = view.tree
    for at in (governor, *tree.ancestors(governor)):
        token = tree.tokens[at]
        marks = {tree.tokens[k].lower for k in tree.kids(at, "mark")}
        if (token.dep == "advcl" and "after" in marks) or (
            token.dep == "pobj" and tree.tokens[token.head].lower == "after"
        ):
            return True
    return False


def _of_another_beginning(view: View, at: int) -> bool:
    """ "Since the start of the war in October 2023": a time that only says when something else began."""
    tree = view.tree
    since = next((a for a in tree.ancestors(at) if tree.tokens[a].lower == "since"), None)
    return since is not None and any(
        tree.tokens[o].pos == "NOUN" for o in tree.kids(since, "pobj") if o != at
    )


def _of_the_clause_above(view: View, governor: int) -> Interval | None:
    """ "Since October, when they agreed", "signed a text on July 19 that commits them": the time that a clause hangs on."""
    tree = view.tree
    at = governor
    while tree.tokens[at].dep in {"xcomp", "conj"}:
        at = tree.tokens[at].head
    token = tree.tokens[at]
    if token.dep not in {"relcl", "acl"}:
        return None
    head = tree.tokens[token.head]
    within = (m for m in view.times if m.start <= head.start < m.end)
    verb = tree.tokens[head.head]
    if head.dep == "dobj" and verb.lemma in {
        "sign",
        "ratify",
        "conclude",
        "seal",
        "agree",
        "reach",
        "adopt",
        "issue",
    }:
        below = {k for p in tree.kids(verb.i, "prep", "npadvmod") for k in tree.subtree(p)}
        within = (m for m in view.times if tree.at(m.start) in below)
    times = (happened_within(m, reference=view.reference) for m in within)
    found = next((t for t in times if t is not None and t.start < view.reference), None)
    longest = _LENGTHS.get(found.precision) if found is not None else None
    if found is None or longest is None or found.end - found.start <= longest:
        return found
    return replace(found, end=found.start + longest)  # "since October, when": not until now


_LENGTHS: Final = {Precision.DAY: timedelta(days=1), Precision.MONTH: timedelta(days=31)}


def _wrapped(view: View, truce: int) -> list[int]:
    """What modifies the noun that a ceasefire's word only modifies: "the 2020 ceasefire agreement"."""
    tree = view.tree
    token = tree.tokens[truce]
    if token.dep not in {"compound", "nmod", "amod"}:
        return []
    return [i for k in tree.kids(token.head, "nummod", "amod", "compound", "nmod") for i in tree.subtree(k)]


def before_the_other_clause(view: View, governor: int) -> Interval | None:
    """ "attacked on Tuesday night, hours after X agreed": the agreement lies in the hours before Tuesday night."""
    tree = view.tree
    for at in (governor, *tree.ancestors(governor)):
        marks = [k for k in tree.kids(at, "mark", "advmod") if tree.tokens[k].lower == "after"]
        if not marks or tree.tokens[at].dep != "advcl":
            continue
        words = view.words(tree.tokens[max(0, marks[0] - 2)].start, tree.tokens[marks[0]].end).lower()
        if "hour" not in words and "minute" not in words:
            continue
        inside = set(tree.subtree(at))
        for mention in view.times:
            if tree.at(mention.start) not in inside and mention.interval.start < view.reference:
                start = mention.interval.start
                return Interval(
                    start=start - HALF_A_DAY,
                    end=mention.interval.end,
                    precision=Precision.PART_OF_DAY,
                    text=mention.text,
                )
    return None
