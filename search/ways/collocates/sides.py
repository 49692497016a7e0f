"""Two counts as two bars that lean away from one line, as a figure one would print has them; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

FULL: Final = 100  # units of the longest bar; a picture is twice as wide


class Sides(NamedTuple):
    """How long the bars before and after the line are, in units of which the longest of a table has `FULL`."""

    before: float
    after: float

    @property
    def begins(self) -> float:
        """Where the bar before the line begins, counted from the edge of the picture."""
        return FULL - self.before


def bars(counts: Sequence[tuple[int, int]]) -> list[Sides]:
    """The bars of a table, all in one proportion; what is counted at all is one unit long at least."""
    most = max((count for pair in counts for count in pair), default=0)
    return [Sides(_long(before, most), _long(after, most)) for before, after in counts]


def _long(count: int, most: int) -> float:
    return max(1.0, round(FULL * count / most, 1)) if count else 0.0
