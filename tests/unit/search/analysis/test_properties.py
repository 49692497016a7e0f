"""What holds for every text, whoever wrote it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import analyze, fold, guess_language, name_keys
from search.analysis.halfspace import split_parts
from search.analysis.tokenizer import iter_words

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئءپچژگکیۀٱ"
MARKS = "\u064b\u064e\u0650\u0651\u0652\u0670"
IGNORED = "\u0640\u200d\u200e\u200f\u202b\u202c\u2067\ufeff"
SOFT = "\u200c\u00ad\u200b"
OTHERS = " \n\u00a0،؛؟.«»()-/0123٤٥۶۷abcABCəİışğ'’×\u0301\ufdf2\ufdfd\ufefb\ufe94\U0001f600"

words = st.text(alphabet=LETTERS, min_size=2, max_size=12)
texts = st.text(alphabet=LETTERS + MARKS + IGNORED + SOFT + OTHERS, max_size=80)
anything = st.text(max_size=60)
fast = settings(max_examples=60)


@fast
@given(anything | texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    for _start, _end, word in iter_words(text):
        assert fold(fold(word)) == fold(word)


@fast
@given(anything | texts, st.sampled_from([None, "ar", "fa"]))
def test_offsets_lie_in_the_text_and_tokens_in_order(text: str, lang: str | None) -> None:
    tokens = analyze(text, lang)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert tokens == sorted(tokens, key=lambda token: (token.start, token.span, token.position))
    singles = [token for token in tokens if token.span == 1]
    assert [token.position for token in singles] == list(range(len(singles)))


@fast
@given(texts)
def test_words_of_the_text_fold_to_their_tokens(text: str) -> None:
    for token in analyze(text):
        if token.span == 1:
            assert token.norm in fold(text[token.start : token.end]).split(" ")


@fast
@given(words, st.data())
def test_invisible_signs_and_marks_inside_a_word_change_nothing(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    sign = data.draw(st.sampled_from(IGNORED + MARKS))
    changed = word[:at] + sign + word[at:]
    assert [token.norm for token in analyze(changed)] == [token.norm for token in analyze(word)]


@fast
@given(words, st.data())
def test_half_space_of_any_kind_and_none_are_one_spelling(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    halved = f"{word[:at]}\u200c{word[at:]}"
    if len(split_parts(halved)) == 2:  # else a yeh of ezafe was dropped
        for sign in ("", "\u00ad", "\u200b", "\u200c\u200d"):
            assert fold(halved.replace("\u200c", sign)) == fold(halved)


@fast
@given(texts)
def test_analysis_is_the_same_each_time(text: str) -> None:
    assert analyze(text) == analyze(text)


@fast
@given(anything)
def test_nothing_typed_raises(text: str) -> None:
    guess_language(text)
    name_keys(text)
    fold(text)


@pytest.mark.parametrize(
    "text",
    [
        "ه" + "\u200c" * 30_000,
        "ب\u200c" + "\u200d" * 30_000,
        "ب" + "ء" * 30_000,
        "a" + "\u00ad" * 30_000,
        "ب" + "\u064b" * 30_000 + ".",
    ],
)
def test_time_is_linear_in_the_length_of_a_word(text: str) -> None:
    started = time.perf_counter()
    analyze(text)
    assert time.perf_counter() - started < 0.5
