"""Whatever the text: dates stand where they say they do, and are found in linear work."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from archive.extraction.dates import find_dates
from tests.fuzz import claims
from tests.fuzz.work import GROWING, grows_linearly, texts


@settings(max_examples=60)
@given(texts)
def test_any_text_gives_dates_that_stand_in_it(text: str) -> None:
    claims.dates(text)


@pytest.mark.parametrize("unit", GROWING)
def test_dates_are_found_in_work_in_proportion_to_the_text(unit: str) -> None:
    assert grows_linearly(lambda text: find_dates(text, None, "2023-10-04"), unit, times=25)
