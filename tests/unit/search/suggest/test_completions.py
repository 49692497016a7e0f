"""What a reader may mean while still typing: records of the authority file with their counts, then words."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from search.suggest.suggestion import MOST, Suggester, suggest
from search.syntax import MAX_CHARACTERS
from tests.unit.search.question.test_spans import names
from tests.unit.search.suggest.test_suggestion import NAMES, word_list

COUNTS = {"country": {"az": 5, "qa": 2}, "official": {"khalaf-khalafov": 2}}
ARTICLES = [("مشاورات سياسيه", "عقدت مشاورات في باكو"), ("مشاورات", "الوزير في باكو 2019")]


@pytest.fixture
def suggester() -> Suggester:
    """Of an index of two articles, with the authority file as it ships."""
    return Suggester(word_list(*ARTICLES), names(), NAMES, COUNTS)


def test_a_record_is_offered_by_the_form_that_is_typed_and_called_in_the_readers_language(
    suggester: Suggester,
) -> None:
    lines = suggester.suggest("خلف", 8, "en")
    first = lines[0]
    assert (first.kind, first.label, first.count) == ("official", names().label("official", "khalaf-khalafov", "en"), 2)
    assert first.text.startswith("خلف") and first.direction == "rtl"
    assert parse_qs(urlsplit(first.url).query) == {"official": ["khalaf-khalafov"]}


def test_a_record_without_articles_is_not_offered(suggester: Suggester) -> None:
    assert {line.label for line in suggester.suggest("Qat", 8, "en")} == {"Qatar"}
    assert suggester.suggest("Armen", 8, "en") == ()


def test_what_has_most_articles_stands_first(suggester: Suggester) -> None:
    lines = [line.count for line in suggester.suggest("قطر", 8, "ar") if line.kind == "country"]
    assert lines == sorted(lines, reverse=True)


def test_operators_and_spaces_at_the_end_complete_no_word(suggester: Suggester) -> None:
    for typed in ("«مشاور", "مشاور*", "مشاورات ", "title:مشاور", "مشاورات OR مش"):
        assert [line for line in suggester.suggest(typed, 8, "ar") if line.kind == "term"] == []


def test_an_answer_is_remembered_for_who_types_the_same(suggester: Suggester) -> None:
    assert suggester.suggest("خلف", 8, "en") is suggester.suggest("خلف", 8, "en")
    assert len(suggester.suggest("خلف", 1, "en")) == 1


@pytest.mark.parametrize("typed", ["", "   ", "x" * (MAX_CHARACTERS + 1)])
def test_nothing_and_too_much_is_answered_without_a_question(typed: str) -> None:
    assert suggest(typed, MOST, "ar") == ("", ())
