"""Collocates from the address to the page and its files, on the five articles."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import quote

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.pages import bounds
from search.engine.protocol import SearchUnavailable
from search.ways.collocates import made
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<th scope="row"><a href="([^"]*)"[^>]*><bdi lang="(\w*)">(.*?)</bdi></a></th>')

HEAD = re.compile(r'<th scope="row">(?:<a [^>]*>)?<bdi lang=')
BAR = re.compile(r'<rect class="bar" height="8" x="[0-9.]+"\s+width="([0-9.]+)"/>')


def page(client: Client, **asked: object) -> str:
    response = client.get("/search/collocates/", asked)
    assert response.status_code == 200
    return on_one_line(response.content.decode())


def exported(client: Client, **asked: object) -> list[dict[str, str]]:
    response = client.get("/search/collocates/export/", asked)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))


def written(client: Client, **asked: object) -> list[str]:
    return [row["written"] for row in exported(client, **asked)]


def test_a_page_says_what_it_answers_of_near_words_and_of_frequent_phrases(ramin: Client) -> None:
    near, frequent = "Which words stand near these", "Which phrases come again and again in these reports?"
    assert near in page(ramin, q="قطر", ui="en") and frequent not in page(ramin, q="قطر", ui="en")
    told = page(ramin, q="قطر", of="frequent", ui="en")
    assert frequent in told and near not in told


def test_the_deputy_stands_before_the_foreign_minister(ramin: Client, five: dict[str, Article]) -> None:
    """In two Arabic reports Khalafov is «نائب وزير الخارجية»."""
    first = exported(ramin, q="وزير الخارجية")[0]
    assert (first["written"], first["language"], first["before"], first["after"]) == ("نائب", "ar", "4", "0")
    assert int(first["near"]) == 4 and int(first["articles"]) == 2
    assert float(first["log_likelihood"]) > 10 and float(first["times_as_often"]) > 5


def test_the_words_that_were_asked_are_no_collocates_of_themselves(ramin: Client) -> None:
    assert not {"وزير", "الخارجية", "خارجية", "خارجه"} & set(written(ramin, q="وزير الخارجية"))


def test_a_chosen_official_and_a_chosen_country_have_collocates_without_words(ramin: Client) -> None:
    assert "نائب" in written(ramin, official="khalaf-khalafov")
    html = page(ramin, country="az")
    assert ROW.search(html) and "Type a word" not in html


def test_the_window_is_chosen_and_kept_by_the_links(ramin: Client) -> None:
    near = [sum(int(row["near"]) for row in exported(ramin, q="الخارجية", window=size)) for size in (1, 10)]
    assert near[0] < near[1]
    html = page(ramin, q="الخارجية", window=10).replace("&amp;", "&")
    assert f"/search/collocates/?q={quote('الخارجية')}&of=phrases&window=10" in html


def test_numbers_of_the_page_are_those_of_the_texts(ramin: Client, five: dict[str, Article]) -> None:
    """«نائب» outside of all windows, in the texts of the found set and of the other report, counted by hand."""
    row = exported(ramin, q="وزير الخارجية", window=1)[0]
    assert row["written"] == "نائب"
    texts = [f"{one.kicker}\n{one.title}\n{one.body}" for one in five.values() if one.language == "ar"]
    arabic = {line for text in texts for line in text.split("\n")}
    every = sum(len(re.findall(r"\b[ولبك]?(?:ال)?نائب\b", line)) for line in arabic)
    assert int(row["near"]) + int(row["elsewhere"]) == every


def test_a_row_leads_to_its_places_in_their_context(ramin: Client) -> None:
    address = next(found[0] for found in ROW.findall(page(ramin, q="وزير الخارجية")) if found[2] == "نائب")
    answer = ramin.get(address.replace("&amp;", "&"))
    assert address.startswith("/search/concordance/?q=") and "نائب" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "edges"),
    [({"q": "وزير الخارجية"}, "0 0 200 8"), ({"of": "frequent"}, "100 0 100 8"),
     ({"q": "نائب", "with": "المشاورات"}, "0 0 200 8")],
)  # fmt: skip
def test_each_row_has_its_bars_and_the_longest_is_whole(ramin: Client, asked: dict[str, str], edges: str) -> None:
    html = page(ramin, **asked)
    assert html.count(f'<svg viewBox="{edges}"') == len(HEAD.findall(html))
    assert max(map(float, BAR.findall(html))) == 100


def test_facets_narrow_what_is_counted(ramin: Client) -> None:
    assert {row["language"] for row in exported(ramin, q="قطر", lang="ar")} == {"ar"}
    assert "نائب" not in written(ramin, q="وزير الخارجية", lang="fa")


def test_two_questions_stand_side_by_side(ramin: Client) -> None:
    """«نائب الوزير», but «المشاورات السياسية»."""
    html = page(ramin, q="نائب", **{"with": "المشاورات"})
    assert 'value="المشاورات"' in html
    first, other = (html.index(f"Rather with “{asked}”") for asked in ("نائب", "المشاورات"))
    assert first < html.index(">الوزير</bdi>") < other < html.index(">السياسية</bdi>")
    assert {row["question"] for row in exported(ramin, q="نائب", **{"with": "المشاورات"})} == {"نائب", "المشاورات"}


def test_a_set_beside_itself_leans_to_neither_side(ramin: Client) -> None:
    html = page(ramin, q="الخارجية", **{"with": '"الخارجية"'})
    assert "Without a clear difference" in html and "Rather with" not in html


def test_frequent_phrases_need_no_word(ramin: Client) -> None:
    assert "المشاورات السياسية" in written(ramin, of="frequent")
    assert "of=frequent" in page(ramin) and "Type a word above" in page(ramin)


def test_the_page_says_how_much_was_read(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "all 5 reports were read" in page(ramin, q="أذربيجان")
    assert "1 other report" in page(ramin, q="وزير الخارجية")
    monkeypatch.setattr(made, "READ", 2)
    html = page(ramin, q="أذربيجان")
    assert "2 of 5 reports were read, spread evenly over their time" in html
    name = ramin.get("/search/collocates/export/", {"q": "أذربيجان"}).headers["Content-Disposition"]
    assert "first-part" in name


def test_files_are_tables_of_both_kinds(ramin: Client) -> None:
    response = ramin.get("/search/collocates/export/", {"q": "وزير الخارجية", "format": "jsonl"})
    lines = [json.loads(line) for line in b"".join(response.streaming_content).decode().splitlines()]
    assert [one["written"] for one in lines] == written(ramin, q="وزير الخارجية")


def test_programs_are_told_the_same(ramin: Client) -> None:
    told = ramin.get("/api/v1/collocates", {"q": "وزير الخارجية"}).json()["sets"]
    assert len(told) == 1 and [one["written"] for one in told[0]["items"]] == written(ramin, q="وزير الخارجية")
    assert ramin.get("/api/v1/collocates", {"q": "قطر", "with": "لاتفيا"}).json()["sets"][1]["near"] == "لاتفيا"
    assert ramin.get("/api/v1/collocates", {"q": "قطر", "with": "ا " * 60}).status_code == 400


def test_nothing_found_and_nothing_near_are_told(ramin: Client) -> None:
    assert "No article answers" in page(ramin, q="كلمةلاتوجدهنا")
    assert "No word stands near these more often" in page(ramin, q="فيديو", window=1)


@pytest.mark.parametrize(
    "asked", [{"window": "x"}, {"window": "99999"}, {"of": "price"}, {"with": "\x00"}, {"with": "(((("}, {"q": "-قطر"},
              {"with": "ا " * 100}, {"q": "date:2020"}, {"q": "lang:fa", "of": "frequent"}],
)  # fmt: skip
def test_nothing_in_the_address_raises_an_error(ramin: Client, asked: dict[str, str]) -> None:
    page(ramin, **{"q": "قطر", **asked})


def test_a_query_beyond_the_limits_is_refused_on_page_and_in_file(ramin: Client) -> None:
    for address in ("/search/collocates/", "/search/collocates/export/"):
        assert ramin.get(address, {"q": "ا" * 257}).status_code == 400


def test_an_index_that_cannot_answer_is_an_honest_503(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engine.whoosh.backend import DiwanWhooshBackend

    def gone(self: object) -> None:
        raise SearchUnavailable("test")

    monkeypatch.setattr(DiwanWhooshBackend, "snapshot", gone)
    for address in ("/search/collocates/?q=قطر", "/search/collocates/export/?q=قطر"):
        assert ramin.get(address).status_code == 503


def test_who_has_no_time_counts_a_smaller_share_and_says_so(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a page is made of fewer reports, spread over the set; nobody else is given it."""
    monkeypatch.setattr(made, "FEWEST_READ", 2)
    monkeypatch.setattr(made, "AT_ONCE", 2)
    monkeypatch.setattr(made, "READING", 0.0)
    with bounds.time_limit(1000):
        response = ramin.get("/search/collocates/", {"q": "أذربيجان"})
    html = on_one_line(response.content.decode())
    assert "2 of 5 reports were read, spread evenly over their time" in html and "fewer were read than usual" in html
    assert response.headers["Cache-Control"] == "no-store"
    monkeypatch.undo()
    assert "fewer were read than usual" not in page(ramin, q="أذربيجان")
