"""A text against a query: what is found, where, and why."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.answer.matching import TextMatch, match
from search.tree import All, Fielded, Fuzzy, Linked, Not, Or, Prefix, Word
from tests import CAPTURES, DATA

DATA = DATA / "analyzer_cases.jsonl"
CASES = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def language(case: dict[str, Any]) -> list[str | None]:
    return [case["lang"], None] if case["lang"] in ("ar", "fa") else [None]


def directions(case: dict[str, Any]) -> list[tuple[str, str]]:
    return [(case["a"], case["b"]), (case["b"], case["a"])][: 2 if case.get("sym") else 1]


def spans(found: TextMatch | None) -> list[list[int]]:
    assert found is not None
    return [[each.start, each.end] for each in found.ranges]


@pytest.mark.parametrize("case", cases("match"))
def test_spellings_and_forms_of_one_word_match(case: dict[str, Any]) -> None:
    for text, query in directions(case):
        for lang in language(case):
            assert match(text, query, lang, fuzzy=case["level"] == "fuzzy")


@pytest.mark.parametrize("case", cases("nomatch"))
@pytest.mark.parametrize("names", [True, False])
def test_different_words_do_not_match(case: dict[str, Any], names: bool) -> None:
    for text, query in directions(case):
        for lang in language(case):
            assert match(text, query, lang, names=names) is None


@pytest.mark.parametrize("case", cases("phrase"))
def test_phrase_matches_adjacent_words_in_their_order(case: dict[str, Any]) -> None:
    for lang in language(case):
        assert bool(match(case["a"], f'"{case["b"]}"', lang)) is case["expected"]


@pytest.mark.parametrize("case", cases("highlight"))
def test_whole_written_word_is_marked(case: dict[str, Any]) -> None:
    for lang in language(case):
        assert spans(match(case["a"], case["b"], lang)) == case["expected"]


THREE_WAYS = [
    ["می‌کند", "می کند", "میکند", "می\u00adکند"],
    ["علی‌اف", "علی اف", "علیاف"],
    ["کتاب‌ها", "کتاب ها", "کتابها"],
    ["عبدالله", "عبد الله"],
    ["قره‌باغ", "قره باغ", "قرهباغ"],
    ["پیش‌نویس", "پیش نویس", "پیشنویس"],
    ["فرا‌منطقه‌ای", "فرا منطقه ای", "فرامنطقهای"],
    ["وزيرالدولة", "وزير الدولة"],
    ["کتاب‌های‌شان", "کتاب های شان", "کتابهایشان"],
]


@pytest.mark.parametrize("ways", THREE_WAYS, ids=lambda ways: ways[0])
def test_joined_halved_and_spaced_spellings_find_each_other(ways: list[str]) -> None:
    for written in ways:
        text = f"امروز {written} در تهران"
        for asked in ways:
            assert spans(match(text, asked)) == [[6, 6 + len(written)]]
            assert spans(match(text, f"«{asked}»")) == [[6, 6 + len(written)]]
            assert match(text, f'"امروز {asked} در"')


@pytest.mark.parametrize(
    ("text", "query", "reason"),
    [
        ("قال الوزير", "الوزير", "exact"),
        ("قال الوزيـر", "الوزير", "folded"),
        ("آنها می روند", "میروند", "joined"),
        ("وزير الدولة", "وزيرالدولة", "split"),
        ("وللوزير", "الوزير", "stem"),
        ("آتش‌بس", "آتش", "part"),
        ("قال خلفوف", "Khalafov", "name"),
        ("زار طهران", "تهران", "place"),
        ("قال الوزير", '"قال الوزير"', "phrase"),
        ("قال الوزير", "الوز*", "prefix"),
    ],
)
def test_reason_says_why(text: str, query: str, reason: str) -> None:
    found = match(text, query)
    assert found is not None
    assert found.ranges[-1].reason == reason


@pytest.mark.parametrize("query", ["خلفوف", "خلف‌اف", "خلف اف", "خلفاف", "Khalafov", "Xələfov", "Халафов"])
@pytest.mark.parametrize("name", ["001", "003"])
def test_every_spelling_of_khalafov_finds_both_captures(query: str, name: str) -> None:
    (path,) = CAPTURES.glob(f"{name}_*.txt")
    assert match(path.read_text(encoding="utf-8"), query)


def test_all_words_are_needed_in_any_order() -> None:
    text = "التقى وزير الخارجية سفير قطر"
    assert match(text, "قطر وزير")
    assert match(text, "قطر ناتو") is None


def test_function_words_may_be_missing_and_are_marked_beside_their_neighbours() -> None:
    assert match("صلح امنیت", "صلح و امنیت")
    assert spans(match("او و زبان صلح و امنیت", "صلح و امنیت")) == [[10, 21]]


def test_neighbouring_hits_are_one_range_and_punctuation_keeps_them_apart() -> None:
    assert spans(match("نادي الخارجية، نادي. الخارجية", "نادي الخارجية")) == [[0, 13], [15, 19], [21, 29]]


def test_phrase_in_the_text_may_carry_clitics() -> None:
    assert match("قال للجولة الأولى", '"الجولة الأولى"')
    assert match("س و ع", '"س وع"')
    assert match("س وع", '"س و ع"')


def test_a_phrase_without_a_letter_is_nowhere() -> None:
    assert match("خلف‌اف", '"ـ"') is None  # TATWEEL


def test_phrase_allows_as_many_words_between_as_asked() -> None:
    assert match("الجولة الأولى من المشاورات", '"الجولة المشاورات"~2')
    assert match("الجولة الأولى من المشاورات", '"الجولة المشاورات"~1') is None


def test_quoted_words_mean_exactly_this() -> None:
    assert match("زار طهران", '"تهران"') is None
    assert match("قال خلفوف", '"Khalafov"') is None


def test_names_can_be_switched_off() -> None:
    assert match("قال خلفوف", "Khalafov", names=False) is None


def test_misspelled_words_are_found_when_asked() -> None:
    assert match("أذريجان", "أذربيجان") is None
    assert spans(match("في أذريجان اليوم", "أذربيجان", fuzzy=True)) == [[3, 10]]
    assert match("حرب", "حزب", fuzzy=True, names=False) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("قطر OR ناتو", True),
        ("قطر -ناتو", True),
        ("قطر -وزير", False),
        ("title:قطر", True),
        ("country:qa", True),
        ("", True),
        ("-ناتو", True),
        ("(ناتو OR إيران)", False),
    ],
)
def test_operators_hold(query: str, found: bool) -> None:
    assert bool(match("قال وزير قطر", query)) is found


def test_trees_are_understood() -> None:
    text = "قال وزير قطر"
    assert match(text, Or((Word("ناتو"), Prefix("وز"))))
    assert match(text, Fielded("source", Word("ناتو")))
    assert match(text, Fuzzy("قطز"))
    assert match(text, Or((Word("ناتو"), Linked("country", "qa")))) is None
    assert match(text, Not(Word("قطر"))) is None
    assert match(text, All()) == TextMatch(())


def test_a_light_word_is_marked_beside_a_term() -> None:
    assert spans(match("می‌کند وزير الخارجية", "می‌کند وزير الخارجية")) == [[0, 20]]


WORDS = "وزير الخارجية می‌کند کتاب ها قره‌باغ Baku خلف اف ۱۲ عبد الله و در سلام".split()
words = st.lists(st.sampled_from(WORDS), min_size=1)


@settings(max_examples=50)
@given(words)
def test_text_matches_itself(listed: list[str]) -> None:
    text = " ".join(listed[:8])
    assert spans(match(text, text))[0][0] == 0
    assert match(text, f'"{text}"')


@settings(max_examples=50)
@given(st.text(max_size=40), st.text(max_size=40))
def test_ranges_are_in_order_and_in_the_text(text: str, query: str) -> None:
    found = match(text, query, fuzzy=True)
    ranges = [] if found is None else [(each.start, each.end) for each in found.ranges]
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(before[1] < after[0] for before, after in pairwise(ranges))
