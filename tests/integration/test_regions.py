"""Regions among the countries, and contested names: asked in an address or in words, counted, told, explained."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord, Relation
from search.geography.regions import regions
from search.question.understanding import understand
from search.request import SearchRequest
from tests.integration.test_facets import results, values

pytestmark = pytest.mark.django_db
CAUCASUS = "region-south-caucasus"


def test_a_region_narrows_to_its_countries(ramin: Client, five: dict[str, Article]) -> None:
    found = results(ramin, country="region-gulf").articles
    gulf = regions()["region-gulf"].countries
    told = {
        one.identifier
        for one in five.values()
        if one.access_points.exclude(state="rejected").filter(record__kind="country", record__slug__in=gulf).exists()
    }
    assert found == told and 0 < len(told) < 5
    without = results(ramin, **{"not-country": "region-gulf", "fold": "0"}).articles
    assert without == {one.identifier for one in five.values()} - told


def test_a_region_is_counted_once_for_each_report(ramin: Client) -> None:
    counts = results(ramin, q="قطر").facet("region")
    assert counts[CAUCASUS] == (2, 5)
    assert "region-oceania" not in counts


@pytest.mark.parametrize(
    ("language", "label"), [("ar", "جنوب القوقاز"), ("fa", "قفقاز جنوبی"), ("en", "South Caucasus")]
)
def test_a_chosen_region_is_told_in_the_readers_language(ramin: Client, language: str, label: str) -> None:
    page = results(ramin, country=CAUCASUS, ui=language)
    assert [words for _address, words in page.chips()] == [label]
    assert label in re.search(r"<title>(.*?)</title>", page.html)[1]


def test_regions_stand_beside_countries_and_on_their_page(ramin: Client) -> None:
    assert "az" in results(ramin).facet("country") and CAUCASUS not in results(ramin).facet("country")
    page = values(ramin, "country", country=CAUCASUS)
    assert page.facet("region")[CAUCASUS] == (5, 5)
    assert ("country", CAUCASUS) in page.hidden()


def test_an_explanation_knows_the_countries_of_a_region(ramin: Client, five: dict[str, Article]) -> None:
    asked = {"q": "خلفوف", "country": CAUCASUS, "article": five["000"].identifier}
    html = ramin.get("/explain/", asked).content.decode()
    assert "South Caucasus" in html


def test_every_region_has_three_names_a_source_and_countries_that_are_on_file(five: dict[str, Article]) -> None:
    held = set(AuthorityRecord.objects.filter(kind="country").values_list("slug", flat=True))
    for region in regions().values():
        assert set(region.labels) == {"ar", "fa", "en"} and region.source
        assert not {one for one in region.countries if one not in held} - {
            "ea",
            "ic",
            "ac",
            "ta",
            "cp",
            "dg",
            "qo",
            "cq",
        }


@pytest.mark.parametrize(
    "forms",
    [("الخليج العربي", "خلیج فارس", "Persian Gulf"), ("فلسطين", "فلسطین", "Palestine"),
     ("الصحراء الغربية", "صحرای غربی", "Western Sahara")],
)  # fmt: skip
def test_a_contested_name_in_one_language_finds_it_in_the_others(
    five: dict[str, Article], forms: tuple[str, ...]
) -> None:
    from archive.authorities.directory import directory

    told = [
        {(one.kind, one.slug) for one in understand(SearchRequest(q=form), directory()).expansions} for form in forms
    ]
    assert set.intersection(*told)


def test_karabakh_is_found_by_any_of_its_names(ramin: Client, five: dict[str, Article]) -> None:
    asked = [results(ramin, q=form).articles for form in ("قره باغ", "قره‌باغ", "Karabakh", "ناغورني كاراباخ")]
    assert asked[0] and all(found == asked[0] for found in asked)


def test_officials_of_one_body_are_told_with_the_source_of_that(ramin: Client) -> None:
    record = AuthorityRecord.objects.get(kind="official", slug="khalaf-khalafov")
    body = AuthorityRecord.objects.get(kind="body", slug="un-security-council")
    other = AuthorityRecord.objects.filter(kind="official").exclude(pk=record.pk).first()
    for one, source in ((record, "a yearbook"), (other, "a register")):
        Relation.objects.create(record=one, kind="member", other=body, source=source)
    Relation.objects.create(record=record, kind="predecessor", other=other, start="2020-07", source="a gazette")
    html = ramin.get("/officials/khalaf-khalafov/").content.decode()
    assert "in the same body (" in html and "a register" in html and "a gazette" in html
    assert "came before" in ramin.get(other.get_absolute_url()).content.decode()
