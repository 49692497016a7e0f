"""How long to wait after so many wrong passwords. Pure; seconds."""

from __future__ import annotations

FIRST, LONGEST = 60, 3600


def pause(wrong: int, free: int) -> int:
    """Nothing before the guess numbered `free`, then a minute, and twice as long after each more, an hour at most.

    >>> [pause(wrong, free=5) for wrong in (4, 5, 6, 7, 30)]
    [0, 60, 120, 240, 3600]
    """
    if wrong < free:
        return 0
    return min(FIRST << min(wrong - free, 10), LONGEST)
