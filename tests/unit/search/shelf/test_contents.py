"""What a shelf holds, as a value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.shelf.contents import MAX_ARTICLES, MAX_SEARCHES, Contents, SavedSearch, read_contents

QATAR, LATVIA = "3d43f546d925", "26b14ba7e75e"
KHALAFOV = SavedSearch("q=%D8%AE%D9%84%D9%81%D9%88%D9%81", "خلفوف", "للفصل الثاني", 2)


def test_an_article_is_kept_once_in_the_order_of_keeping() -> None:
    held = Contents().keeping([QATAR]).keeping([LATVIA, QATAR])
    assert held.articles == (QATAR, LATVIA)
    assert held.without([QATAR]).articles == (LATVIA,)


def test_what_is_no_identifier_is_not_kept() -> None:
    assert not Contents().keeping(["", "../etc/passwd", "خلفوف", "3D43F546D925", "12"])


def test_a_search_saved_again_keeps_its_place_and_takes_the_new_name() -> None:
    held = Contents().saving(KHALAFOV).saving(SavedSearch("country=qa")).saving(SavedSearch(KHALAFOV.query, "للمقارنة"))
    assert [(one.query, one.name) for one in held.searches] == [(KHALAFOV.query, "للمقارنة"), ("country=qa", "")]
    assert held.forgetting("country=qa").number == 1


def test_a_shelf_is_bounded() -> None:
    held = Contents().keeping(f"{number:012x}" for number in range(MAX_ARTICLES + 9))
    for number in range(MAX_SEARCHES + 9):
        held = held.saving(SavedSearch(f"page={number}"))
    assert (len(held.articles), len(held.searches)) == (MAX_ARTICLES, MAX_SEARCHES)


def test_two_shelves_become_one_and_nothing_twice() -> None:
    at_home = Contents().keeping([QATAR]).saving(KHALAFOV)
    at_work = (
        Contents().keeping([LATVIA, QATAR]).saving(SavedSearch(KHALAFOV.query, "other")).saving(SavedSearch("q=a"))
    )
    joined = at_home.joined(at_work)
    assert joined.articles == (QATAR, LATVIA)
    assert [one.name for one in joined.searches] == ["خلفوف", ""]


identifiers = st.lists(st.integers(0, 9).map("{:012x}".format), max_size=5, unique=True)
words = st.sampled_from(["", "خلفوف", "q=%D9%82", "<b>"])
searches = st.lists(st.builds(SavedSearch, words, words, words, st.integers(0)), max_size=5)


@given(identifiers, searches)
def test_a_shelf_is_read_as_it_was_written(kept: list[str], saved: list[SavedSearch]) -> None:
    held = Contents().keeping(kept)
    for one in saved:
        held = held.saving(one)
    assert read_contents(held.to_json()) == held


SHELVES_OF_ELSEWHERE = [
    None, [], "a", 3, {"a": "3d43f546d925"}, {"a": [None, 3, {}]}, {"s": [[]]}, {"s": [["q", "n", "t", "1"]]},
    {"s": {"q": 1}}, {"n": 4, "v": 1.5}, {"s": [["q" * 9999, "", "", 0]]},
]  # fmt: skip


@pytest.mark.parametrize("held", SHELVES_OF_ELSEWHERE)
def test_what_is_no_shelf_is_an_empty_one(held: object) -> None:
    assert not read_contents(held)
