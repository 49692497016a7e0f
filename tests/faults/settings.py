"""The archive's settings, with posting lists also beside small segments, of which the archives of these tests are."""

from __future__ import annotations

from config.settings import *  # noqa: F403
from search.engine.whoosh.files import posting_lists_file

posting_lists_file.FEWEST = 10
