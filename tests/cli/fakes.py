"""An extractor that reads orders instead of English, so that what is around it is tested by itself.

A text like `RUS>UKR; RUS~UKR` gives a strike and an agreed ceasefire, `RUS>UKR!` a strike that is said to come
after the ceasefire; any other word skips the article.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.factories import make_article_ref, make_day, make_diplomacy, make_strike
from worker.article import Article, TextField
from worker.event import Evidence, Order
from worker.extraction import Extraction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from worker.event import Event


def article(article_id: str, text: str, published_at: datetime, *, source: str = "Harbor Daily") -> Article:
    return Article(
        article_id=article_id,
        url=f"https://example.org/{article_id}",
        source=source,
        title=None,
        text=text,
        published_at=published_at,
        seen_at=published_at,
    )


def fake_extract_many(articles: Sequence[Article], *_: object) -> tuple[Extraction, ...]:
    return tuple(map(_extract, articles))


def _extract(read: Article) -> Extraction:
    events = tuple(
        _event(read, order.strip(), index)
        for index, order in enumerate(read.text.split(";"))
        if ">" in order or "~" in order
    )
    skipped = None if events or read.text == "nothing" else "irrelevant"
    return Extraction(article_id=read.article_id, events=events, skipped=skipped)


def _event(read: Article, order: str, index: int) -> Event:
    ref = make_article_ref(
        read.article_id, source=read.source, published_at=read.published_at, seen_at=read.seen_at
    )
    day = make_day(read.reference_time.date().isoformat())
    start = read.text.index(order)
    evidence = (Evidence(field=TextField.TEXT, text=order, start=start, end=start + len(order)),)
    identity = f"{read.article_id}-{index}"
    if ">" in order:
        actor, recipient = order.rstrip("!").split(">")
        relation = Order.AFTER if order.endswith("!") else None
        strike = make_strike([actor], [recipient], event_time=day, relation=relation)
        return replace(strike, event_id=identity, article=ref, evidence=evidence)
    truce = make_diplomacy(parties=order.split("~"), bound=order.split("~"), event_time=day, declared_at=day)
    return replace(truce, event_id=identity, article=ref, evidence=evidence)
