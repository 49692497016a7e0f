"""What the index holds of an article is told by a digest: of everything that its document is made from."""

from __future__ import annotations

import datetime
from dataclasses import fields, replace
from typing import Any

import pytest

from search.documents.entries import AT_ONCE, MOST_LETTERS, IndexEntry, batches
from search.documents.fields import described
from search.request import FACETS, UNDATED
from search.search_indexes import ArticleIndex

KHALAFOV = IndexEntry(
    7,
    "3d43f546d925",
    "ar",
    "azvision",
    "سياسة",
    "خلف خلفوف يلتقي نظيره القطري",
    "عقدت وزارتا الخارجية في الدوحة مشاورات سياسية.",
    datetime.date(2020, 10, 26),
    "day",
    "dateline",
    (("country", "az"), ("country", "qa"), ("official", "khalaf-khalafov")),
    (("title", 0, 9, "official", "khalaf-khalafov"),),
    {"khalaf-khalafov": (("deputy_foreign_minister", "az"),)},
)
OTHERWISE: dict[str, Any] = {
    "key": 8,
    "identifier": "3d43f546d926",
    "language": "fa",
    "source": "",
    "kicker": "",
    "title": "خلف خلفوف يلتقي نظيره",
    "body": "عقدت وزارتا الخارجية في الدوحة مشاورات سياسية",
    "dated_on": None,
    "precision": "month",
    "evidence": "lead",
    "records": (("country", "az"),),
    "mentions": (("title", 0, 8, "official", "khalaf-khalafov"),),
    "posts": {},
    "groups": (("meeting", "3f9a1c02"),),
}


def test_every_part_of_an_entry_has_another_value_here() -> None:
    assert set(OTHERWISE) == {one.name for one in fields(IndexEntry)}


@pytest.mark.parametrize("name", OTHERWISE)
def test_an_entry_that_differs_in_anything_has_another_digest(name: str) -> None:
    assert replace(KHALAFOV, **{name: OTHERWISE[name]}).digest() != KHALAFOV.digest()


def test_what_moves_from_one_text_to_the_next_changes_the_digest() -> None:
    moved = replace(KHALAFOV, kicker="", title=KHALAFOV.kicker + KHALAFOV.title)
    assert moved.digest() != KHALAFOV.digest()


def test_the_digest_depends_on_nothing_else() -> None:
    assert KHALAFOV.digest() == replace(KHALAFOV, posts=dict(KHALAFOV.posts)).digest()
    one, other = {"a": (("x", "az"),), "b": ()}, {"b": (), "a": (("x", "az"),)}
    assert replace(KHALAFOV, posts=one).digest() == replace(KHALAFOV, posts=other).digest()  # type: ignore[arg-type]


def test_half_a_letter_can_be_told_too() -> None:
    assert replace(KHALAFOV, body="\ud800").digest() != replace(KHALAFOV, body="\ud801").digest()


def test_identifiers_stand_in_one_text_with_blanks_between_them() -> None:
    held = described(KHALAFOV, ["foreign_minister.qa", "deputy_foreign_minister.az"], ["political-consultations"])
    assert held["country"] == "az qa" and held["official"] == "khalaf-khalafov" and held["body"] == ""
    assert held["meeting"] == held["collection"] == ""
    grouped = replace(KHALAFOV, groups=(("collection", "treaties"), ("meeting", "0a1b2c3d"), ("meeting", "3f9a1c02")))
    assert described(grouped, (), ())["meeting"] == "0a1b2c3d 3f9a1c02"
    assert held["post"] == "deputy_foreign_minister.az foreign_minister.qa"
    assert (held["year"], held["month"], held["evidence"]) == ("2020", "2020-10", "dateline")
    assert held["day"] == datetime.date(2020, 10, 26).toordinal() and held["arrival"] == 7


def test_an_undated_article_has_no_month_and_the_day_of_nobody() -> None:
    held = described(replace(KHALAFOV, dated_on=None, precision="", evidence="none"), (), ())
    assert (held["year"], held["month"], held["day"]) == (UNDATED, "", 0)


def test_a_year_is_known_where_the_month_is_not() -> None:
    held = described(replace(KHALAFOV, dated_on=datetime.date(987, 1, 1), precision="year"), (), ())
    assert (held["year"], held["month"]) == ("0987", "")


def test_every_facet_is_a_field_of_the_document_and_of_the_index() -> None:
    held = described(KHALAFOV, (), ())
    assert set(FACETS) <= set(held)
    assert set(held) <= set(ArticleIndex.fields)


def test_batches_are_bounded_by_number_and_by_letters() -> None:
    short = [replace(KHALAFOV, key=number) for number in range(AT_ONCE + 1)]
    assert [len(batch) for batch in batches(short)] == [AT_ONCE, 1]
    long = [replace(KHALAFOV, body="ا" * (MOST_LETTERS // 2 + 1)) for _number in range(3)]
    assert [len(batch) for batch in batches(long)] == [2, 1]
    assert list(batches([])) == []
