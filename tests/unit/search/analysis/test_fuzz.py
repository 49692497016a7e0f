"""Whatever the text: tokens in bounds and in order, folding idempotent, names recognised in place, linear work."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from archive.authorities.recognition.recognition import find_mentions
from search.analysis import analyze
from search.analysis.stages import explain
from tests.fuzz import claims
from tests.fuzz.work import GROWING, grows_linearly, lines, texts

fast = settings(max_examples=60)


@fast
@given(texts)
@example("ﷺ﷽")
@example("ا\u0653\u0654")
@example("\u200c\u200c")
def test_any_text_is_cut_into_tokens_that_stand_in_it(text: str) -> None:
    claims.analyzer(text)


@fast
@given(texts)
def test_any_text_gives_mentions_that_stand_in_it(text: str) -> None:
    claims.recognition(text)


@pytest.mark.parametrize("unit", GROWING)
def test_analysis_takes_work_in_proportion_to_the_text(unit: str) -> None:
    assert grows_linearly(analyze, unit)


@pytest.mark.parametrize("unit", ["می ", "ابو ", "عبد ", "ها ", "ﷺ"])
def test_words_that_join_are_joined_in_work_in_proportion_to_the_text(unit: str) -> None:
    assert grows_linearly(analyze, unit, count=lines)


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("محمدﷺ", ["محمد", "صلي", "الله", "عليه", "وسلم"]),
        ("ﷺﷻ", ["صلي", "الله", "عليه", "وسلم", "جل", "جلاله"]),
        ("اللهﷲ", ["اللهالله"]),
    ],
)
def test_a_sign_of_several_words_stands_apart_from_its_neighbours(text: str, norms: list[str]) -> None:
    assert [token.norm for token in analyze(text)] == norms


@pytest.mark.parametrize("unit", ["قطر ", "عمان ", "و قطر ", "السيد ", "آذربایجان ", "المملكة، ", "خلف اف "])
def test_recognition_takes_work_in_proportion_to_the_text(unit: str) -> None:
    assert grows_linearly(find_mentions, unit, times=30)


def test_an_endless_word_is_explained_and_does_not_explode() -> None:
    (one,) = explain("ا" * 3000)
    assert len(one.letters) == 3000
