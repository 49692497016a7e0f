"""Whoever writes what others write, too, takes turns: with SQLite the one writer's lock does it, elsewhere a turn."""

from __future__ import annotations

import hashlib
from typing import Final

from django.db import connection

INTAKE: Final = "intake"  # is taken before STORIES wherever both are
STORIES: Final = "stories"


def take_turn(name: str) -> None:
    """Have this transaction wait until no other one is in this turn; it ends with the transaction.

    To be called in a transaction, before it reads what it will write by. OperationalError after `DIWAN_LOCK_SECONDS`.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number(f"turn {name}")])


def number(name: str) -> int:
    """What stands for a name among the locks of PostgreSQL: 64 bits with a sign, the same on every machine."""
    return int.from_bytes(hashlib.sha256(f"diwan {name}".encode()).digest()[:8], signed=True)
