"""Articles from files: every shape of input, and where a fault is said to be."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.article import Article
from worker.exits import ExitCode, Refusal
from worker.reading import InvalidArticle, PlainText, count_articles, read_articles

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def message(article_id: str = "a1", **fields: object) -> dict[str, object]:
    return {
        "article_id": article_id,
        "url": "https://example.org/a1",
        "source": "Harbor Daily",
        "title": "A truce",
        "text": "Two sides agreed.",
        "published_at": "2025-03-19T12:00:00Z",
        "fetched_at": "2025-03-19T12:05:00Z",
        "language": "en",
        **fields,
    }


def read(*paths: Path | str, plain: PlainText | None = None) -> list[Article | InvalidArticle]:
    return list(read_articles(map(str, paths), received_at=NOW, plain=plain or PlainText()))


def ids(articles: list[Article | InvalidArticle]) -> list[str | None]:
    return [article.article_id for article in articles]


def test_json_lines_are_read_in_order_and_blank_lines_left_out(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(f"{json.dumps(message('a1'))}\n\n  {json.dumps(message('a2'))}", encoding="utf-8")
    assert ids(read(file)) == ["a1", "a2"]
    assert count_articles([str(file)]) == 2


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(message()).encode() + b"\r\n")
    assert ids(read(file)) == ["a1"]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_document_is_one_article_or_a_list_of_them(tmp_path: Path, indent: int | None) -> None:
    one, several = tmp_path / "one.json", tmp_path / "several.json"
    one.write_text(json.dumps(message("a1"), indent=indent), encoding="utf-8")
    several.write_text(json.dumps([message("a2"), message("a3")], indent=indent), encoding="utf-8")
    assert ids(read(one, several)) == ["a1", "a2", "a3"]


def test_json_lines_under_the_name_of_a_document_are_still_read(tmp_path: Path) -> None:
    file = tmp_path / "news.json"
    file.write_text(f"{json.dumps(message('a1'))}\n{json.dumps(message('a2'))}\n", encoding="utf-8")
    assert ids(read(file)) == ["a1", "a2"]


def test_a_plain_text_file_takes_its_name_as_id_and_outlet(tmp_path: Path) -> None:
    file = tmp_path / "004_abc.txt"
    file.write_bytes("One line.\r\nAnother, with “quotes”.".encode())
    (article,) = read(file)
    assert isinstance(article, Article)
    assert (article.article_id, article.source, article.title) == ("004_abc", "004_abc", None)
    assert article.text == "One line.\r\nAnother, with “quotes”."
    assert article.published_at is None
    assert article.seen_at == NOW


def test_a_plain_text_file_takes_what_the_user_says_of_it(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("One line.", encoding="utf-8")
    published = datetime(2025, 3, 19, 12, tzinfo=UTC)
    (article,) = read(file, plain=PlainText(source="Harbor Daily", published_at=published, title="A truce"))
    assert isinstance(article, Article)
    assert (article.source, article.published_at, article.title) == ("Harbor Daily", published, "A truce")
    assert article.seen_at == published


def test_a_directory_is_read_by_name_and_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Text.", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps(message("from-lines")), encoding="utf-8")
    (tmp_path / "README.md").write_text("Not an article.", encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.json").write_text(json.dumps(message("from-document")), encoding="utf-8")
    assert ids(read(tmp_path)) == ["from-lines", "b", "from-document"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (json.dumps(message("line")).encode() + b"\n", ["line"]),
        (json.dumps(message("document"), indent=1).encode(), ["document"]),
        (json.dumps([message("first"), message("second")]).encode(), ["first", "second"]),
    ],
)
def test_standard_input_is_recognised_by_what_it_holds(
    monkeypatch: pytest.MonkeyPatch, value: bytes, expected: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(value)))
    assert ids(read("-")) == expected


def test_plain_text_on_standard_input_is_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Two sides agreed.\nThen they did not.")))
    (article,) = read("-")
    assert isinstance(article, Article)
    assert article.text == "Two sides agreed.\nThen they did not."


def test_an_old_article_without_fetched_at_is_placed_in_its_own_time(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps(message(fetched_at=None)), encoding="utf-8")
    (article,) = read(file)
    assert isinstance(article, Article)
    assert article.seen_at == datetime(2025, 3, 19, 12, tzinfo=UTC)


def test_a_date_in_the_future_does_not_become_the_time_it_was_seen(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    future = (NOW + timedelta(days=400)).isoformat()
    file.write_text(json.dumps(message(fetched_at=None, published_at=future)), encoding="utf-8")
    (article,) = read(file)
    assert isinstance(article, Article)
    assert article.seen_at == NOW


def test_an_invalid_line_names_file_line_and_field_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    lines = [message("a1"), message("a2", source=7), message("a3")]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    first, second, third = read(file)
    assert isinstance(second, InvalidArticle)
    assert (second.where, second.pointer, second.article_id) == (f"{file}:2", "/source", "a2")
    assert str(second).startswith(f"{file}:2: /source: ")
    assert ids([first, third]) == ["a1", "a3"]


def test_a_line_that_is_not_json_is_told_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(f"{json.dumps(message())}\n{{oh no\n", encoding="utf-8")
    _, broken = read(file)
    assert isinstance(broken, InvalidArticle)
    assert (broken.where, broken.reason, broken.article_id) == (f"{file}:2", "not_json", None)


def test_an_invalid_member_of_a_list_is_told_by_its_place(tmp_path: Path) -> None:
    file = tmp_path / "news.json"
    file.write_text(json.dumps([message(), message("a2", text=None)]), encoding="utf-8")
    _, broken = read(file)
    assert isinstance(broken, InvalidArticle)
    assert broken.pointer is not None
    assert broken.pointer.startswith("/1")
    assert broken.article_id == "a2"


def test_text_that_is_not_utf8_is_told_by_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(b"Fine.\nNot \xff fine.")
    (broken,) = read(file)
    assert isinstance(broken, InvalidArticle)
    assert (broken.where, broken.pointer) == (f"{file}:2", "/text")
    assert "0xff at column 5" in broken.detail


def test_text_beyond_the_limit_is_an_invalid_article(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("word " * 2_000_000, encoding="utf-8")
    (broken,) = read(file)
    assert isinstance(broken, InvalidArticle)
    assert (broken.reason, broken.article_id) == ("too_large", "note")


@pytest.mark.parametrize("make", [lambda path: path / "nothing.jsonl", lambda path: path])
def test_what_cannot_be_opened_at_all_is_refused_by_name(tmp_path: Path, make: object) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(Refusal, match=str(path)) as refusal:
        read(path)
    assert refusal.value.code is ExitCode.USAGE


def test_a_missing_second_path_is_refused_before_the_first_is_read(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(json.dumps(message()), encoding="utf-8")
    with pytest.raises(Refusal, match="nothing"):
        read_articles([str(file), str(tmp_path / "nothing")], received_at=NOW, plain=PlainText())


@given(value=st.binary(max_size=300), suffix=st.sampled_from([".jsonl", ".json", ".txt", ".dat"]))
def test_any_bytes_are_articles_or_told_as_invalid(
    tmp_path_factory: pytest.TempPathFactory, value: bytes, suffix: str
) -> None:
    file = tmp_path_factory.getbasetemp() / f"any{suffix}"
    file.write_bytes(value)
    for article in read(file):
        assert isinstance(article, Article) or str(file) in str(article)
