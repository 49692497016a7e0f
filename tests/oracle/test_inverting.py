"""Articles inverted in a batch have, position by position, the terms of their texts analysed one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents import vocabulary
from search.documents.vocabulary import Vocabulary
from tests.oracle import draws
from tests.oracle.articles import ODD, TEXTS, entry
from tests.oracle.written_out import assert_inverted_as_written_out

WORDS = sorted({word for text in [*TEXTS, *ODD] for word in text.split(" ")})


@pytest.mark.parametrize("text", [*TEXTS, *ODD])
def test_a_text_has_the_terms_of_its_streams(text: str) -> None:
    assert_inverted_as_written_out([entry(text)], Vocabulary())


def test_a_batch_has_the_terms_of_its_streams() -> None:
    assert_inverted_as_written_out(
        [entry(text, number, text[:40]) for number, text in enumerate([*TEXTS, *ODD])], Vocabulary()
    )


def test_spellings_of_earlier_generations_keep_their_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "REMEMBERED", 50)
    words = Vocabulary()
    for _round in range(3):
        assert_inverted_as_written_out([entry(text) for text in TEXTS[:2]], words)
        assert_inverted_as_written_out([entry(text) for text in ODD], words)


@draws(30)
@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from([" ", "\n", "  ", "-", "\u200c", "، "]))
def test_any_words_in_any_order(chosen: list[str], gap: str) -> None:
    assert_inverted_as_written_out([entry(gap.join(chosen)), entry(" ".join(chosen))], Vocabulary())
