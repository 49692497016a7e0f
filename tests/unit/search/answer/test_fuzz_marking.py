"""Whatever is asked of whatever text: ranges in bounds, disjoint and whole, and a fragment that shows them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.answer.marking import best_fragment
from search.answer.matching import match
from search.tree import Phrase
from tests.fuzz import claims
from tests.fuzz.work import grows_linearly, texts

fast = settings(max_examples=60)


@fast
@given(texts, texts)
def test_any_question_is_asked_of_any_text(text: str, query: str) -> None:
    claims.matcher(text, query[:256])


@fast
@given(texts, texts, st.lists(st.integers(0, 500), max_size=8))
@example("خلف\n\nخلفوف", '"خلف خلفوف"', [])
@example("ا" * 700, "ا", [0, 699])
def test_a_fragment_shows_what_matched(text: str, query: str, numbers: list[int]) -> None:
    claims.highlighter(text, query[:256], numbers)


def test_a_phrase_that_goes_on_in_the_next_paragraph_is_marked_as_far_as_it_is_seen() -> None:
    text = "ترأس الوفد خلف\n\nخلفوف في باكو"
    found = match(text, Phrase(("خلف", "خلفوف")))
    shown = best_fragment(text, [(hit.start, hit.end) for hit in found.ranges])
    assert [piece for piece, marked in shown.pieces if marked] == ["خلف"]


@pytest.mark.parametrize("query", ["قطر", "خلف اف", "«وزير الخارجية»", "Khalafov", "وز*", "وزر~2", "الأمن و السلام"])
def test_matching_takes_work_in_proportion_to_the_text(query: str) -> None:
    assert grows_linearly(lambda text: match(text, query), "وزير الخارجية خلف اف في قطر. ", times=10)
