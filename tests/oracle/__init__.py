"""Whoosh and plain accounts as judges: what is written, found and scored by arrays is what they say.

Every test draws questions, words or histories by chance, so that these take longer than unit tests; `make test` runs
them, `make long` with twenty times as many draws.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("ORACLE_TIMES", "1"))


def draws(count: int) -> settings:
    """So many draws, or a multiple where ORACLE_TIMES is set."""
    too = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(max_examples=count * TIMES, suppress_health_check=too)
