"""Bubbles on a map: the more, the larger; moved apart so that each can be pressed, named where there is room; pure.

A bubble that had to move has a line to its place. The largest are named first; a name that would lie on a bubble or on
another name is left out, for the table has them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot, sqrt
from typing import Final

from search.geography.frames import Frame, projected
from search.geography.points import Degrees

SMALLEST, LARGEST = 4.0, 24.0  # radius, in units
REACH: Final = 12.5  # radius of what can be pressed: 25 pixels across where the picture is as large as it is drawn
TURNS: Final = 80  # rounds of moving apart
MOVED: Final = 6.0  # units from its place, from which on a line leads there
NAMED: Final = 24  # names at most
LETTER, LINE = 7.5, 17.0  # room of a letter and of a line of text


@dataclass(slots=True)
class Bubble:
    """`number` is that of the place; (x, y) is where it is drawn, (at_x, at_y) where it lies."""

    number: int
    x: float
    y: float
    radius: float
    at_x: float
    at_y: float
    label: str = ""
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = "middle"

    @property
    def reach(self) -> float:
        return max(self.radius, REACH)

    @property
    def is_moved(self) -> bool:
        return hypot(self.x - self.at_x, self.y - self.at_y) > MOVED


def bubbles(
    places: Sequence[tuple[Degrees, int, str]], frame: Frame, written: Sequence[tuple[Degrees, str]] = ()
) -> list[Bubble]:
    """Places of a frame, each with its count and its name, as bubbles; the largest first, so that none is hidden.

    No name is laid on what is `written` on the map, from its place on to the right.
    """
    most = max((count for _at, count, _name in places), default=1)
    made = []
    for number, (at, count, _called) in enumerate(places):
        x, y = projected(*at, frame)
        if frame.has((x, y)):
            radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most)
            made.append(Bubble(number, x, y, radius, x, y))
    made.sort(key=lambda one: (-one.radius, one.number))
    _move_apart(made, frame)
    _name(made, [name for _at, _count, name in places], frame, [_box_of(*text, frame) for text in written])
    return made


def _move_apart(made: Sequence[Bubble], frame: Frame) -> None:
    for _turn in range(TURNS):
        moved = False
        for one, other in combinations(made, 2):
            across, up = other.x - one.x, other.y - one.y
            apart = hypot(across, up)
            wanted = max(2 * REACH, one.radius + REACH)
            if apart >= wanted:
                continue
            moved = True
            if apart < 0.01:  # on one another: the later one goes aside
                across, up, apart = 1.0, 0.0, 1.0
            push = (wanted - apart) / apart
            share = other.radius / (one.radius + other.radius)  # the smaller goes farther
            _place(one, one.x - across * push * share, one.y - up * push * share, frame)
            _place(other, other.x + across * push * (1 - share), other.y + up * push * (1 - share), frame)
        if not moved:
            return


def _place(one: Bubble, x: float, y: float, frame: Frame) -> None:
    one.x = min(max(x, one.reach), frame.width - one.reach)
    one.y = min(max(y, one.reach), frame.height - one.reach)


Box = tuple[float, float, float, float]


def _box_of(at: Degrees, text: str, frame: Frame) -> Box:
    x, y = projected(*at, frame)
    return x, y - LINE, x + LETTER * len(text), y


def _name(made: Sequence[Bubble], names: Sequence[str], frame: Frame, written: Sequence[Box]) -> None:
    taken = [*written]
    taken += [(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in made]
    for one in made[:NAMED]:
        name = names[one.number]
        for x, y, anchor, box in _rooms(one, LETTER * len(name)):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= frame.width and box[3] <= frame.height
            if inside and not any(_overlap(box, other) for other in taken):
                one.label, one.label_x, one.label_y, one.anchor = name, x, y, anchor
                taken.append(box)
                break


def _rooms(one: Bubble, width: float) -> list[tuple[float, float, str, Box]]:
    """Where a name may stand: right of its bubble, left, below, above; with the box that it fills."""
    half, side = LINE / 2, one.radius + 3
    return [
        (one.x + side, one.y, "start", (one.x + side, one.y - half, one.x + side + width, one.y + half)),
        (one.x - side, one.y, "end", (one.x - side - width, one.y - half, one.x - side, one.y + half)),
        *(
            (
                one.x,
                one.y + way,
                "middle",
                (one.x - width / 2, one.y + way - half, one.x + width / 2, one.y + way + half),
            )
            for way in (side + half, -side - half)
        ),
    ]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
