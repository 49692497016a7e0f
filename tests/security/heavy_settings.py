"""The archive's settings with heavy work that never ends, takes all memory, writes for ever, or dies."""

from __future__ import annotations

import os

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.security.heavy_urls"
HEAVY_AT_ONCE = 2
HEAVY_SECONDS = int(os.environ.get("HEAVY_SECONDS", "3"))
HEAVY_MEMORY_MB = 128
HEAVY_FILE_MB = 2
