"""Tables as files: what a spreadsheet, a program and a browser get."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import RequestFactory
from django.utils.translation import gettext, override

from search.export import tables
from search.request import SearchRequest

COLUMNS = ("match", "countries", "articles")
ROWS = [("خلفوف", ["قطر", "لاتفيا"], 2), ("=1+1", [], 0)]


def table(query: str, **options: bool) -> HttpResponseBase:
    return tables.table(RequestFactory().get(f"/?{query}"), "together", COLUMNS, ROWS, **options)


def content(response: HttpResponseBase) -> str:
    return b"".join(response).decode()


def test_csv_has_a_line_of_names_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(content(table("")), newline="")))
    assert rows == [list(COLUMNS), ["خلفوف", "قطر | لاتفيا", "2"], ["'=1+1", "", "0"]]


def test_json_lines_keep_lists_numbers_and_formulas() -> None:
    response = table("format=jsonl&bom=1")
    assert response.headers["Content-Type"] == "application/jsonl; charset=utf-8"
    assert [json.loads(line) for line in content(response).splitlines()] == [
        {"match": "خلفوف", "countries": ["قطر", "لاتفيا"], "articles": 2},
        {"match": "=1+1", "countries": [], "articles": 0},
    ]


def test_a_byte_order_mark_is_for_spreadsheets_that_ask() -> None:
    assert content(table("bom=1")).startswith("\ufeffmatch,")
    assert content(table("")).startswith("match,")


def test_the_name_of_a_file_says_what_it_is_and_whether_it_is_a_part() -> None:
    assert "diwan-together-" in table("").headers["Content-Disposition"]
    assert table("", is_cut=True).headers["Content-Disposition"].endswith('-first-part.csv"')
    assert table("").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("خلف\u200cاف", "خلف-اف"),
        ('مُحَمَّد ../../x\r\n"', "محمد-x"),
        ("  ", ""),
        ("\u202e", ""),
        (" ".join(["خلفوف"] * 20), "-".join(["خلفوف"] * 10)),
        ("ا" * 99, "ا" * 60),
    ],
)
def test_the_question_stands_in_the_name_as_file_systems_take_it(asked: str, words: str) -> None:
    assert tables.file_words(asked) == words
    told = tables.attached(HttpResponse(), "csv", asked=asked).headers["Content-Disposition"]
    assert told.isascii() and ("filename*=" in told) == bool(words)


def test_a_format_that_is_not_written_is_refused() -> None:
    assert table("format=xlsx").status_code == 400


def test_a_stream_speaks_the_language_of_the_request_that_is_over() -> None:
    def lines():  # type: ignore[no-untyped-def]
        yield gettext("Countries")

    with override("ar"):
        response = tables.stream(RequestFactory().get("/"), lines(), "text/plain")
        arabic = gettext("Countries")
    assert content(response) == arabic != "Countries"


def test_a_lone_surrogate_does_not_break_a_file() -> None:
    assert content(tables.stream(RequestFactory().get("/"), ["قطر\ud800"], "text/plain")) == "قطر?"


@pytest.mark.parametrize(("q", "start"), [("", "/f?format="), ("خلفوف", "/f?q=%D8%AE")])
def test_links_to_files_hold_the_question_and_no_page(q: str, start: str) -> None:
    links = tables.links("/f", SearchRequest(q=q).on_page(3))
    assert [link["name"] for link in links] == ["CSV", "CSV for Excel", "JSON Lines"]
    assert all(link["url"].startswith(start) and "page" not in link["url"] for link in links)
