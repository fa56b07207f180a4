"""Articles to events: pure functions, no clock, no I/O."""

from worker.extraction.pipeline import Extraction, extract_many
from worker.extraction.syntax import DEFAULT_MODEL, Parser, load_parser
from worker.extraction.version import EXTRACTOR

__all__ = ["DEFAULT_MODEL", "EXTRACTOR", "Extraction", "Parser", "extract_many", "load_parser"]
