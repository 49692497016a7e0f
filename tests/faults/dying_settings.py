"""The archive's settings, with a worker that may be killed in the middle of a request; see `tests.faults.dying`."""

from __future__ import annotations

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.faults.dying.middleware", *MIDDLEWARE]
