"""What the words of a query name: records, posts and terms, each with what readers are told of it; no database."""

from __future__ import annotations

from functools import cache

import pytest

from archive.authorities.directory import Directory, Holder
from archive.authorities.gazetteer.files import shipped_records
from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm, RecordKey
from search.question.expansion.spans import SHOWN_FORMS, QuerySpan, spans_of
from search.tree import Linked, Named


@cache
def names() -> Directory:
    """The authority file as it ships."""
    labels: dict[tuple[str, str], dict[str, str]] = {}
    forms = []
    for record in shipped_records():
        for name in record["names"]:
            labels.setdefault((record["kind"], record["slug"]), {}).setdefault(name["language"], name["text"])
            key = RecordKey(record["kind"], record["slug"])
            forms.append(NameForm(key, name["text"], name["language"], name["use"]))
    held = {("foreign_minister", "az"): (Holder("jeyhun-bayramov", "2020-07-16", "", ""),)}
    return Directory(labels, tuple(forms), Gazetteer.shipped().posts, held)


def spans(typed: str, language: str = "en") -> list[QuerySpan]:
    return spans_of(typed.split(), names(), language)


def named(typed: str) -> dict[str, set[object]]:
    """The words of each span, and what else answers them."""
    words = typed.split()
    return {" ".join(words[span.first : span.last]): set(span.others) for span in spans(typed)}


@pytest.mark.parametrize("typed", ["خلف خلفوف", "خلف‌اف", "Khalaf Khalafov", "Xələf Xələfov"])
def test_an_official_is_named_in_any_script(typed: str) -> None:
    assert any(Linked("official", "khalaf-khalafov") in others for others in named(typed).values())


@pytest.mark.parametrize("typed", ["أذربيجان", "آذربایجان", "Azerbaijan", "Azerbaijan's"])
def test_a_country_is_named_by_the_press_of_three_languages(typed: str) -> None:
    assert named(typed)[typed] == {Linked("country", "az")}


def test_a_term_answers_in_every_language() -> None:
    found = named("جولة المشاورات السياسية")
    assert found["المشاورات السياسية"] == {Named("political-consultations")}
    assert "جولة" not in found


def test_a_post_holds_its_term_and_its_country() -> None:
    found = named("وزير خارجية أذربيجان")
    assert Linked("post", "foreign_minister.az") in found["وزير خارجية أذربيجان"]
    assert found["أذربيجان"] == {Linked("country", "az")}


def test_a_title_without_a_state_is_the_post_of_nobody() -> None:
    assert not [other for others in named("وزير الخارجية").values() for other in others if other == "post"]
    assert all(getattr(other, "kind", "") != "post" for others in named("وزير الخارجية").values() for other in others)


def test_ordinary_words_name_nothing() -> None:
    assert spans("صباح الخير") == [] and spans("") == [] and spans("...") == []


def test_spans_lie_beside_or_inside_one_another() -> None:
    found = spans("وزير خارجية أذربيجان خلف خلفوف المشاورات السياسية قطر")
    assert len(found) > 4
    assert not [(one, other) for one in found for other in found if one.crosses(other)]
    assert len({(one.first, one.last) for one in found}) == len(found)


def test_readers_are_told_other_forms_and_never_the_one_that_they_typed() -> None:
    for typed in ("قطر", "خلف خلفوف", "المشاورات السياسية"):
        for span in spans(typed):
            for expansion in span.expansions:
                assert typed not in expansion.forms and 0 < len(expansion.forms) <= SHOWN_FORMS
                assert expansion.label


def test_the_label_is_in_the_readers_language() -> None:
    labels = {language: spans("قطر", language)[0].expansions[0].label for language in ("ar", "fa", "en")}
    assert labels == {"ar": "قطر", "fa": "قطر", "en": "Qatar"}


@pytest.mark.parametrize(
    ("one", "other", "crosses", "holds"),
    [
        ((0, 3), (1, 2), False, True),
        ((0, 3), (0, 3), False, True),
        ((0, 2), (1, 3), True, False),
        ((0, 2), (2, 4), False, False),
        ((1, 2), (0, 3), False, False),
    ],
)
def test_two_spans_cross_where_they_share_words_in_part(
    one: tuple[int, int], other: tuple[int, int], crosses: bool, holds: bool
) -> None:
    first, second = QuerySpan(*one, (), ()), QuerySpan(*other, (), ())
    assert (first.crosses(second), first.holds(second)) == (crosses, holds)
