"""The archive's settings, by which four articles are many."""

from __future__ import annotations

from config.settings import *  # noqa: F403

MANY_TO_INDEX = 2
