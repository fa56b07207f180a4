"""A worker as a process of its own with the extraction of the tests: `python -m tests.integration.worker_process`."""

from __future__ import annotations

import os
import sys

from tests.streaming.fakes import extract_lines
from worker.settings import Settings
from worker.streaming.run import run_worker

if __name__ == "__main__":
    sys.exit(run_worker(Settings.from_environ(os.environ), extract=extract_lines))
