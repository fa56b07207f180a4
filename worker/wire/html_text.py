"""The readable text of a web page: what stands in for `text` where a scraper sends `html` only."""

from __future__ import annotations

from worker.wire.errors import InvalidMessage, Reason

_MARKS_OF_A_PAGE = ("<body", "<html", "<head", "<!doctype", "<title")


def text_of_html(html: str) -> str:
    """Clean a page down to its article; evidence offsets point into what this returns.

    Comments are left out, tables kept (casualty counts stand in them), paragraphs are lines. Raises
    `InvalidMessage` (no_text) where nothing readable is found.
    """
    # A null character ends the page for the parser below, and it would swallow the rest unseen.
    page = html.replace("\0", "")
    lowered = page.lower()
    if not any(mark in lowered for mark in _MARKS_OF_A_PAGE):
        # Feeds carry fragments; the cleaner takes a lone paragraph for a broken page and gives nothing.
        page = f"<html><body>{page}</body></html>"
    # Half a second of imports that a stream of plain text never needs.
    from trafilatura import extract  # noqa: PLC0415

    try:
        text = extract(page, include_comments=False, include_tables=True, with_metadata=False)
    except Exception as error:  # whatever a page does to the cleaner, the page is at fault, not the stream
        detail = f"the html cannot be cleaned: {type(error).__name__}"
        raise InvalidMessage(Reason.NO_TEXT, detail, "/html") from error
    if not text or not text.strip():
        raise InvalidMessage(Reason.NO_TEXT, "nothing readable in the html", "/html")
    return text
