"""Articles in, alerts out: truces of many wars, told as newspapers tell them, and the attacks that break them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from tests.extraction.extracted import loaded
from worker.alert import AlertStatus
from worker.article import Article
from worker.correlation import Policy
from worker.offline import replay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.alert import Alert

_ENERGY_LEDE = (
    "{a} and {b} launched aerial attacks on {night}, targeting power stations in both countries, just hours after "
    "{leader} agreed to halt strikes on energy facilities.\n"
    "The {b_adj} Air Force reported that {a} had launched {missiles} cruise missiles and {drones} drones.\n"
    "{a}'s Defence Ministry said {downed} {b_adj} drones had been intercepted overnight.\n"
    "“We agreed to an immediate Ceasefire on all Energy and Infrastructure,” Trump wrote."
)
_ENERGY_SECOND = (
    "Despite the telephone conversation between {leader} and Donald Trump, {a} continued to strike {b} with drones and "
    "missiles. {a_adj} forces launched {missiles} missiles and {drones} drones against {b_adj} territory. "
    "{a_adj} drones damaged the electricity system that powers the railways of {b_town}."
)
_WARS = {
    "India": {
        "a": "India", "a_adj": "Indian", "leader": "Narendra Modi", "b": "Pakistan", "b_adj": "Pakistani",
        "b_town": "Lahore", "night": "Saturday night", "missiles": "three", "drones": "60", "downed": "27",
    },
    "Russia": {
        "a": "Russia", "a_adj": "Russian", "leader": "Vladimir Putin", "b": "Ukraine", "b_adj": "Ukrainian",
        "b_town": "Poltava", "night": "Saturday night", "missiles": "nine", "drones": "210", "downed": "41",
    },
}  # fmt: skip
_SUNDAY = datetime(2025, 5, 11, 12, tzinfo=UTC)


def _article(number: int, text: str, at: datetime, title: str | None = None) -> Article:
    return Article(
        article_id=f"a{number}", url=None, source=f"Paper {number}", title=title, text=text,
        published_at=at, seen_at=at + timedelta(minutes=number),
    )  # fmt: skip


def _alerts(articles: Sequence[Article]) -> list[Alert]:
    lexicon, parser = loaded()
    found = replay(articles, lexicon=lexicon, parser=parser, policy=Policy()).alerts
    return [alert for alert in found if alert.status is not AlertStatus.RETRACTED]


def _told(alerts: Sequence[Alert]) -> set[tuple[str, str]]:
    return {(alert.incident.actors[0].side, alert.severity.value) for alert in alerts}


@pytest.mark.parametrize("war", sorted(_WARS))
def test_a_partial_truce_broken_by_the_side_that_it_binds(war: str) -> None:
    """Two papers, one night: critical for the bound side with two sources, low for the other, in either order."""
    told = _WARS[war]
    first = _article(1, _ENERGY_LEDE.format(**told), _SUNDAY)
    second = _article(2, _ENERGY_SECOND.format(**told), _SUNDAY)
    side = {"India": ("IND", "PAK"), "Russia": ("RUS", "UKR")}[war]
    for order in permutations((first, second)):
        alerts = _alerts(order)
        assert _told(alerts) == {(side[0], "critical"), (side[1], "low")}
        critical = next(alert for alert in alerts if alert.severity.value == "critical")
        assert critical.incident.independent_sources == 2
        assert {a.id for a in critical.ceasefire.bound} == {side[0]}
        assert {m.id for m in critical.ceasefire.mediators} == {"USA"}
        drones = {w.count.low for w in critical.incident.weapons if w.count and w.weapon_class == "drone"}
        assert drones == {int(told["drones"])}
    assert _told(_alerts([second])) == set()


def _days(*hours: float) -> list[datetime]:
    return [datetime(2025, 6, 24, 2, tzinfo=UTC) + timedelta(hours=h) for h in hours]


def test_both_sides_break_a_full_truce() -> None:
    """Each direction is an alert of its own."""
    agreed, broken = _days(0, 34)
    alerts = _alerts(
        [
            _article(
                1, "Israel and Iran agreed on Monday to a complete ceasefire mediated by Qatar.", agreed
            ),
            _article(
                2,
                "Iran fired 12 ballistic missiles at Beersheba on Tuesday morning, hours after the ceasefire took "
                "effect, killing four people, the Israeli army said.",
                broken,
            ),
            _article(
                3,
                "Israeli jets struck a radar station near Tehran on Tuesday, violating the ceasefire.",
                broken,
            ),
        ]
    )
    assert _told(alerts) == {("IRN", "critical"), ("ISR", "critical")}


def test_a_truce_at_sea_is_broken_at_sea_only() -> None:
    """A ship in port is in scope, an apartment block is not."""
    agreed, broken, elsewhere = (datetime(2025, 3, day, 12, tzinfo=UTC) for day in (25, 27, 29))
    alerts = _alerts(
        [
            _article(
                1, "Russia and Ukraine agreed on Tuesday to a maritime ceasefire in the Black Sea.", agreed
            ),
            _article(2, "Russian missiles hit a cargo ship in the port of Odesa on Thursday.", broken),
            _article(3, "Russian drones hit an apartment block in Kharkiv on Saturday.", elsewhere),
        ]
    )
    assert _told(alerts) == {("RUS", "critical")}


def test_an_oil_depot_under_an_energy_truce() -> None:
    """The truce is told by a verb, the depot is set on fire, and nobody is named but the drones' owner."""
    agreed, broken = datetime(2025, 3, 18, 20, tzinfo=UTC), datetime(2025, 3, 20, 8, tzinfo=UTC)
    alerts = _alerts(
        [
            _article(
                1, "Russia will stop striking Ukraine's energy plants for 30 days, the Kremlin said.", agreed
            ),
            _article(2, "Russian drones set an oil depot in Kremenchuk on fire on Wednesday night.", broken),
        ]
    )
    assert _told(alerts) == {("RUS", "critical")}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (
            (
                "Despite a 60-day truce, Israel carried out air strikes on southern Lebanon on Sunday, killing three "
                "people, the Lebanese health ministry said."
            ),
            "ISR",
        ),
        (
            "Hezbollah fired mortars at Israeli soldiers on Sunday in violation of the ceasefire, the army said.",
            "LBN",
        ),
    ],
)
def test_a_truce_that_only_the_attack_tells_of(text: str, side: str) -> None:
    """The stream never saw the announcement; the words of the report do."""
    alerts = _alerts([_article(1, text, datetime(2024, 12, 9, 9, tzinfo=UTC))])
    assert {alert.incident.actors[0].side for alert in alerts} == {side}
    assert all(alert.ceasefire.origin.value == "mentioned" for alert in alerts)


@pytest.mark.parametrize(
    "texts",
    [
        [
            "Washington and Beijing agreed to a 90-day trade truce.",
            "China hit the United States with new tariffs.",
        ],
        [
            "Egypt proposed a ceasefire between Israel and Hamas.",
            "Israeli jets bombed Khan Younis on Sunday.",
        ],
        [
            "Ukraine rejected a ceasefire that Russia had offered.",
            "Ukrainian drones struck Belgorod on Sunday.",
        ],
        ["Israel and Hamas failed to agree to a ceasefire.", "Hamas fired rockets at Ashkelon on Sunday."],
        ["India and Pakistan agreed to a ceasefire.", "Russian missiles hit Kyiv on Sunday."],
    ],
)
def test_no_promise_no_alert(texts: list[str]) -> None:
    """Trade, proposals, refusals, failures and other people's truces promise nothing."""
    at = datetime(2025, 5, 10, 12, tzinfo=UTC)
    articles = [_article(n, text, at + timedelta(days=n)) for n, text in enumerate(texts)]
    assert _alerts(articles) == []
