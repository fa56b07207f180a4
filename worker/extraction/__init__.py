"""Articles to events: pure functions, no clock, no I/O."""

from worker.extraction.pipeline import EXTRACTOR, Extraction, extract_many
from worker.extraction.syntax import DEFAULT_MODEL, Parser, load_parser

__all__ = ["DEFAULT_MODEL", "EXTRACTOR", "Extraction", "Parser", "extract_many", "load_parser"]
