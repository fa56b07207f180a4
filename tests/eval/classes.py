"""What the errors are made of: every wrong answer in one class, counted, so that the worst is worked on first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.eval.matching import given_pairs, match, wanted_pairs
from tests.eval.measures import asserted_acts, coarse, coarse_act

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.eval.corpora import Case
    from tests.eval.matching import Given, Wanted
    from tests.eval.measures import Answer


def error_classes(cases: Sequence[Case], answers: Mapping[str, Answer]) -> Counter[str]:
    """How many errors there are of each class, over all cases; alerts and slots have their own measures."""
    found: Counter[str] = Counter()
    for case in cases:
        answer = answers[case.article.article_id]
        found.update(_of_strikes(case, answer))
        found.update(_of_acts(case, answer))
    return found


def _of_strikes(case: Case, answer: Answer) -> Iterator[str]:
    wanted, given = wanted_pairs(case.strikes), given_pairs(answer.events)
    matched = match(wanted, given)
    missing = [one for one in wanted if all(one is not other for other, _ in matched)]
    surplus = [one for one in given if all(one is not other for _, other in matched)]
    for one in missing:
        nearest = next((other for other in surplus if _turned(one, other)), None) or next(
            (other for other in surplus if _half(one, other)), None
        )
        if nearest is not None:
            surplus.remove(nearest)
            yield _what_differs(one, nearest)
        else:
            yield "one of several attacks not seen" if given else "no strike seen at all"
    for _ in surplus:
        yield "a pair too many" if wanted else "a strike where there is none"


def _turned(wanted: Wanted, given: Given) -> bool:
    return wanted.actor == given.recipient and wanted.recipient == given.actor


def _half(wanted: Wanted, given: Given) -> bool:
    return (wanted.actor == given.actor) != (wanted.recipient == given.recipient)


def _what_differs(wanted: Wanted, given: Given) -> str:
    if _turned(wanted, given):
        return "the direction is turned round"
    slot, got = ("recipient", given.recipient) if wanted.actor == given.actor else ("attacker", given.actor)
    return f"the {slot} is left open" if got is None else f"the {slot} is another"


def _of_acts(case: Case, answer: Answer) -> Iterator[str]:
    wanted = {coarse(act.act) for act in case.acts if act.asserted} - {None}
    given = {coarse_act(event) for event in asserted_acts(answer.events)} - {None}
    yield from (f"act not seen: {act}" for act in wanted - given)
    yield from (f"act too many: {act}" for act in given - wanted)
