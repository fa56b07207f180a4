"""What the fuzzer feeds to each step, and what must hold of whatever comes out: an answer or a refusal, in time.

`python -m tests.hostile 10000` runs every target with that many examples altogether and counts distinct inputs.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from tests.extraction.extracted import loaded
from tests.hostile.corpus import GOOD
from tests.strategies import events
from worker.article import Article
from worker.correlation import Policy, advance, new_state
from worker.extraction import extract_many
from worker.extraction.segment import segment
from worker.wire import InvalidMessage, decode_article, decode_event, encode_article, encode_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from worker.event import Event

NOW: Final = datetime(2025, 3, 19, 13, tzinfo=UTC)

_BAITED: Final = st.sampled_from(
    "Russia|Ukraine|Hamas|Israel|Kyiv|attacked|struck|drones|145 Shahed drones|missiles|killing|killed|wounded"
    "|a ceasefire|the truce|was agreed|violated|hours after|despite|since|on Tuesday night|on March 18|in 9999"
    '|at least|dozens of|between 1 and 2|talks in Geneva|said|denied|if|would|not|that|which|and|,|;|.|"|“|”|(|)|-|—'
    "|KYIV, March 19 (Agency) - |Read more: |\n|\n\n|\t|    |\0|\u200b|\u202e|\u2066|e\u0301|İ|ß|🚀|<b>|</script>|&amp;|…"
    "|10:00 GMT|31 December 9999|99999999999999999999|0|-1|1e9|2,5,0|the the|''|``|-LRB-|'s|%|$5|No. 5|U.S.|Gen. |p.m.".split(
        "|"
    )
)
_CHARACTERS: Final = st.text(st.characters(codec="utf-8"), max_size=60)


def texts() -> st.SearchStrategy[str]:
    """Words of war, punctuation and any character at all, sometimes over and over."""
    pieces = st.one_of(_BAITED, _BAITED, _BAITED, _CHARACTERS)
    return st.builds(
        lambda words, gap, times: gap.join(words * times)[:3_000],
        st.lists(pieces, max_size=40),
        st.sampled_from([" ", " ", " ", "", "\n", "  "]),
        st.sampled_from([1, 1, 1, 1, 7]),
    )


def articles() -> st.SearchStrategy[Article]:
    """Articles of such texts, of all times that a message may carry."""
    times = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
    times = st.one_of(
        times, st.sampled_from([NOW, datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)])
    )
    return st.builds(
        Article,
        article_id=st.text("ab\u202e", min_size=1, max_size=4),
        url=st.none() | _CHARACTERS,
        source=st.text(min_size=1, max_size=5).filter(lambda text: text.isprintable()),
        title=st.none() | texts(),
        text=texts(),
        published_at=st.none() | times,
        seen_at=times,
        language=st.sampled_from([None, None, "en", "en-GB", "xx", ""]),
    )


def values() -> st.SearchStrategy[bytes]:
    """Bytes, JSON of any shape, and good messages with parts cut out, put in, doubled or replaced."""
    leaves = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), _CHARACTERS,
        st.sampled_from(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "2025-03-19T12:00:00+05:30", "PT1H", "RUS", ""]),
    )  # fmt: skip
    trees = st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_CHARACTERS, inner, max_size=3),
        max_leaves=6,
    )
    changed = st.builds(_changed, st.dictionaries(st.sampled_from([*GOOD, "html", "x"]), trees, max_size=3))
    event = st.builds(_changed_event, events(), st.lists(st.integers(0, 40), min_size=1, max_size=4), trees)
    dumped = st.one_of(changed, changed, event, trees.map(_dumped))
    mangled = st.builds(_mangled, dumped, st.integers(0, 10_000), st.binary(max_size=4), st.integers(0, 8))
    return st.one_of(dumped, dumped, mangled, st.binary(max_size=80))


def _dumped(value: object) -> bytes:
    return json.dumps(value).encode()


def _changed(fields: dict[str, Any]) -> bytes:
    return _dumped({**GOOD, **fields})


def _changed_event(event: Event, path: list[int], value: object) -> bytes:
    """An event of which one part, somewhere below, is another value."""
    whole = json.loads(encode_event(event))
    at: Any = whole
    for depth, step in enumerate(path):
        keys: list[Any] = sorted(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            break
        key = keys[step % len(keys)]
        if depth == len(path) - 1 or not isinstance(at[key], dict | list):
            at[key] = value
            break
        at = at[key]
    return _dumped(whole)


def _mangled(value: bytes, at: int, put: bytes, cut: int) -> bytes:
    at %= len(value) + 1
    return value[:at] + put + value[at + cut :]


def check_decoding(value: bytes) -> None:
    """Either decoder gives a value that can be written and read again, or refuses; it raises nothing else."""
    try:
        article = decode_article(value, received_at=NOW)
    except InvalidMessage as refused:
        assert refused.detail is not None  # noqa: PT017 - the refusal is the answer
    else:
        assert decode_article(encode_article(article), received_at=NOW) == article
    try:
        event = decode_event(value)
    except InvalidMessage:
        return
    assert decode_event(encode_event(event)) == event
    if event.conflict is not None:
        advance(new_state(event.conflict), event, Policy())


def check_reading(article: Article) -> None:
    """Every sentence and every piece of evidence is in the article, every event can be written and correlated."""
    for sentence in segment(article):
        assert article.field(sentence.field)[sentence.start : sentence.end] == sentence.text
    lexicon, parser = loaded()
    (extraction,) = extract_many([article], lexicon, parser)
    for event in extraction.events:
        assert decode_event(encode_event(event)) == event
        for evidence in event.evidence:
            assert article.field(evidence.field)[evidence.start : evidence.end] == evidence.text
    check_correlating(list(extraction.events))


def check_correlating(given: list[Event]) -> None:
    """Any events in any order are taken, and the same again raises and revises nothing."""
    told = [(event.conflict, event) for event in given if event.conflict is not None]
    states = {conflict: new_state(conflict) for conflict, _ in told}
    first, second = (
        {
            alert.alert_id: alert.revision
            for conflict, event in told
            for alert in advance(states[conflict], event, Policy()).alerts
        }
        for _ in range(2)
    )
    assert second.items() <= first.items()


def key_of(given: object) -> bytes:
    """What tells one input from another."""
    return hashlib.blake2b(repr(given).encode("utf-8", "backslashreplace"), digest_size=12).digest()


TARGETS: Final[dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], None], float]]] = {
    "decode": (values(), check_decoding, 0.5),
    "read": (articles(), check_reading, 0.3),
    "correlate": (st.lists(events(), max_size=6), check_correlating, 0.2),
}
"""Strategy, check and share of the examples of each target."""
