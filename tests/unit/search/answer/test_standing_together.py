"""Of words asked together, which places have them together, and which have one of them alone."""

from __future__ import annotations

import pytest

from search.analysis.passage import WordMatch
from search.answer.marking import best_fragment
from search.answer.matching import word_matches
from search.answer.sought import text_questions
from search.answer.standing_together import alone
from search.results import Mark, merged
from search.syntax import parse


def matches(text: str, query: str) -> list[WordMatch]:
    found: list[WordMatch] = []
    for node, otherwise in text_questions(parse(query).tree):
        hits = word_matches(text, node, "ar")
        for word in otherwise if hits is None else ():
            found += word_matches(text, word, "ar") or []
        found += hits or []
    return found


def told(query: str, *texts: str) -> list[list[str]]:
    found = [(text, matches(text, query)) for text in texts]
    ranges = [merged((hit.start, hit.end) for hit in hits) for _text, hits in found]
    lonely = alone([(text, where, hits) for (text, hits), where in zip(found, ranges, strict=True)])
    return [[text[slice(*where)] for where in sorted(one)] for text, one in zip(texts, lonely, strict=True)]


@pytest.mark.parametrize(
    ("query", "text", "lonely"),
    [
        ("وزير الدفاع", "التقى وزير الدفاع الروسي وزير التجارة وعرض خطة الدفاع", ["وزير", "الدفاع"]),
        ("وزير الدفاع", "التقى وزير التجارة وعرض خطة الدفاع", []),
        ("وزير الدفاع", "بوزير الدفاع في باكو", []),
        ("خلف خلفوف", "وصل خلف خلفوف ووقف خلف الباب", ["خلف"]),
        ("خلف خلفوف", "وصل خلف-خلفوف؛ قال خلفوف", ["خلفوف"]),
        ("قطر باكو", "من قطر إلى باكو، ومن باكو", []),
        ("صلح و امنیت", "صلح و امنیت، و صلح", ["و", "صلح"]),
        ("سلمان سلمان", "سلمان سلمان، سلمان", []),
        ("خلفوف", "خلف خلفوف، خلفوف", []),
    ],
)
def test_a_word_is_alone_where_the_report_has_it_beside_another(query: str, text: str, lonely: list[str]) -> None:
    assert told(query, text) == [lonely]


def test_words_that_stand_together_in_the_headline_are_told_apart_in_the_text() -> None:
    assert told("وزير الدفاع", "وزير الدفاع في باكو", "استقبله وزير التجارة") == [[], ["وزير"]]


def test_words_in_one_range_with_a_record_stand_together_all_the_same() -> None:
    text = "الرئيس المصري عبد الفتاح السيسي، ورئيس الوزراء"
    hits = matches(text, "الرئيس المصري")
    ranges = merged([*((hit.start, hit.end) for hit in hits), (0, 31)])
    assert [text[slice(*where)] for where in alone([(text, ranges, hits)])[0]] == ["ورئيس"]


def test_a_fragment_shows_words_together_before_many_alone() -> None:
    text = "وزير وزير وزير خطة الدفاع.\n\nثم جاء وزير الدفاع."
    ranges = merged((hit.start, hit.end) for hit in matches(text, "وزير الدفاع"))
    lonely = alone([(text, ranges, matches(text, "وزير الدفاع"))])[0]
    shown = best_fragment(text, ranges, lonely)
    assert list(shown.pieces)[1:4] == [("وزير", Mark.MATCH), (" ", Mark.NONE), ("الدفاع", Mark.MATCH)]
    assert best_fragment(text, ranges).text.startswith("وزير وزير")


def test_what_is_alone_is_marked_so_in_a_fragment() -> None:
    shown = best_fragment("قال وزير", [(4, 8)], {(4, 8)})
    assert list(shown.pieces) == [("قال ", Mark.NONE), ("وزير", Mark.ALONE)]
