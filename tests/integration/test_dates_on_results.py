"""Dates on the results page: one calendar for all of it, ranges as typed, and the way from a year to its days."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from archive.articles.models import Article
from archive.pages.interface import calendar_chosen, reader_calendar
from search import search
from search.pages.date_panel import DatePanel, date_panel
from search.question.address import read_request
from search.results import ResultPage

pytestmark = pytest.mark.django_db


def panel(query: str, language: str = "en", calendar: str = "") -> DatePanel:
    with override(language), calendar_chosen(calendar):
        return date_panel(found(query))


def found(query: str) -> ResultPage:
    from django.http import QueryDict

    return search(read_request(QueryDict(query)))


def numbers(page: ResultPage, five: dict[str, Article]) -> set[str]:
    found_here = {hit.article.identifier for hit in page.hits}
    return {number for number, article in five.items() if article.identifier in found_here}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=2020&until=2020", {"001"}),
        ("from=مهر ۱۴۰۲&until=مهر ۱۴۰۲", {"003"}),
        ("from=۱۴۰۲/۰۷&until=۱۴۰۲/۰۷", {"003"}),
        ("from=تشرين الأول 2020&until=أكتوبر 2023", {"001", "003"}),
        ("from=١٤٤٥&until=١٤٤٥", {"003"}),
        ("from=۱۲ مهر ۱۴۰۲ تا ۱۵ آبان", {"003"}),
        ("from=5 Oct 2023", set()),
        ("until=2020", {"000", "001"}),
        ("year=2020", {"001"}),
        ("month=2023-10", {"003"}),
        ("year=undated", {"002", "004"}),
        ("from=hello", {"000", "001", "002", "003", "004"}),
    ],
)
def test_a_range_finds_its_days_and_no_others(five: dict[str, Article], query: str, expected: set[str]) -> None:
    assert numbers(found(query), five) == expected


def test_one_year_and_one_month_in_an_address_are_ranges_of_days(ramin: Client) -> None:
    with override("en"):
        for query, chip in (("year=2020", "2020"), ("month=2023-10", "October 2023")):
            ((_facet, value),) = found(query).chosen
            assert (value.label, value.url) == (chip, "/search/")


def test_the_way_down_from_a_solar_year_to_a_day_and_back() -> None:
    years = panel("", "fa").rows
    assert [(row.label, row.count) for row in years if row.count] == [("۱۳۹۸", 1), ("۱۳۹۹", 1), ("۱۴۰۲", 1)]
    year = panel(years[-1].url.partition("?")[2], "fa")
    assert len(year.rows) == 12
    (mehr,) = [row for row in year.rows if row.count]
    assert (mehr.label, mehr.value) == ("مهر ۱۴۰۲", "2023-09-23..2023-10-22")
    month = panel(mehr.url.partition("?")[2], "fa")
    assert len(month.rows) == 30
    (twelfth,) = [row for row in month.rows if row.count]
    assert (twelfth.label, twelfth.value) == ("۱۲ مهر ۱۴۰۲", "2023-10-04..2023-10-04")
    day = panel(twelfth.url.partition("?")[2], "fa")
    assert [row.label for row in day.rows if row.chosen] == ["۱۲ مهر ۱۴۰۲"] and len(day.rows) == 30
    assert [step.label for step in day.path][1:] == ["۱۴۰۲", "مهر", "۱۲"]
    assert panel(day.path[1].url.partition("?")[2], "fa") == year


def test_a_year_has_neighbours() -> None:
    shown = panel("year=2020")
    assert shown.previous and shown.next
    assert (shown.previous.label, shown.next.label) == ("2019", "2021")
    assert shown.previous.url == "/search/?from=2019-01-01&until=2019-12-31"


def test_every_bar_leads_to_as_many_articles_as_it_counts() -> None:
    for calendar in ("gregorian", "solar", "lunar"):
        for query in ("", "from=2019-12&until=2023-10-04", "until=2020", "q=قطر"):
            for row in panel(query, calendar=calendar).rows:
                if row.count:
                    assert found(row.url.partition("?")[2]).total == row.count, (calendar, query, row.label)


def test_the_undated_are_counted_and_reached_beside_a_range(five: dict[str, Article]) -> None:
    shown = panel("from=2023&until=2023")
    assert (shown.undated.count, shown.undated_left_out) == (2, True)
    assert numbers(found(shown.undated.url.partition("?")[2]), five) == {"002", "004"}


def test_nothing_is_left_out_by_a_date_that_cannot_be_read(five: dict[str, Article]) -> None:
    assert found("from=2023&until=2023").not_shown.count == 2
    unread = found("from=abc")
    assert (unread.total, unread.not_shown) == (len(five), None)


def test_a_chosen_calendar_is_on_the_whole_page_and_is_remembered(ramin: Client) -> None:
    page = ramin.get("/search/", {"ui": "en", "cal": "solar", "from": "2023-10-04", "until": "2023-10-04"})
    html = page.content.decode()
    assert html.count("12 Mehr 1402") > 3 and "4 October 2023" not in html
    assert page.cookies["cal"].value == "solar"
    assert "private" in page.headers["Cache-Control"]
    assert "12 Mehr 1402" in ramin.get("/search/").content.decode()
    assert "4 October 2023" in ramin.get("/search/", {"cal": "gregorian"}).content.decode()
    assert "4 October 2023" in ramin.get("/search/", {"cal": "julian"}).content.decode()
    assert reader_calendar("en") == "gregorian"


def test_the_lunar_calendar_says_whose_it_is(ramin: Client) -> None:
    html = ramin.get("/search/", {"ui": "en", "cal": "lunar", "month": "2023-10"}).content.decode()
    assert "Umm al-Qura" in html and "19 Rabi al-Awwal 1445" in html


def test_an_answer_in_another_calendar_has_another_tag(ramin: Client) -> None:
    tag = ramin.get("/search/", {"ui": "en"}).headers["ETag"]
    ramin.get("/search/", {"cal": "solar"})
    assert ramin.get("/search/", {"ui": "en"}, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_what_could_not_be_read_is_said_and_kept_in_its_field(ramin: Client, language: str) -> None:
    html = ramin.get("/search/", {"ui": language, "from": '<b>"x', "until": "1402"}).content.decode()
    assert 'value="&lt;b&gt;&quot;x"' in html and 'aria-invalid="true"' in html and "<b>" not in html
    assert html.count('class="notice"') == 2
    assert "from=&" not in html


def test_what_may_be_read_another_way_has_a_link_to_it(ramin: Client) -> None:
    html = unescape(ramin.get("/search/", {"ui": "en", "from": "1402", "until": "1402"}).content.decode())
    assert "“<bdi>1402</bdi>” was read as Solar Hijri: <bdi>21 March 2023 – 19 March 2024</bdi>." in html
    assert 'href="/search/?from=1981-10-28&until=1982-10-17"' in html


def test_ends_the_wrong_way_round_are_turned_and_said(five: dict[str, Article], ramin: Client) -> None:
    html = ramin.get("/search/", {"ui": "en", "from": "2023", "until": "2020"}).content.decode()
    assert "exchanged" in html and 'data-total="2"' in html


def test_the_table_has_what_the_picture_has(ramin: Client) -> None:
    html = ramin.get("/search/", {"ui": "fa", "country": "qa"}).content.decode()
    picture, table = (re.search(rf"<{tag}[ >].*?</{tag}>", html, re.S)[0] for tag in ("svg", "table"))
    assert re.findall(r'<a href="([^"]+)"', picture) == re.findall(r'<a href="([^"]+)"', table) != []
    assert '<caption class="hidden">' in table and table.count('scope="col"') == 2


def test_feeds_exports_and_the_terminal_keep_the_range(ramin: Client, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"from": "مهر ۱۴۰۲", "until": "۱۴۰۲", "ui": "en"}
    assert ramin.get("/feeds/search.atom", asked).status_code in {200, 404}
    csv = ramin.get("/search/export/", {**asked, "format": "csv"})
    assert csv.headers["X-Total-Count"] == "1"
    html = ramin.get("/search/", asked).content.decode()
    for link in re.findall(r'href="(/(?:feeds|search/export)/[^"]+)"', html):
        assert "from=" in link or "?" not in link, link
    call_command("search_archive", **{"from": "مهر ۱۴۰۲", "until": "2023-12-31", "logical": True})
    assert capsys.readouterr().out.startswith("1 article")


def test_a_page_of_a_single_day_asks_the_engine_twice_and_the_database_no_more(
    ramin: Client, django_assert_max_num_queries: object
) -> None:
    ramin.get("/search/")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        ramin.get("/search/", {"from": date(2023, 10, 4).isoformat(), "until": "2023-10-04"})
