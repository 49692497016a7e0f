"""How often an address may ask for heavy work within a minute, counted over all workers.

Django's cache of files holds the counts, as it holds kept pages: it is shared by all processes, outlives them, and
needs no other server. It cannot add to a number in one step, so a lock stands around it. With PostgreSQL, which several
machines may share, a table of it holds them. The address itself is never stored.
"""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.utils.crypto import salted_hmac

from config.models import RequestCount
from config.slots import alone

logger = logging.getLogger("config")
MINUTE = 60


def count(address: str) -> int:
    """Count a request; the seconds to wait where the address had `HEAVY_PER_MINUTE` of them this minute, else 0."""
    minute, second = divmod(int(time.time()), MINUTE)
    key = salted_hmac("config.rates", f"{minute} {address}", algorithm="sha256").hexdigest()
    try:
        number = _of_all_machines(key, minute) if connection.vendor == "postgresql" else _of_this_machine(key)
    except (OSError, DatabaseError) as error:
        logger.warning("requests of an address cannot be counted: %s", error)
        return 0
    return MINUTE - second if number > settings.HEAVY_PER_MINUTE else 0


def _of_this_machine(key: str) -> int:
    with alone("rates"):
        number: int = caches["rates"].get(key, 0) + 1
        caches["rates"].set(key, number, MINUTE)
    return number


def _of_all_machines(key: str, minute: int) -> int:
    """Adds to the number in one step; who is the first of a minute takes those of earlier ones away."""
    table = connection.ops.quote_name(RequestCount._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS held (key, minute, number) VALUES (%s, %s, 1) "  # noqa: S608 - a name of the schema
            "ON CONFLICT (key) DO UPDATE SET number = held.number + 1 RETURNING number",
            [key, minute],
        )
        (number,) = cursor.fetchone()
    if number == 1:
        RequestCount.objects.filter(minute__lt=minute - 1).delete()
    return int(number)
