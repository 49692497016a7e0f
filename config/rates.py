"""How often an address may ask for heavy work within a minute, counted over all workers.

Django's cache of files holds the counts, as it holds kept pages: it is shared by all processes, outlives them, and
needs no other server. It cannot add to a number in one step, so a lock stands around it. The address itself is never
stored.
"""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.core.cache import caches
from django.utils.crypto import salted_hmac

from config.slots import alone

logger = logging.getLogger("config")
MINUTE = 60


def count(address: str) -> int:
    """Count a request; the seconds to wait where the address had `HEAVY_PER_MINUTE` of them this minute, else 0."""
    minute, second = divmod(int(time.time()), MINUTE)
    key = salted_hmac("config.rates", f"{minute} {address}", algorithm="sha256").hexdigest()
    try:
        with alone("rates"):
            number = caches["rates"].get(key, 0) + 1
            caches["rates"].set(key, number, MINUTE)
    except OSError as error:
        logger.warning("requests of an address cannot be counted: %s", error)
        return 0
    return MINUTE - second if number > settings.HEAVY_PER_MINUTE else 0
