"""`python -m worker` is `trucewatch`."""

import sys

from worker.cli import main

sys.exit(main())
