"""The parts of the earth that are drawn, and where a place stands in their pictures; pure.

Degrees become units of a picture evenly, a degree of longitude as wide as it is at the middle latitude of the archive's
reports: shapes from Morocco to Central Asia look as in an atlas, and a map needs no more arithmetic than this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

Point = tuple[float, float]
TRUE_AT: Final = 30  # degrees of latitude at which both scales are the same
BEYOND: Final = 12  # units around the picture that are drawn as well, so that no cut shows


@dataclass(frozen=True, slots=True)
class Frame:
    """Degrees from west to east and from south to north, shown `width` units wide."""

    west: float
    east: float
    south: float
    north: float
    width: int

    @property
    def scale(self) -> float:
        """Units of a degree of latitude."""
        return self.width / ((self.east - self.west) * cos(radians(TRUE_AT)))

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.scale)

    def has(self, point: Point) -> bool:
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height

    def cut(self, ring: Sequence[Point]) -> list[Point]:
        """What of an area lies in the picture or at its edge (Sutherland and Hodgman)."""
        points = list(ring)
        for axis, bound, sign in ((0, -BEYOND, 1), (0, self.width + BEYOND, -1), (1, -BEYOND, 1),
                                  (1, self.height + BEYOND, -1)):  # fmt: skip
            points = list(_half(points, axis, bound, sign))
        return points

    def runs(self, line: Sequence[Point]) -> Iterator[list[Point]]:
        """The stretches of a line that lie in the picture, each with the points before and behind it."""
        inside = [-BEYOND <= x <= self.width + BEYOND and -BEYOND <= y <= self.height + BEYOND for x, y in line]
        run: list[Point] = []
        for at, point in enumerate(line):
            if any(inside[max(at - 1, 0) : at + 2]):
                run.append(point)
            elif run:
                yield run
                run = []
        if len(run) > 1:
            yield run


def _half(points: Sequence[Point], axis: int, bound: float, sign: int) -> Iterator[Point]:
    for at, point in enumerate(points):
        before = points[at - 1]
        was, is_in = (sign * (one[axis] - bound) >= 0 for one in (before, point))
        if was != is_in:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (bound, other) if axis == 0 else (other, bound)
        if is_in:
            yield point


# Europe, the Arab states and Iran as far as the Tien Shan; and the inhabited world.
FRAMES: Final = {"near": Frame(-18, 80, 6, 58, 860), "world": Frame(-180, 180, -56, 78, 860)}


def projected(longitude: float, latitude: float, frame: Frame) -> Point:
    """Where a place stands in a picture, from its upper left corner.

    >>> projected(-18, 58, FRAMES["near"])
    (0.0, 0.0)
    """
    across = (longitude - frame.west) * cos(radians(TRUE_AT)) * frame.scale
    return across, (frame.north - latitude) * frame.scale
