"""A regular expression from the address to its places on a page, in files and for programs, on the five articles."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import quote

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.curation import actions
from archive.pages import bounds
from search.ways.expression import made
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
MATCH = re.compile(r'<td lang="\w+"><a href="([^"]*)"><mark>(.*?)</mark></a></td>')


def page(client: Client, status: int = 200, **asked: object) -> str:
    response = client.get("/search/expression/", asked)
    assert response.status_code == status
    return on_one_line(response.content.decode())


def matches(client: Client, **asked: object) -> list[str]:
    return [match for _url, match in MATCH.findall(page(client, **asked))]


def exported(client: Client, **asked: object) -> list[dict[str, str]]:
    response = client.get("/search/expression/export/", asked)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))


def test_every_place_of_the_found_texts_that_fits_is_shown(ramin: Client, five: dict[str, Article]) -> None:
    texts = "\n".join(f"{one.kicker}\n{one.title}\n{one.body}" for one in five.values() if one.language == "ar")
    rows = exported(ramin, re="نائب \\w+", letters="written", lang="ar")
    assert len(rows) == len(re.findall(r"نائب \w+", texts)) > 1
    assert all(row["match"].endswith(re.search(r"\w+$", row["match"])[0]) for row in rows)
    one = next(row for row in rows if row["field"] == "body")
    body = Article.objects.get(identifier=one["identifier"]).body
    assert body[int(one["start"]) : int(one["end"])] == one["match"]


def test_spellings_are_folded_unless_every_sign_shall_count(ramin: Client) -> None:
    assert {"أذربيجان"} <= {match.strip() for match in matches(ramin, re="اذربيجان")}
    assert "No place in these reports fits" in page(ramin, re="اذربیجان", letters="written", lang="ar")


def test_the_question_and_the_facets_say_which_texts_are_read(ramin: Client, five: dict[str, Article]) -> None:
    every, found = (
        {row["identifier"] for row in exported(ramin, re="\\w+", **asked)} for asked in ({}, {"lang": "fa"})
    )
    assert found < every == {one.identifier for one in five.values()}
    assert found == {one.identifier for one in five.values() if one.language == "fa"}
    assert matches(ramin, q="كلمةلاتوجدهنا", re="\\w+") == []


def test_lines_are_sorted_by_the_words_beside_the_place(ramin: Client) -> None:
    rows = re.findall(r'<td class="after"[^>]*>(.*?)</td>', page(ramin, re="وزير", by="after-1", lang="ar"))
    first = [row.split()[0] for row in rows if row.split()]
    assert len(first) > 3 and [word for word in first if word.startswith("ال")] == sorted(
        (word for word in first if word.startswith("ال")), key=lambda word: first.index(word)
    )
    assert rows != re.findall(r'<td class="after"[^>]*>(.*?)</td>', page(ramin, re="وزير", lang="ar"))


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "A parenthesis is opened and not closed."), ("ar", "قوس مفتوح"), ("fa", "پرانتزی باز")],
)
def test_a_wrong_expression_is_explained_in_the_readers_language(ramin: Client, language: str, told: str) -> None:
    html = page(ramin, 400, re="(وزير", ui=language)
    assert told in html and 'aria-invalid="true"' in html and 'value="(وزير"' in html
    problem = ramin.get("/api/v1/expression", {"re": "(وزير", "ui": language})
    assert problem.status_code == 400 and told in problem.json()["errors"][0]["detail"]
    assert ramin.get("/search/expression/export/", {"re": "(وزير"}).status_code == 400


def test_a_place_leads_to_its_article_and_back(ramin: Client) -> None:
    address = MATCH.findall(page(ramin, q="قطر", re="نائب"))[0][0].replace("&amp;", "&")
    assert address.startswith("/articles/") and address.endswith(f"#:~:text={quote('نائب')}")
    html = ramin.get(address).content.decode().replace("&amp;", "&")
    assert f"/search/expression/?q={quote('قطر')}&re={quote('نائب')}" in html


def test_programs_are_told_the_same(ramin: Client) -> None:
    told = ramin.get("/api/v1/expression", {"re": "نائب \\w+", "q": "قطر"}).json()
    assert [one["match"] for one in told["items"]] == matches(ramin, re="نائب \\w+", q="قطر")
    assert told["lines"] == len(told["items"]) > 0 and told["read"] == told["total"]
    assert ramin.get("/api/v1/expression").status_code == 400


def test_the_page_says_how_much_was_read(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "ARTICLES", 2)
    assert "in the first 2 of 5 articles" in page(ramin, re="\\w+")


def test_who_has_no_time_reads_less_and_says_so_and_nobody_gets_the_page_twice(
    ramin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made, "BATCH", 2)
    with bounds.time_limit(1000):
        monkeypatch.setattr(made, "READING", 0.0)
        response = ramin.get("/search/expression/", {"re": "\\w+"})
    html = on_one_line(response.content.decode())
    assert "in the first 2 of 5 articles" in html and "fewer were read than usual" in html
    assert response.headers["Cache-Control"] == "no-store"


def test_drafts_and_withdrawn_reports_are_not_read(ramin: Client, five: dict[str, Article]) -> None:
    gone = five["001"]
    assert gone.identifier in {row["identifier"] for row in exported(ramin, re="\\w+")}
    actions.withdraw(gone, note="test")
    assert gone.identifier not in {row["identifier"] for row in exported(ramin, re="\\w+")}


@pytest.mark.parametrize(
    "asked", [{"re": "\x00"}, {"letters": "x", "re": "ا"}, {"by": "price", "re": "ا"}, {"page": "9999", "re": "ا"},
              {"q": "date:2020", "re": "."}],
)  # fmt: skip
def test_nothing_in_the_address_raises_an_error(ramin: Client, asked: dict[str, str]) -> None:
    page(ramin, **asked)


def test_a_query_beyond_the_limits_is_refused_on_page_and_in_file(ramin: Client) -> None:
    for address in ("/search/expression/", "/search/expression/export/"):
        assert ramin.get(address, {"q": "ا" * 257, "re": "ا"}).status_code == 400
