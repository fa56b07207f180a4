"""What counts as right, too much and missing; floors only go up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval.classes import error_classes
from tests.eval.corpora import Case, GoldAct, GoldStrike, golden_case
from tests.eval.floors import Floors, below, raised, read_floors, write_floors
from tests.eval.matching import given_pairs, match, wanted_pairs
from tests.eval.measures import ACTS, ALERT, HAS_A_STRIKE, PARTIES, WHO, Answer, Figure, measure
from tests.factories import make_actor, make_day, make_diplomacy, make_strike, make_weapon
from worker.article import Article
from worker.event import Act, Quantity

if TYPE_CHECKING:
    from pathlib import Path

    from worker.event import Event

NOON = datetime(2025, 3, 19, 12, tzinfo=UTC)


def gold_strike(actor: str = "RUS", recipient: str = "UKR", **slots: object) -> GoldStrike:
    empty: dict[str, object] = {
        "status": "happened", "modes": frozenset(), "counts": (), "sites": frozenset(), "killed": None, "injured": None, "when": None,
    }  # fmt: skip
    return GoldStrike(actor=tuple(actor.split()), recipient=tuple(recipient.split()), **{**empty, **slots})  # type: ignore[arg-type]


def gold_act(act: str, parties: str = "RUS UKR", *, asserted: bool = True, **slots: object) -> GoldAct:
    empty: dict[str, object] = {"mediators": (), "scope": frozenset(), "hours": None}
    return GoldAct(act=act, parties=tuple(parties.split()), asserted=asserted, **{**empty, **slots})  # type: ignore[arg-type]


def figures(
    *events: Event,
    strikes: tuple[GoldStrike, ...] = (),
    acts: tuple[GoldAct, ...] = (),
    alert: bool | None = None,
    alerted: bool = False,
) -> dict[str, Figure]:
    article = Article(
        article_id="a", url=None, source="s", title=None, text="t", published_at=NOON, seen_at=NOON
    )
    case = Case(article=article, kind="k", strikes=strikes, acts=acts, alert=alert)
    return measure([case], {"a": Answer(events=events, alerted=alerted)})


def counts(figure: Figure) -> tuple[int, int, int]:
    return figure.right, figure.surplus, figure.missing


def test_the_right_pair_is_right_and_another_is_both_too_much_and_missing() -> None:
    assert counts(figures(make_strike(), strikes=(gold_strike(),))[WHO]) == (1, 0, 0)
    turned = figures(make_strike(["UKR"], ["RUS"]), strikes=(gold_strike(),))
    assert counts(turned[WHO]) == (0, 1, 1)
    assert counts(turned[HAS_A_STRIKE]) == (1, 0, 0)


def test_who_fights_on_one_side_is_one() -> None:
    found = figures(make_strike(["ISR"], ["LBN"]), strikes=(gold_strike("ISR", "hezbollah LBN"),))
    assert counts(found[WHO]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({}, False),
        ({"attack_after_ceasefire": "despite"}, True),
        ({"attack_after_ceasefire": "despite", "alert": {"expected": False}}, False),
        ({"attack_after_ceasefire": "despite", "alert": None}, None),
    ],
)
def test_whether_a_golden_case_is_to_raise_an_alert(
    line: dict[str, object], *, expected: bool | None
) -> None:
    assert golden_case({"id": "a", "text": "…", **line}, "kind").alert is expected


@pytest.mark.parametrize(("inferred", "expected"), [(True, (1, 0, 0)), (False, (0, 1, 1))])
def test_what_is_left_open_is_answered_by_a_declared_inference_only(
    *, inferred: bool, expected: tuple[int, int, int]
) -> None:
    event = make_strike([make_actor("RUS", inferred=inferred)], ["UKR"])
    assert counts(figures(event, strikes=(gold_strike("", "UKR"),))[WHO]) == expected


def test_a_pair_with_an_open_side_does_not_take_the_answer_of_a_full_one() -> None:
    wanted = wanted_pairs([gold_strike("", "UKR"), gold_strike("RUS", "UKR")])
    found = match(wanted, given_pairs([make_strike([make_actor("RUS", inferred=True)], ["UKR"])]))
    assert [one.actor for one, _ in found] == ["RUS"]


def test_a_clash_in_one_entry_is_two_attacks_and_not_four() -> None:
    pairs = wanted_pairs([gold_strike("SDN rsf", "SDN rsf")])
    assert {(pair.actor, pair.recipient) for pair in pairs} == {("SDN", "rsf"), ("rsf", "SDN")}


def test_what_is_planned_or_past_is_no_strike() -> None:
    found = figures(make_strike(status="historical"), strikes=(gold_strike(status="planned"),))
    assert WHO not in found


def test_the_slots_of_a_matched_strike_are_held_against_all_events_of_its_pair() -> None:
    wanted = gold_strike(
        killed=5,
        injured=9,
        counts=(3,),
        modes=frozenset({"missile"}),
        sites=frozenset({"energy"}),
        when=NOON.date(),
    )
    one = make_strike(mode="missile", killed=Quantity(low=5, high=5), weapons=[make_weapon("missile", 3)])
    other = make_strike(sites=["port"], event_time=make_day("2025-03-19"))
    found = figures(one, other, strikes=(wanted,))
    shares = {name: figure.score for name, figure in found.items() if figure.share}
    assert shares == {
        "killed": 1, "injured": 0, "weapon count": 1, "mode": 1, "a site type": 0, "day of a strike": 1,
    }  # fmt: skip
    assert found["injured"].wrong == ["a"]


def test_acts_are_compared_by_class_and_mentions_not_at_all() -> None:
    found = figures(
        make_diplomacy(Act.CEASEFIRE_AGREED),
        make_diplomacy(Act.CEASEFIRE_MENTIONED),
        make_diplomacy(Act.CEASEFIRE_ENDED),
        acts=(gold_act("declared", "RUS"), gold_act("demanded"), gold_act("background")),
    )
    assert counts(found[ACTS]) == (1, 1, 1)
    assert counts(found[PARTIES]) == (1, 1, 0)


def test_an_act_that_is_only_hoped_for_is_none() -> None:
    found = figures(
        make_diplomacy(status="hypothetical"),
        acts=(gold_act("agreed", asserted=False),),
        alert=True,
        alerted=True,
    )
    assert set(found) == {ALERT}


@pytest.mark.parametrize(
    ("alert", "alerted", "expected"),
    [(True, True, (1, 0, 0)), (True, False, (0, 0, 1)), (False, True, (0, 1, 0))],
)
def test_an_alert_is_right_too_much_or_missing(
    *, alert: bool, alerted: bool, expected: tuple[int, int, int]
) -> None:
    assert counts(figures(alert=alert, alerted=alerted)[ALERT]) == expected


def test_an_alert_on_which_readers_differ_is_not_scored() -> None:
    assert ALERT not in figures(alert=None, alerted=True)


# --- classes of errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "strikes", "expected"),
    [
        ((), (gold_strike(),), "no strike seen at all"),
        ((make_strike(),), (gold_strike(), gold_strike("ISR", "IRN")), "one of several attacks not seen"),
        ((make_strike(["UKR"], ["RUS"]),), (gold_strike(),), "the direction is turned round"),
        ((make_strike([], ["UKR"]),), (gold_strike(),), "the attacker is left open"),
        ((make_strike(["RUS"], ["POL"]),), (gold_strike(),), "the recipient is another"),
        ((make_strike(), make_strike(["ISR"], ["IRN"])), (gold_strike(),), "a pair too many"),
        ((make_strike(),), (), "a strike where there is none"),
    ],
)
def test_an_error_is_counted_once_in_its_class(
    events: tuple[Event, ...], strikes: tuple[GoldStrike, ...], expected: str
) -> None:
    article = Article(
        article_id="a", url=None, source="s", title=None, text="t", published_at=NOON, seen_at=NOON
    )
    case = Case(article=article, kind="k", strikes=strikes, acts=(), alert=None)
    assert error_classes([case], {"a": Answer(events=events)}) == {expected: 1}


# --- floors -----------------------------------------------------------------------------------------------

FIGURES = st.builds(
    Figure,
    share=st.booleans(),
    right=st.integers(0, 50),
    surplus=st.integers(0, 50),
    missing=st.integers(0, 50),
)


@given(
    st.dictionaries(st.sampled_from("abc"), FIGURES),
    st.dictionaries(st.sampled_from("abc"), st.floats(0, 1)),
)
def test_raising_never_lowers_a_floor_and_new_floors_are_reached(
    found: dict[str, Figure], least: dict[str, float]
) -> None:
    old = Floors(digest="x", least=least)
    new = raised(old, "x", found)
    assert all(new.least[name] >= least[name] for name in least)
    assert below(raised(None, "x", found), found) == {}


def test_floors_of_another_state_of_a_corpus_do_not_count() -> None:
    old = Floors(digest="old", least={"a": 0.9})
    assert raised(old, "new", {"a": Figure(right=1, missing=1)}).least["a"] < 0.9


def test_a_measure_without_an_answer_is_below_its_floor() -> None:
    assert below(Floors(digest="x", least={"a": 0.5}), {}) == {"a": (0.5, 0.0)}


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    assert read_floors(path) == {}
    floors = {"one": Floors(digest="abc", least={"who struck whom": 0.812, "killed": 1.0})}
    write_floors(floors, path)
    assert read_floors(path) == floors
