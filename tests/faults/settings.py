"""The archive's settings, with posting lists also beside small segments, of which the archives of these tests are."""

from __future__ import annotations

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.apps.SmallSegments"]
