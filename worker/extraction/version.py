"""The version of the extraction, which every event carries."""

from __future__ import annotations

from typing import Final

EXTRACTOR: Final = "0.1.0"
"""Every change of what an article gives raises it."""
