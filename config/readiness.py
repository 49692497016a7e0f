"""What the archive needs to be served besides its index, and whether it is there; `manage.py prepare` sees to it.

The index is another matter: without one, the archive serves its articles and says that the search is being rebuilt.
"""

from __future__ import annotations

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config import static_files, translations

REMEDY = "run `manage.py prepare`"


def refusal(lacks: dict[str, str]) -> str:
    """Why the archive cannot be served, and what to run."""
    told = "; ".join(f"{name.replace('_', ' ')} {what}" for name, what in lacks.items())
    return f"Diwan is not ready to be served: {told}; {REMEDY}."


def files() -> dict[str, str]:
    """What is wrong with static files and translations, by name; a process that began without them stays without."""
    found = {"static_files": static_files.lacking(), "translations": translations.lacking()}
    return {name: what for name, what in found.items() if what}


def migrations() -> str:
    """What is wrong with the tables of the database, "" when nothing is; DatabaseError when it does not answer."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    missing = [f"{app} {name}" for app, name in _newest() if (app, name) not in applied]
    return f"not applied: {', '.join(missing)}" if missing else ""


def lacks() -> dict[str, str]:
    """All that is missing, by name; empty when the archive can be served."""
    found = files()
    try:
        found["migrations"] = migrations()
    except DatabaseError as error:
        found["database"] = f"does not answer: {error}"
    return {name: what for name, what in found.items() if what}


@cache
def _newest() -> tuple[tuple[str, str], ...]:
    """The last migration of every app of this code."""
    return tuple(sorted(MigrationLoader(None).graph.leaf_nodes()))
