"""A worker as a process of its own with the extraction of the tests: `python -m tests.integration.worker_process`.

BROKER_PATIENCE is for how many seconds it waits for brokers that do not let it in, where a test need not wait longer.
"""

from __future__ import annotations

import os
import sys

from tests.streaming.fakes import extract_lines
from worker.settings import Settings
from worker.streaming import run

if __name__ == "__main__":
    run.BROKER_PATIENCE = float(os.environ.get("BROKER_PATIENCE", run.BROKER_PATIENCE))
    sys.exit(run.run_worker(Settings.from_environ(os.environ), extract=extract_lines))
