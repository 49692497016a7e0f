"""What runs here: versions to be told with a question to whoever maintains the archive."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import version

from django.db import connection

from search.analysis import ANALYZER_VERSION

PACKAGES = ("django", "whoosh", "django-haystack", "gunicorn", "lxml", "pypdfium2")


def versions() -> list[tuple[str, str]]:
    """By name, as printed: `("django", "5.2.19")`."""
    database = sqlite3.sqlite_version if connection.vendor == "sqlite" else str(connection.get_database_version())
    rows = [("Python", platform.python_version()), (connection.display_name, database)]
    return [*rows, ("analyzer", str(ANALYZER_VERSION)), *((name, version(name)) for name in PACKAGES)]
