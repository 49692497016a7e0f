"""The algebra of matches is that of dictionaries from document to score, in small segments and in large ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine.whoosh.evaluating.matches import NOTHING, Matches, best, common, enriched, flags, member, summed
from tests.oracle import draws

Plain = dict[int, float]
DOCUMENTS = 40
# Where documents are few beside the segment, they are sorted; where they are many, each has a place in an array.
SIZES = st.sampled_from([DOCUMENTS, 100 * DOCUMENTS])
PLAIN = st.dictionaries(st.integers(0, DOCUMENTS - 1), st.sampled_from([0.5, 1.0, 2.25]), max_size=12)


def made(plain: Plain) -> Matches:
    ids = np.array(sorted(plain), np.intp)
    return Matches(ids, np.array([plain[number] for number in sorted(plain)], np.float64))


def told(matches: Matches) -> Plain:
    assert (np.diff(matches.ids) > 0).all(), "documents rise, each once"
    return dict(zip(matches.ids.tolist(), matches.scores.tolist(), strict=True))


@draws(60)
@given(st.lists(PLAIN, min_size=1, max_size=4), SIZES)
def test_alternatives_add_up_or_give_their_best(parts: list[Plain], documents: int) -> None:
    every = {number for part in parts for number in part}
    sums = {number: sum(part.get(number, 0.0) for part in parts) for number in every}
    assert told(summed([made(part) for part in parts], documents)) == sums
    highest = {number: max(part[number] for part in parts if number in part) for number in every}
    assert told(best([made(part) for part in parts], documents)) == highest


@draws(60)
@given(st.lists(PLAIN, min_size=1, max_size=4), SIZES)
def test_what_is_required_is_in_all_and_adds_up(parts: list[Plain], documents: int) -> None:
    shared = set(parts[0]).intersection(*parts)
    expected = {number: sum(part[number] for part in parts) for number in shared}
    assert told(common([made(part) for part in parts], documents)) == expected


@draws(60)
@given(PLAIN, PLAIN, SIZES)
def test_what_is_welcome_ranks_and_finds_nothing(one: Plain, other: Plain, documents: int) -> None:
    expected = {number: score + other.get(number, 0.0) for number, score in one.items()}
    assert told(enriched(made(one), made(other), documents)) == expected
    assert member(made(one).ids, made(other).ids, documents).tolist() == [number in other for number in sorted(one)]


def test_a_document_that_a_part_names_twice_is_counted_twice_and_found_once() -> None:
    twice = Matches(np.array([3, 7, 3], np.intp), np.array([1.0, 2.0, 0.5]))
    assert told(summed([twice], 8)) == {3: 1.5, 7: 2.0}


@pytest.mark.parametrize("combined", [summed([], 9), best([], 9), summed([NOTHING, NOTHING], 9), best([NOTHING], 9)])
def test_of_nothing_comes_nothing(combined: Matches) -> None:
    assert not len(combined.ids) and not len(combined.scores)


def test_matches_keep_their_scores_where_they_are_narrowed_and_get_one_where_all_are_worth_the_same() -> None:
    three = made({1: 0.5, 4: 1.0, 6: 2.0})
    assert told(three.where(flags(np.array([4, 6]), 8)[three.ids])) == {4: 1.0, 6: 2.0}
    assert told(three.worth(2.0)) == {1: 2.0, 4: 2.0, 6: 2.0}
