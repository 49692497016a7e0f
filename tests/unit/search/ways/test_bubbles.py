"""Bubbles of a map: where they stand, that each can be pressed, and that no name covers another."""

from __future__ import annotations

from itertools import combinations
from math import hypot

from search.geography.frames import FRAMES, projected
from search.geography.points import points
from search.ways.map.bubbles import REACH, bubbles

NEAR = FRAMES["near"]
GULF = [(points("country")[slug], count, slug) for slug, count in (("sa", 367), ("bh", 93), ("qa", 90), ("ae", 74))]


def test_circles_are_as_large_as_their_numbers_tell_and_the_largest_is_drawn_first() -> None:
    drawn = bubbles(GULF, NEAR)
    assert [one.number for one in drawn] == [0, 1, 2, 3]
    assert drawn[0].radius > 1.5 * drawn[1].radius > drawn[3].radius


def test_each_can_be_pressed_though_their_places_are_near_one_another() -> None:
    for one, other in combinations(bubbles(GULF, NEAR), 2):
        assert hypot(one.x - other.x, one.y - other.y) >= 2 * REACH - 0.5
    moved = [one for one in bubbles(GULF, NEAR) if one.is_moved]
    assert moved and all((one.at_x, one.at_y) == projected(*GULF[one.number][0], NEAR) for one in moved)


def test_two_at_one_place_are_parted() -> None:
    one, other = bubbles([((50, 26), 1, "one"), ((50, 26), 1, "other")], NEAR)
    assert hypot(one.x - other.x, one.y - other.y) >= 2 * REACH - 0.5


def test_what_lies_outside_of_a_picture_is_not_in_it() -> None:
    assert bubbles([(points("country")["us"], 5, "us")], NEAR) == []
    assert len(bubbles([(points("country")["us"], 5, "us")], FRAMES["world"])) == 1


def test_no_name_is_laid_on_what_is_written() -> None:
    (alone,) = bubbles([((50, 26), 1, "Bahrain")], NEAR)
    (beside,) = bubbles([((50, 26), 1, "Bahrain")], NEAR, [((50.5, 25.5), "The sea")])
    assert alone.anchor == "start" and beside.anchor != "start"
