"""How often words are used over time, from the engine's positions to the page and its files, on the five articles."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from archive.articles.models import Article
from search.analysis.tokenizer import iter_words
from search.answer.service import ask
from search.engine import engine
from search.engine.protocol import Question, SearchUnavailable
from search.request import SearchRequest
from search.tree import All
from search.ways.concordance.made import concordance

pytestmark = pytest.mark.django_db


def page(client: Client, **asked: object) -> str:
    response = client.get("/search/wording/", asked)
    assert response.status_code == 200
    return response.content.decode()


def exported(client: Client, **asked: object) -> list[dict[str, str]]:
    response = client.get("/search/wording/export/", asked)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
@pytest.mark.parametrize("path", ["wording/", "map/", "together/", ""])
def test_a_picture_has_its_lengths_whatever_sign_the_language_sets_off_parts_with(
    client: Client, five: dict[str, Article], language: str, path: str
) -> None:
    drawn = client.get(f"/search/{path}", {"ui": language, "with": "قطر"})
    tags = re.findall(r"<(?:svg|text|rect|circle)\b[^>]*>", drawn.content.decode())
    lengths = [length for tag in tags for length in re.findall(r' (?:width|height|x|y|r|cx|cy)="([^"]*)"', tag)]
    assert lengths
    assert not [length for length in lengths if not re.fullmatch(r"-?[0-9.]+(em)?", length)]


@pytest.mark.parametrize(
    "query",
    [
        "قطر",
        "أذربيجان",
        '"الجولة الأولى"',
        "المشاورات السياسية",
        "التعاون~",
        "مشاور*",
        "قطر -رامز",
        "می کند",
    ],
)
def test_the_engine_counts_the_places_that_a_concordance_shows(five: dict[str, Article], query: str) -> None:
    request = SearchRequest(q=query, names=False)
    usage = engine().usage(ask(request, 0, 10).question)
    assert sum(usage.places.values()) == concordance(request, "").total > 0


def test_all_articles_have_all_their_words(five: dict[str, Article]) -> None:
    usage = engine().usage(Question(All()))
    counted = sum(len(list(iter_words(f"{a.kicker}\n{a.title}\n{a.body}"))) for a in five.values())
    assert sum(usage.articles.values()) == 5 and usage.articles[0] == 2
    assert sum(usage.words.values()) == pytest.approx(counted, rel=0.2)
    assert not sum(usage.places.values())


def test_a_row_for_every_time_with_articles_shares_and_rates(ramin: Client, five: dict[str, Article]) -> None:
    held = exported(ramin, q="خلفوف", unit="year")
    assert [(row["first_day"], row["articles"], row["all_articles"]) for row in held] == [
        ("2020-01-01", "1", "1"), ("2021-01-01", "0", "0"), ("2022-01-01", "0", "0"), ("2023-01-01", "1", "1"),
    ]  # fmt: skip
    assert held[0]["percent_of_articles"] == "100.0"
    assert float(held[0]["matches_per_10000_words"]) == pytest.approx(
        10_000 * int(held[0]["matches"]) / int(held[0]["all_words"]), abs=0.01
    )
    assert len(exported(ramin, q="خلفوف", unit="month")) == 37


def test_up_to_five_questions_are_compared_one_a_line(ramin: Client) -> None:
    html = page(ramin, q="قطر", **{"with": "لاتفيا\nالناتو\n\nقطر\nخلفوف\nباكو\nإيران"})
    assert len(re.findall(r'stroke-width="2.5"', html)) == 5
    assert "with=%D9%84%D8%A7%D8%AA%D9%81%D9%8A%D8%A7" in html
    assert {row["line"] for row in exported(ramin, q="قطر", **{"with": ["لاتفيا", "خلفوف"]})} == {
        "قطر", "لاتفيا", "خلفوف",
    }  # fmt: skip


def test_a_question_is_parted_by_language_and_source(ramin: Client) -> None:
    assert {row["line"] for row in exported(ramin, q="أذربيجان", per="lang")} == {"Arabic", "Persian"}
    assert len({row["line"] for row in exported(ramin, q="أذربيجان", per="source")}) == 4


def test_times_are_those_of_the_readers_calendar(five: dict[str, Article]) -> None:
    html = page(Client(headers={"accept-language": "fa"}), q="خلفوف", unit="year")
    assert ">۱۴۰۲<" in html and ">۱۳۹۹<" in html


def test_the_picture_is_described_and_has_its_numbers_as_a_table(ramin: Client) -> None:
    html = page(ramin, q="قطر", country="qa")
    assert '<title id="chart-title">' in html and '<desc id="chart-desc">' in html
    assert "and 1 undated" in html
    assert re.search(r'<th scope="row"><a href="/search/\?[^"]*from=2019', html)
    assert 'name="country" value="qa"' in html[html.index('id="with"') :]


def test_nothing_undated_and_no_index_are_told_apart(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engine.whoosh.backend import DiwanWhooshBackend

    assert "None of these articles has a date" in page(ramin, year="undated")
    assert "No article answers" in page(ramin, q="كلمةلاتوجدهنا")
    assert page(ramin, q="-قطر", measure="x", unit="y", per="z", **{"with": "((((" * 20})
    assert ramin.get("/search/wording/", {"q": "ا" * 257}).status_code == 400

    def gone(self: object) -> None:
        raise SearchUnavailable("gone")

    monkeypatch.setattr(DiwanWhooshBackend, "generation", gone)
    for address in ("/search/wording/", "/search/wording/export/"):
        assert ramin.get(address).status_code == 503


def test_a_page_costs_a_fixed_number_of_queries(ramin: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(5):
        page(ramin, q="قطر", **{"with": ["لاتفيا", "خلفوف"]})
