"""The plain values of a page of results."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.request import SearchRequest
from search.results import (
    MORE,
    SHOWN,
    Expansion,
    Facet,
    FacetValue,
    FoldedStory,
    Highlighted,
    Mark,
    ResultPage,
    merged,
)


def test_a_marked_text_is_cut_at_its_ranges_and_whole() -> None:
    marked = Highlighted("خلف خلفوف في باكو", ((0, 3), (4, 9)))
    assert list(marked.pieces) == [("خلف", True), (" ", False), ("خلفوف", True), (" في باكو", False)]
    assert "".join(text for text, _is_match in marked.pieces) == marked.text


@pytest.mark.parametrize(
    ("ranges", "joined"),
    [
        ([], []),
        ([(5, 9), (0, 3), (7, 12)], [(0, 3), (5, 12)]),
        ([(0, 9), (2, 4)], [(0, 9)]),
        ([(0, 3), (3, 5)], [(0, 3), (3, 5)]),
    ],
)
def test_ranges_that_overlap_are_one_and_those_that_touch_are_two(
    ranges: list[tuple[int, int]], joined: list[tuple[int, int]]
) -> None:
    assert merged(ranges) == joined


def facet(*asked: int) -> Facet:
    values = tuple(FacetValue(str(number), 99 - number, str(number), chosen=number in asked) for number in range(40))
    return Facet("country", "Country", values, len(values))


def test_a_panel_shows_the_first_values_and_whatever_is_chosen() -> None:
    shown = facet(30)
    assert [value.value for value in shown.first] == [*map(str, range(SHOWN)), "30"]
    assert [value.value for value in shown.more] == [str(number) for number in range(SHOWN, SHOWN + MORE)]
    assert facet(SHOWN).more[0].value == str(SHOWN + 1)


def page(total: int, entries: int = 0) -> ResultPage:
    return ResultPage(SearchRequest(), total, 99, (), (facet(2),), 20, entries=entries)


@pytest.mark.parametrize(("total", "entries", "pages"), [(0, 0, 1), (20, 0, 1), (21, 0, 2), (41, 20, 1)])
def test_a_list_has_as_many_pages_as_its_entries_fill(total: int, entries: int, pages: int) -> None:
    assert page(total, entries).pages == pages


def test_a_list_is_folded_where_articles_stand_behind_others() -> None:
    assert page(41, 20).is_folded and not page(20, 20).is_folded and not page(20).is_folded


def test_the_chips_of_a_page_are_its_choices() -> None:
    assert [(one.name, value.value) for one, value in page(1).chosen] == [("country", "2")]


def test_a_story_counts_its_reports_in_every_language() -> None:
    assert FoldedStory((), (("ar", 3), ("fa", 2))).total == 5


def test_what_was_also_searched_is_told_only_where_there_is_something_to_say() -> None:
    silent = Expansion("قطر", "country", "qa", "Qatar", ())
    told = [replace(silent, forms=("Qatar",)), replace(silent, undated=2)]
    assert replace(page(1), expansions=(silent, *told)).also_searched == tuple(told)
    assert replace(page(1), expansions=(silent,)).also_searched == ()


def test_a_word_that_stands_alone_is_a_piece_of_its_own_kind() -> None:
    marked = Highlighted("وزير", ((0, 4),), alone=frozenset([(0, 4)]))
    assert list(marked.pieces) == [("وزير", Mark.ALONE)]
