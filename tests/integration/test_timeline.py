"""A result set in the order of time, on the five articles."""

from __future__ import annotations

import datetime
import re
from types import SimpleNamespace

import pytest
from django.test import Client

from archive.articles.models import Article
from search.engine.protocol import SearchUnavailable
from search.ways import timeline
from search.ways.timeline import grouped
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
HEADING = re.compile(r'id="time-\d+"><a href="([^"]*)"[^>]*>([^<]*)</a><span class="count" data-count="(\d+)"')


def page(client: Client, **asked: object) -> str:
    response = client.get("/search/timeline/", asked)
    assert response.status_code == 200
    return on_one_line(response.content.decode())


def headings(client: Client, **asked: object) -> list[tuple[str, ...]]:
    return [row[1:] for row in HEADING.findall(page(client, **asked))]


def articles(client: Client, **asked: object) -> list[str]:
    return re.findall(r'<li data-article="(\w+)"', page(client, **asked))


def test_articles_stand_in_their_months_and_the_undated_at_the_end(ramin: Client, five: dict[str, Article]) -> None:
    assert headings(ramin) == [("December 2019", "1"), ("October 2020", "1"), ("October 2023", "1"), ("Undated", "2")]
    assert articles(ramin)[:3] == [five[number].identifier for number in ("000", "001", "003")]


def test_the_newest_come_first_where_that_is_asked_and_the_undated_still_last(ramin: Client) -> None:
    assert [name for name, _count in headings(ramin, sort="newest")] == [
        "October 2023", "October 2020", "December 2019", "Undated",
    ]  # fmt: skip


def test_months_are_those_of_the_readers_calendar(five: dict[str, Article]) -> None:
    persian = Client(headers={"accept-language": "fa"})
    assert ("مهر ۱۴۰۲", "1") in headings(persian)


def test_a_heading_narrows_to_its_month_and_an_official_to_the_official(
    ramin: Client, five: dict[str, Article]
) -> None:
    for address, _name, count in HEADING.findall(page(Client(headers={"accept-language": "fa"}), q="أذربيجان")):
        html = ramin.get(address.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r'<li data-article="', html)) == int(count)
    assert "/search/timeline/?official=khalaf-khalafov" in page(ramin)


def test_counts_of_a_month_are_those_of_the_whole_set_on_every_page(
    ramin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "ROWS", 1)
    assert headings(ramin, page=4) == [("Undated", "2")] == headings(ramin, page=5)
    assert articles(ramin, page=4) != articles(ramin, page=5)


def test_a_day_outside_the_calendars_tables_lies_in_its_gregorian_month() -> None:
    day = datetime.date(1901, 5, 17)
    (group,) = grouped([SimpleNamespace(dated_on=day)], {day.toordinal(): 3}, "lunar_hijri")
    assert (group.month.calendar, group.month.year, group.month.month, group.count) == ("gregorian", 1901, 5, 3)


def test_nothing_found_and_no_index_are_told_apart(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engine.whoosh.backend import DiwanWhooshBackend

    assert "No article answers" in page(ramin, q="كلمةلاتوجدهنا")

    def gone(self: object) -> None:
        raise SearchUnavailable("gone")

    monkeypatch.setattr(DiwanWhooshBackend, "generation", gone)
    assert ramin.get("/search/timeline/").status_code == 503


def test_a_page_costs_a_fixed_number_of_queries(ramin: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(5):
        page(ramin)
