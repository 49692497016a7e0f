"""Who was just told to wait, remembered by each process for a moment, so that asking again costs next to nothing."""

from __future__ import annotations

import time

KEPT = 5.0  # seconds; then the database is asked again, so that an unlocked name is unlocked
MOST = 1000

_told: dict[tuple[str | None, str], tuple[float, float]] = {}


def remember(address: str | None, key: str, seconds: int) -> None:
    """That this name, or with "" any name, has to wait so long at this address."""
    if len(_told) >= MOST:
        _told.clear()
    now = time.monotonic()
    _told[address, key] = (now + min(KEPT, seconds), now + seconds)


def left(address: str | None, key: str) -> int:
    """Seconds to wait; 0 when nothing is remembered."""
    now = time.monotonic()
    for one in ((address, key), (address, "")):
        again, over = _told.get(one, (0.0, 0.0))
        if now < again:
            return max(1, round(over - now))
    return 0


def forget() -> None:
    """For tests, and for the process that unlocks."""
    _told.clear()
