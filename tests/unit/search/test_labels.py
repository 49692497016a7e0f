"""What a facet and its values are called: in the reader's language, and never by their identifiers."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from archive.articles.rules import KINDS
from archive.authorities.directory import Directory, Office
from search.labels import FACET_TITLES, LANGUAGES, office_note, value_labels, without
from search.request import FACETS

LABELS = {
    ("country", "az"): {"en": "Azerbaijan", "ar": "أذربيجان", "fa": "جمهوری آذربایجان"},
    ("official", "khalaf-khalafov"): {"en": "Khalaf Khalafov", "ar": "خلف خلفوف"},
}
DEPUTY = Office("deputy_minister", {"en": "Deputy Minister", "ar": "نائب وزير"}, "country", "az", "1998", "2004", "")
MINISTER = Office(
    "foreign_minister", {"en": "Foreign Minister", "ar": "وزير الخارجية"}, "country", "az", "2004", "", ""
)
UNTITLED = Office("x_y", {}, "", "", "", "", "")
NAMES = Directory(LABELS, (), {}, {}, {"khalaf-khalafov": (DEPUTY, MINISTER), "nobody": (UNTITLED,)})


def label(facet: str, value: str, language: str = "en") -> str:
    with override(language):
        return value_labels(facet, NAMES, language)(value)


@pytest.mark.parametrize(
    ("facet", "value", "language", "called"),
    [
        ("country", "az", "en", "Azerbaijan"),
        ("country", "az", "fa", "جمهوری آذربایجان"),
        ("official", "khalaf-khalafov", "fa", "Khalaf Khalafov"),
        ("country", "zz", "en", "zz"),
        ("lang", "ar", "en", "Arabic"),
        ("lang", "xx", "en", "xx"),
        ("year", "2020", "en", "2020"),
        ("year", "2020", "fa", "۲۰۲۰"),
        ("month", "2020-10", "en", "October 2020"),
        ("month", "10", "en", "October"),
        ("year", "undated", "en", "Undated"),
        ("month", "2020-13", "en", "2020-13"),
        ("month", "13", "en", "13"),
        ("year", "abcd", "en", "abcd"),
    ],
)
def test_a_value_is_called_as_readers_call_it(facet: str, value: str, language: str, called: str) -> None:
    assert label(facet, value, language) == called


@pytest.mark.parametrize("facet", FACETS)
def test_every_facet_has_a_title_in_each_language(facet: str) -> None:
    titles = set()
    for language in ("ar", "fa", "en"):
        with override(language):
            titles.add(str(FACET_TITLES[facet]))
    assert len(titles) > 1


def test_what_a_date_rests_on_and_languages_are_translated() -> None:
    for names in (KINDS, LANGUAGES):
        for value, english in list(names.items()):
            with override("en"):
                plain = str(english)
            facet = "lang" if names is LANGUAGES else "evidence"
            assert label(facet, value) == plain and label(facet, value, "ar") != plain


def test_an_official_is_told_by_his_latest_post() -> None:
    with override("en"):
        assert office_note(NAMES, "khalaf-khalafov", "en") == "Foreign Minister, Azerbaijan"
    with override("ar"):
        assert office_note(NAMES, "khalaf-khalafov", "ar") == "وزير الخارجية، أذربيجان"


def test_a_post_without_a_title_or_state_is_told_by_its_role_and_nobody_has_none() -> None:
    assert office_note(NAMES, "nobody", "en") == "x y"
    assert office_note(NAMES, "ilham-aliyev", "en") == ""


def test_what_is_left_out_is_told_in_each_language() -> None:
    told = set()
    for language in ("ar", "fa", "en"):
        with override(language):
            told.add(without("Armenia"))
    assert "not Armenia" in told and len(told) == 3
