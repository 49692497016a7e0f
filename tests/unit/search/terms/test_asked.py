"""Terms among the words of a query: searched for in every language; what stands in quotation marks stays as typed."""

from __future__ import annotations

import pytest

from search.syntax import parse
from search.terms.asked import as_term, either, with_terms
from search.terms.concepts import read
from search.terms.finding import Terms, touches
from search.tree import And, Named, Not, Or, Phrase, Word

CONSULTATIONS = Named("political-consultations")


def asked(typed: str) -> object:
    return with_terms(parse(typed).tree)


def held(tree: object) -> list[str]:
    """The concepts of a tree, in the order of its words."""
    if isinstance(tree, Named):
        return [tree.slug]
    children = getattr(tree, "children", (tree.child,) if isinstance(tree, Not) else ())
    return [slug for child in children for slug in held(child)]


@pytest.mark.parametrize(
    ("typed", "concepts"),
    [
        ("مشاورات سياسية", ["political-consultations"]),
        ("رایزنی سیاسی", ["political-consultations"]),
        ("political consultations", ["political-consultations"]),
        ("قطر مشاورات سياسية", ["political-consultations"]),
        ("«مشاورات سياسية»", []),
        ("مشاورات OR سياسية", ["consultations"]),
        ("قطر", []),
        ("", []),
    ],
)
def test_neighbouring_words_that_are_a_term_answer_in_every_language(typed: str, concepts: list[str]) -> None:
    assert held(asked(typed)) == concepts


def test_a_term_is_left_out_as_it_is_searched_for() -> None:
    tree = asked("قطر -(مشاورات سياسية)")
    assert isinstance(tree, And) and isinstance(tree.children[-1], Not)
    assert held(tree) == ["political-consultations"]


def test_a_term_is_a_phrase_and_a_word_is_itself() -> None:
    first, second = Word("مشاورات", 0, 7), Word("سياسية", 8, 14)
    assert as_term([first, second]) == Phrase(("مشاورات", "سياسية"))
    assert as_term([first]) is first


def test_a_term_with_a_function_word_may_lack_it() -> None:
    words = [Word("مذكرة"), Word("من"), Word("تفاهم")]
    assert as_term(words) == And(tuple(words))


def test_what_was_typed_stands_before_what_answers_it_too() -> None:
    words = [Word("مشاورات"), Word("سياسية")]
    assert either(words, [CONSULTATIONS]) == Or((And(tuple(words)), CONSULTATIONS))
    assert either(words[:1], []) == Or((words[0],))


ROWS = """[
  {"id": "truce", "prefLabel": {"en": "truce", "ar": "هدنة", "fa": "آتش‌بس"}, "hiddenLabel": {"fa": ["آتشبس"]}},
  {"id": "long-truce", "prefLabel": {"en": "long truce", "ar": "هدنة طويلة"}, "broader": ["truce"]}
]"""


def test_a_file_of_terms_is_read_with_what_is_found_and_never_shown() -> None:
    truce, long_truce = read(ROWS)
    assert (
        truce.hidden == {"fa": ("آتشبس",)} and truce.label("fa") == "آتش‌بس" and long_truce.label("fa") == "long truce"
    )
    assert long_truce.broader == ("truce",)
    with pytest.raises(KeyError):
        read('[{"id": "x"}]')


def test_the_longest_term_of_a_query_is_meant() -> None:
    terms = Terms(read(ROWS))
    spans = terms.find_in_query(["هدنة", "طويلة", "في", "هدنة"])
    assert [(first, last, [one.slug for one in concepts]) for first, last, concepts in spans] == [
        (0, 2, ["long-truce"]),
        (3, 4, ["truce"]),
    ]


def test_a_shorter_term_inside_a_longer_one_is_found_in_a_text() -> None:
    found = Terms(read(ROWS)).find("اتفقوا على هدنة طويلة")
    assert [one.concept.slug for one in found] == ["long-truce", "truce"]
    assert Terms(read(ROWS)).find("آتش‌بس و آتشبس", "fa")[0].concept.slug == "truce"


@pytest.mark.parametrize(
    ("gap", "one"),
    [(" ", True), ("\u200c", True), ("-", True), ("'", True), ("، ", False), (". ", False), ("\n", False)],
)
def test_words_of_a_term_touch(gap: str, one: bool) -> None:
    assert touches(gap) is one
