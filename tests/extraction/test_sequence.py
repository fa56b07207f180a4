"""The order of a strike and a ceasefire told of in different sentences."""

from __future__ import annotations

import pytest

from tests.extraction.extracted import strikes
from worker.event import HAPPENED, Order


def _orders(text: str) -> set[Order | None]:
    """The orders of what happened; articles are of March 19, 2025."""
    told = [e for e in strikes(text) if e.assertion.status in HAPPENED]
    return {e.ceasefire_relation.order if e.ceasefire_relation else None for e in told}


@pytest.mark.parametrize(
    ("text", "order"),
    [
        (
            "A truce deal between Israel and Hamas was agreed in January. Despite the deal, Israeli tanks shelled Rafah.",
            Order.AFTER,
        ),
        (
            "Azerbaijani guns shelled Goris on Tuesday. A ceasefire between Armenia and Azerbaijan took hold last July.",
            Order.AFTER,
        ),
        (
            "Israel and Hamas agreed to a truce on Tuesday. Hours later rockets from Gaza hit Sderot.",
            Order.AFTER,
        ),
        (
            "Israel and Hamas agreed to a truce. But hours after the announcement rockets from Gaza hit Sderot.",
            Order.AFTER,
        ),
        (
            "Israel and Hamas agreed to a truce. Hours before the announcement rockets from Gaza hit Sderot.",
            Order.BEFORE,
        ),
        (
            "A ceasefire between Armenia and Azerbaijan took effect at midnight. By morning Azerbaijani guns had shelled Goris.",
            Order.AFTER,
        ),
        (
            "India and Pakistan agreed to a ceasefire on Tuesday. Pakistani artillery continued to shell Poonch.",
            Order.DURING,
        ),
        (
            "Azerbaijani troops shelled Goris on Tuesday. Armenia and Azerbaijan reached a ceasefire in December.",
            Order.AFTER,
        ),
        (
            "Israeli tanks shelled Khan Younis on Tuesday. The fragile truce with Hamas has ended months of war.",
            Order.DURING,
        ),
        (
            "An Israeli drone killed a man in Tyre on Tuesday. Under the truce with Hezbollah, Israeli troops have pulled back.",
            Order.DURING,
        ),
        (
            "The truce with Hamas entered its third week on Tuesday. Israeli troops shot dead a man in Rafah.",
            Order.DURING,
        ),
        (
            "Iranian boats fired on a US ship on Tuesday. Washington extended its ceasefire with Iran.",
            Order.DURING,
        ),
        (
            "Syrian army shells hit Kobani on Tuesday. The truce with the SDF is due to expire on Saturday.",
            Order.DURING,
        ),
        (
            "Thailand accused Cambodia of shelling Sisaket on Tuesday. The truce remains fragile.",
            Order.DURING,
        ),
        (
            "India and Pakistan have had a ceasefire since 2021. Pakistani artillery shelled Poonch on Tuesday.",
            Order.DURING,
        ),
        (
            "Pakistani artillery shelled Poonch on Tuesday. It tests a ceasefire with India that has held for two years.",
            Order.DURING,
        ),
        # what an attack puts in danger stands
        (
            "Azerbaijani troops shelled Goris on Tuesday. The attack could end a truce of two years with Armenia.",
            Order.DURING,
        ),
        (
            "Azerbaijani troops shelled Goris on Tuesday. The strikes threaten a fragile truce with Armenia.",
            Order.DURING,
        ),
        # in one sentence
        (
            "The truce between Israel and Hamas began at dawn; Israeli tanks shelled Rafah hours later.",
            Order.AFTER,
        ),
        (
            "A ceasefire with Pakistan took effect on Tuesday, but Pakistani guns shelled Poonch hours later.",
            Order.AFTER,
        ),
        ("Israel bombed Rafah even as its truce with Hamas entered a second phase.", Order.DURING),
        ("Israeli jets struck Tyre on Tuesday, threatening the truce with Hezbollah.", Order.DURING),
        ("M23 rebels seized Sange, dealing a blow to the truce between Congo and M23.", Order.DURING),
    ],
)
def test_told_around_the_strike(text: str, order: Order) -> None:
    """By what follows, by the date of what is recalled, by what is in force."""
    assert _orders(text) == {order}


@pytest.mark.parametrize(
    "text",
    [
        # before it, or in the days of bargaining for it
        "Israel and Hamas agreed to a truce on Tuesday. Hours before, rockets from Gaza had hit Sderot.",
        "Israel bombed Gaza City on Tuesday. Mediators in Doha urged Israel and Hamas to accept a truce.",
        "Israel bombed Gaza City on Tuesday. Hopes for a truce with Hamas have faded.",
        "Israeli jets struck Gaza City on Tuesday, threatening the truce talks with Hamas.",
        "Shells of M23 killed four in Goma; a truce between Congo and M23 took effect hours later.",
        # how it began, what it has cost
        "Israel and Hamas extended their truce. The war erupted after Hamas gunmen stormed southern Israel.",
        "The fragile truce in Lebanon held. Israeli strikes had killed 3,700 people in 14 months of war.",
        # about those who watch over it
        "Israel struck Tyre on Tuesday, the day before a committee monitoring the truce with Hezbollah meets.",
        # over
        "Israel bombed Gaza City on Tuesday. The truce with Hamas, agreed in January, collapsed two weeks ago.",
        # too long ago to be the one in force
        "Russian shells hit Avdiivka on Tuesday. Russia and Ukraine signed the Minsk agreements in 2015.",
    ],
)
def test_no_order(text: str) -> None:
    """What came before, beside a truce that is only sought, or after one that is over."""
    assert not _orders(text) & {Order.AFTER, Order.DURING}
