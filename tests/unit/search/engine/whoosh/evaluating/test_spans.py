"""Words near one another, in their order, as a plain look at every pair finds them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.whoosh.evaluating.spans import Spans, near, ranges, united
from tests.oracle import draws

Span = tuple[int, int, int]  # document, first and last position
WORDS = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 12)).map(lambda two: (*two, two[1])), max_size=12)
SPANS = st.sets(
    st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 3)).map(lambda t: (t[0], t[1], t[1] + t[2])),
    max_size=8,
)


def made(spans: set[Span]) -> Spans:
    rows = np.array(sorted(spans), np.int64).reshape(-1, 3)
    return Spans(rows[:, 0].astype(np.intp), rows[:, 1], rows[:, 2])


def told(spans: Spans) -> list[Span]:
    return list(zip(spans.docs.tolist(), spans.first.tolist(), spans.last.tolist(), strict=True))


def plainly(left: set[Span], right: set[Span], slop: int) -> list[Span]:
    """Every right span of the same document that begins 1 to `slop` positions behind a left one."""
    pairs = ((one, other) for one in left for other in right if one[0] == other[0])
    return sorted({(one[0], one[1], other[2]) for one, other in pairs if 1 <= other[1] - one[2] <= slop})


@draws(80)
@given(WORDS | SPANS, WORDS | SPANS, st.integers(1, 5))
def test_near_is_what_every_pair_says(left: set[Span], right: set[Span], slop: int) -> None:
    assert told(near(made(left), made(right), slop)) == plainly(left, right, slop)


@pytest.mark.parametrize(("slop", "found"), [(1, []), (2, [(0, 3, 5)]), (3, [(0, 3, 5)])])
def test_a_word_between_two_is_a_distance_of_two(slop: int, found: list[Span]) -> None:
    assert told(near(made({(0, 3, 3)}), made({(0, 5, 5), (0, 1, 1), (1, 5, 5)}), slop)) == found


def test_spans_of_several_parts_stand_once_in_the_order_of_their_documents() -> None:
    parts = [made({(2, 0, 0), (0, 4, 4)}), made({(0, 4, 4), (0, 1, 2)})]
    assert told(united(parts)) == [(0, 1, 2), (0, 4, 4), (2, 0, 0)]
    assert told(united([])) == []


def test_ranges_are_numbered_with_the_range_they_are_of() -> None:
    which, numbers = ranges(np.array([4, 9, 2]), np.array([6, 9, 3]))
    assert (which.tolist(), numbers.tolist()) == ([0, 0, 2], [4, 5, 2])
