"""What on a page is not the article: teasers, menus, prompts, captions. Decided on plain lines and sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def kept_lines(lines: Sequence[str]) -> list[bool]:
    """Say for each line (stripped, in page order) whether it belongs to the article's own story."""
    return [True for _ in lines]


def is_boilerplate(sentence: str) -> bool:
    """Whether a single sentence, wherever it stands, is furniture of the page."""
    return re.fullmatch(r"\W*", sentence) is not None
