"""How hard property tests search: `dev` at the desk, `ci` the same examples on every run.

Loaded by pytest as a plugin (pyproject.toml), before any test is collected. `HYPOTHESIS_PROFILE` chooses another.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# No deadline: loading the parser or a busy machine would fail a test that is right.
settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=100,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))
