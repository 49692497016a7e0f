"""Who occurs with whom, from the engine's columns to the page and its files, on the five articles."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from itertools import combinations

import pytest
from django.test import Client

from archive.articles.models import Article
from search.engine import engine
from search.engine.protocol import Question, SearchUnavailable
from search.tree import All, Word
from search.ways.together import made as together
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
FACETS = ("official", "country")
ROW = re.compile(
    r'<tr data-one="([^"]*)" data-other="([^"]*)"><th scope="row"><a href="([^"]*)".*?<td class="count">(\d+)</td>'
)


def page(client: Client, **asked: object) -> str:
    response = client.get("/search/together/", asked)
    assert response.status_code == 200
    return on_one_line(response.content.decode())


def counted(articles: list[Article]) -> Mapping[frozenset[tuple[str, str]], int]:
    pairs: Counter[frozenset[tuple[str, str]]] = Counter()
    for article in articles:
        points = article.access_points.exclude(state="rejected").select_related("record")
        held = {(point.record.kind, point.record.slug) for point in points if point.record.kind in FACETS}
        pairs.update(map(frozenset, combinations(sorted(held), 2)))
    return pairs


def test_the_engine_counts_every_pair_of_every_article(five: dict[str, Article]) -> None:
    found = engine().together(Question(All()), FACETS, 10_000)
    assert {frozenset((pair.one, pair.other)): pair.count for pair in found.pairs} == counted(list(five.values()))
    assert found.total == len(found.pairs)
    assert [pair.count for pair in found.pairs] == sorted((pair.count for pair in found.pairs), reverse=True)


def test_pairs_are_those_of_the_question_and_what_narrows_it(five: dict[str, Article]) -> None:
    found = engine().together(Question(Word("خلفوف"), (("lang", ("fa",)),)), FACETS, 10_000)
    assert {frozenset((pair.one, pair.other)): pair.count for pair in found.pairs} == counted([five["003"]])
    day = five["003"].dated_on.toordinal()
    assert {(pair.first, pair.last) for pair in found.pairs} == {(day, day)}


def test_undated_articles_are_counted_and_have_no_day(five: dict[str, Article]) -> None:
    found = engine().together(Question(All(), (("year", ("undated",)),)), FACETS, 10_000)
    assert {(pair.first, pair.last) for pair in found.pairs} == {(0, 0)}
    assert sum(pair.count for pair in found.pairs) == sum(counted([five["002"], five["004"]]).values())


def test_portions_of_any_size_add_up_to_the_same(five: dict[str, Article], monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engine.whoosh.counting import together as counting

    whole = engine().together(Question(All()), FACETS, 10_000)
    for size in (1, 7, 50):
        monkeypatch.setattr(counting, "PORTION", size)
        assert engine().together(Question(All()), FACETS, 10_000) == whole


def test_each_pair_leads_to_the_articles_that_have_both(ramin: Client, five: dict[str, Article]) -> None:
    for query in ({}, {"q": "قطر"}, {"q": "قطر OR لاتفيا", "country": "az"}, {"q": "أذربيجان", "who": "officials"}):
        rows = ROW.findall(page(ramin, **query))
        assert rows
        for _one, _other, address, count in rows[:12]:
            html = ramin.get(address.replace("&amp;", "&")).content.decode()
            assert re.search(r'data-total="(\d+)"', html)[1] == count, address


def test_officials_countries_or_both(ramin: Client) -> None:
    countries = ROW.findall(page(ramin, who="countries"))
    assert ("am", "az") in [tuple(sorted(row[:2])) for row in countries]
    assert not [row for row in ROW.findall(page(ramin, who="officials")) if len(row[0]) == 2]
    assert "who=officials" in page(ramin)


def test_pairs_are_sorted_by_name_where_that_is_asked(ramin: Client) -> None:
    shown = re.findall(r"<bdi>([^<]*)</bdi> × <bdi>", page(ramin, who="countries", by="name"))
    assert shown == sorted(shown) and len(set(shown)) > 2


def test_the_picture_links_records_and_says_what_it_shows(ramin: Client) -> None:
    html = page(ramin)
    picture = html[html.index("<svg", html.index('id="network"')) :].split("</svg>")[0]
    assert "<title>" in picture and "<desc>" in picture
    assert "/search/together/?country=az" in picture
    assert "<circle" in picture and "<rect" in picture


def test_the_table_as_a_file(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    response = ramin.get("/search/together/export/", {"who": "countries"})
    held = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))
    first = next(row for row in held if {row["record_1"], row["record_2"]} == {"am", "az"})
    assert (first["articles"], first["first_day"], first["last_day"]) == ("4", "2019-12-01", "2023-10-04")
    monkeypatch.setattr(together, "MOST", 3)
    html = page(ramin)
    assert len(ROW.findall(html)) == 3 and "the 3 most frequent" in html


def test_nothing_together_is_said(ramin: Client) -> None:
    assert "No article answers" in page(ramin, q="كلمةلاتوجدهنا")
    assert page(ramin, who="x", by="y", page="777")


def test_an_index_that_cannot_answer_is_an_honest_503(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engine.whoosh.backend import DiwanWhooshBackend

    def gone(self: object) -> None:
        raise SearchUnavailable("gone")

    monkeypatch.setattr(DiwanWhooshBackend, "generation", gone)
    for address in ("/search/together/", "/search/together/export/"):
        assert ramin.get(address).status_code == 503


def test_a_page_costs_a_fixed_number_of_queries(ramin: Client, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(5):
        page(ramin)
