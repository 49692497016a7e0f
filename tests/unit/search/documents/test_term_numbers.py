"""Terms are numbered as a dict would number them, and tokens come back as they were, whatever their number."""

from __future__ import annotations

import random

import pytest

from search.analysis import Token, analyze
from search.documents.term_numbers import KeptTokens, TermNumbers

WORDS = ["خلفوف", "خلف‌اف", "باكو", "Khalafov", "۱۴۰۲", "رایزنی"]


def test_a_term_keeps_the_number_that_it_was_given() -> None:
    numbers = TermNumbers()
    given = [numbers.number(word.encode()) for word in [*WORDS, *reversed(WORDS)]]
    assert given == [0, 1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 0]
    assert [term.decode() for term in numbers.terms()] == WORDS and len(numbers) == len(WORDS)
    assert [term.decode() for term in numbers.terms(4)] == WORDS[4:]


def test_no_term_is_one_of_letters_too() -> None:
    numbers = TermNumbers()
    assert [numbers.number(term) for term in (b"", b"a", b"", b"ab")] == [0, 1, 0, 2]
    assert numbers.term(0) == b""


@pytest.mark.parametrize("seed", range(3))
def test_many_terms_are_numbered_as_by_a_dict(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311  (draws words)
    numbers, expected = TermNumbers(), dict[bytes, int]()
    for _time in range(40_000):
        term = f"{drawn.choice(WORDS)}{drawn.randrange(9_000)}".encode()
        assert numbers.number(term) == expected.setdefault(term, len(expected))
    assert list(numbers.terms()) == list(expected)


def test_terms_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """With three values of a hash nearly every term meets others, also behind the last slot."""
    monkeypatch.setattr("search.documents.term_numbers.hash", lambda term: -1 - len(term) % 3, raising=False)
    numbers = TermNumbers()
    terms = [f"{'ب' * (number % 7)}{number}".encode() for number in range(1_500)]
    assert [numbers.number(term) for term in terms] == list(range(1_500))
    assert [numbers.number(term) for term in terms] == list(range(1_500))


def test_tokens_come_back_as_they_were() -> None:
    tokens = [token._replace(start=0, end=0, position=0) for token in analyze("می‌روند به وزارت خارجه Baku ۱۴۰۲", "fa")]
    tokens.append(Token(0, 0, 0, "arabic", "ميكند", span=2))
    held, others = KeptTokens(), KeptTokens()
    for token in tokens:
        held.append(token)
    for number in reversed(range(len(tokens))):
        others.take(held, number)
    assert [held[number] for number in range(len(held))] == tokens
    assert [others[number] for number in range(len(others))] == tokens[::-1]
