"""Whatever is typed: a tree whose parts stand in what was typed, that can be typed again, in linear work."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from search.syntax import parse
from tests.fuzz import claims
from tests.fuzz.work import GROWING, grows_linearly, texts


@settings(max_examples=120)
@given(texts)
@example('«"»(title:-"')
@example("\ud800*~2")
def test_anything_typed_is_understood_somehow(text: str) -> None:
    claims.parser(text)


@pytest.mark.parametrize("unit", GROWING)
def test_reading_a_question_takes_work_in_proportion_to_it(unit: str) -> None:
    """The limits of a question keep it short: 256 characters are asked at once, more are refused unread."""
    assert grows_linearly(parse, unit, times=max(1, 256 // (8 * len(unit))))
