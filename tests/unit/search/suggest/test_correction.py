"""Other spellings of a query: which words are touched, which spellings are offered, and which never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm, RecordKey
from search.suggest.correction import Speller
from search.suggest.keyboards import retyped
from search.suggest.surfaces import Surface
from search.syntax import parse
from tests.unit.search.suggest.test_suggestion import word_list

FORMS = tuple(
    NameForm(RecordKey(kind, slug), text, language, use)
    for kind, slug, text, language, use in [
        ("official", "khalaf-khalafov", "خلف خلفوف", "ar", "name"),
        ("official", "khalaf-khalafov", "Khalaf Khalafov", "en", "name"),
        ("country", "az", "أذربيجان", "ar", "name"),
        ("country", "az", "أذربيجاني", "ar", "demonym"),
        ("country", "qa", "Qatar", "en", "name"),
        ("country", "qa", "الدوحة", "ar", "capital"),
        ("country", "qa", "دوحه", "fa", "capital"),
        ("country", "pt", "البرتغال", "ar", "name"),
        ("source", "defapress", "دفاع‌پرس", "fa", "name"),
    ]
)
COUNTS = {"official": {"khalaf-khalafov": 2}, "country": {"az": 5, "qa": 2}, "source": {"defapress": 1}}
WRITTEN = {"الخارجيه": "الخارجية", "مشاورات": "مشاورات", "سياسيه": "سياسية", "الدوحه": "الدوحة", "الدوله": "الدولة"}
ARTICLES = [("مشاورات سياسيه", "الخارجيه مشاورات"), ("الدوحه", "الخارجيه"), *[("مشاورات", "الخارجيه الدوله")] * 30]


class Written:
    """Words as the articles of this test write them."""

    def of(self, folded: Iterable[str]) -> Mapping[str, Surface]:
        return {word: Surface(WRITTEN[word], "ar") for word in folded if word in WRITTEN}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(
        word_list(*ARTICLES), Written(), SimpleNamespace(forms=FORMS, gazetteer=Gazetteer(FORMS, {})), COUNTS
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("الخارحية", "الخارجية"),
        ("الخارجيييه", "الخارجية"),
        ("مشاااااوراااات", "مشاورات"),
        ("خلفوووووووف", "خلفوف"),
        ("الدوووووووحة قطر", "الدوحة قطر"),
        ("هههههههه", ""),
        ("qqqqqqqq", ""),
        ("مشاوراث", "مشاورات"),
        ("مساورات", "مشاورات"),
        ("مشارواث سياسية", ""),  # two mistakes in seven letters are too many
        ("أذربيجانن", "أذربيجان"),
        ("خلفوو", "خلفوف"),
        ("Qatr", "Qatar"),
        ("Khalafvo", "Khalafov"),
        ("والدوهة", "والدوحة"),
        ("الدوهه", "الدوحة"),
        ("مشاوراث سياسبة", "مشاورات سياسية"),
        ("مشاوراث، سياسبة؟", "مشاورات، سياسية؟"),
        ("وزارة الخارحية", "وزارة الخارجية"),
        ("مشاوراث OR خلفوو", "مشاورات OR خلفوف"),
        ("«مشاوراث» الخارحية", "«مشاوراث» الخارجية"),
        ("title:مشاوراث الخارحية -مشاوراث", "title:مشاوراث الخارجية -مشاوراث"),
        ("مشاوراث*", ""),
        ("مشاوراث~", ""),
        ("مشاورات", ""),
        ("خلفوف", ""),
        ("قتر", ""),  # too short to be sure of anything
        ("۲۰۱۹۹", ""),
        ("البرتغل", ""),  # on file, and in no article
        ("", ""),
    ],
)
def test_words_that_nobody_writes_give_way_to_near_ones(speller: Speller, typed: str, meant: str) -> None:
    found = next(speller.corrected(parse(typed), found=False), None)
    assert (found.text if found else "") == meant


def test_what_is_changed_is_marked_and_nothing_else(speller: Speller) -> None:
    found = next(speller.corrected(parse("وزارة  الخارحية مع خلفوو!"), found=False))
    assert found.text == "وزارة  الخارجية مع خلفوف!"
    assert [found.text[start:end] for start, end in found.ranges] == ["الخارجية", "خلفوف"]


def test_a_wrong_dot_is_nearer_than_a_wrong_letter(speller: Speller) -> None:
    assert speller.near("الخارحية") == ["الخارجية"]
    assert speller.near("أذربيجانى")[0] == "أذربيجان"


def test_a_word_that_is_found_gives_way_to_a_far_more_frequent_one_only(speller: Speller) -> None:
    assert next(speller.corrected(parse("سياسيه"), found=True), None) is None
    assert next(speller.corrected(parse("مشاورات"), found=True), None) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ogt,t", "خلفوف"),
        ("hg],pm", "الدوحة"),
        ("lah,vhj sdhsdm", "مشاورات سياسية"),
        ("Hb`vfd[hk", "ألاذربيجان"),
        ("لاشنع", "baku"),
        ("lwv", "مصر"),
        ("ضشفشق", "qatar"),
    ],
)
def test_letters_of_the_other_keyboard_are_read(typed: str, meant: str) -> None:
    assert meant in retyped(typed)


def test_the_persian_keyboard_is_read_as_well() -> None:
    assert retyped("lahvdk") == ("مشارين", "مشارین")
    assert "ازبکستان" in retyped("hcf;sjhk")


@pytest.mark.parametrize("typed", ["", "abc", "قطر qatar", "«خلف»", "title:qatar", "١٢٣٤", "-qatar", "خلف‌اف"])
def test_what_no_keyboard_gives_is_left_alone(typed: str) -> None:
    assert not [one for one in retyped(typed) if ":" in one or "«" in one or "-" in one]


def test_the_keyboard_leaves_operators_and_quotation_marks_alone() -> None:
    assert retyped('"ogt,t"') == retyped("official:ogt") == retyped("«خلف»") == ()


@given(st.text('خلفوالخارحيةمشث «»"()-:*~ORtiQ\u200c\u200f،؟', max_size=40), st.booleans())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_only_whole_words_change(speller: Speller, typed: str, found: bool) -> None:
    for other in islice(speller.corrected(parse(typed), found), 3):
        edges = [0, *(edge for span in other.ranges for edge in span), len(other.text)]
        assert edges == sorted(edges)
        kept = [other.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        at = 0
        for piece in kept:
            at = typed.index(piece, at) + len(piece)
        assert at == len(typed) or not kept[-1]
    assert all(isinstance(one, str) for one in retyped(typed))
