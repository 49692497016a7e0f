"""The map of a result set: countries, cities and meetings, from the engine to the picture, its table and its files."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from pathlib import Path

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord
from archive.meetings.actions import confirm
from archive.meetings.models import Meeting
from search.indexing.writer import apply_all
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<tr data-place="([^"]*)" data-count="(\d+)"><th scope="row"><a href="([^"]*)"')


def page(client: Client, **asked: object) -> str:
    response = client.get("/search/map/", asked)
    assert response.status_code == 200
    return on_one_line(response.content.decode())


def picture(html: str) -> str:
    drawn = html[html.index('<svg viewBox="0 0 860') :].split("</svg>")[0]
    return drawn.replace("\u2068", "").replace("\u2069", "")  # around each name, which keeps its direction


def total(client: Client, address: str) -> str:
    html = client.get(address.replace("&amp;", "&")).content.decode()
    return re.search(r'data-total="(\d+)"', html)[1]


@pytest.mark.parametrize(
    "asked",
    [{}, {"q": "قطر OR لاتفيا", "country": "az"}, {"country": "region-south-caucasus"}, {"what": "cities"},
     {"what": "cities", "q": "قطر OR لاتفيا"}, {"not-country": "am"}],
)  # fmt: skip
def test_a_place_has_the_number_of_the_search_it_leads_to(ramin: Client, asked: dict[str, str]) -> None:
    rows = ROW.findall(page(ramin, **asked))
    assert rows
    for _place, count, address in rows:
        assert total(ramin, address) == count, address


def test_a_map_has_no_order_of_reports(ramin: Client) -> None:
    assert 'aria-label="Order"' in on_one_line(ramin.get("/search/").content.decode())
    assert 'aria-label="Order"' not in page(ramin)


def test_countries_are_those_of_the_found_reports_alone(ramin: Client, five: dict[str, Article]) -> None:
    points = five["003"].access_points.exclude(state="rejected").filter(record__kind="country")
    held = set(points.values_list("record__slug", flat=True))
    with_qatar = {place for place, _count, _address in ROW.findall(page(ramin, q="خلفوف", lang="fa"))}
    assert with_qatar == held


def test_a_city_is_told_in_the_readers_language_and_found_in_every_one(ramin: Client) -> None:
    by_language = {
        language: {place: count for place, count, _address in ROW.findall(page(ramin, what="cities", ui=language))}
        for language in ("ar", "fa", "en")
    }
    assert by_language["ar"] == by_language["fa"] == by_language["en"] != {}
    assert "باكو" in page(ramin, what="cities", ui="ar") and "باکو" in page(ramin, what="cities", ui="fa")


def test_the_picture_says_whose_outlines_and_places_it_shows(ramin: Client) -> None:
    assert "Natural Earth" in page(ramin) and "GeoNames" not in page(ramin)
    assert "GeoNames (CC BY 4.0)" in page(ramin, what="cities")


def test_a_bubble_is_a_link_that_says_what_it_leads_to(ramin: Client) -> None:
    drawn = picture(page(ramin))
    assert "<title>Azerbaijan: 5 articles</title>" in drawn
    assert "/search/?country=az" in drawn and 'stroke-dasharray="4 3"' in drawn


@pytest.mark.parametrize(("language", "sea"), [("ar", "الخليج العربي"), ("fa", "خلیج فارس"), ("en", "Persian Gulf")])
def test_each_language_has_its_usual_name_for_a_contested_sea(ramin: Client, language: str, sea: str) -> None:
    assert f">{sea}</text>" in picture(page(ramin, ui=language))


def test_the_world_is_shown_where_it_is_asked_for_or_most_of_it_is_far_away(ramin: Client) -> None:
    assert 'aria-current="true">Europe to Central Asia' in page(ramin)
    assert 'aria-current="true">the world' in page(ramin, frame="world")


def test_a_page_stays_small(ramin: Client) -> None:
    for asked in ({}, {"frame": "world"}):
        assert len(gzip.compress(ramin.get("/search/map/", asked).content)) < 40_000


def test_confirmed_meetings_stand_where_they_were_held(
    ramin: Client, five: dict[str, Article], own_index: Path
) -> None:
    assert "No confirmed meeting" in page(ramin, what="meetings")
    for city in ("الدوحة", "دوحه", "Ruritania"):
        meeting = Meeting.objects.create(city=city)
        for side, slug in enumerate(("az", "qa")):
            meeting.parties.create(record=AuthorityRecord.objects.get(kind="country", slug=slug), side=side)
        meeting.reports.create(article=five["000"])
        assert confirm(meeting)
    apply_all()
    rows = {place: count for place, count, _address in ROW.findall(page(ramin, what="meetings"))}
    assert rows == {"doha": "2", "": "1"}
    assert "Ruritania" in page(ramin, what="meetings")


def test_the_table_as_a_file_and_for_programs(ramin: Client) -> None:
    response = ramin.get("/search/map/export/", {"ui": "en"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))
    first = rows[0]
    assert (first["kind"], first["identifier"], first["name"], first["count"]) == ("country", "az", "Azerbaijan", "5")
    assert 44 < float(first["longitude"]) < 51 and 38 < float(first["latitude"]) < 42
    told = json.loads(ramin.get("/api/v1/map", {"ui": "en"}).content)
    assert told["total"] == len(rows) and told["items"][0]["label"] == "Azerbaijan"


def test_nothing_found_and_nonsense_are_answered(ramin: Client) -> None:
    assert "No article answers" in page(ramin, q="كلمةلاتوجدهنا")
    assert page(ramin, what="x", frame="moon")
    assert ramin.get("/search/map/", {"q": "(خلفوف"}).status_code == 200
