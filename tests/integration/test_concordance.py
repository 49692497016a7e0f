"""The concordance from its address to its lines and files, on the five articles."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from archive.articles.models import Article
from search.engine.protocol import SearchUnavailable
from search.ways.concordance import made as concordance
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
ROW = re.compile(
    r'<tr dir="(\w+)" data-article="(\w+)">.*?class="before"[^>]*><span>(.*?)</span></td>'
    r'<td[^>]*><a href="([^"]*)"><mark>(.*?)</mark></a></td><td[^>]*class="after"[^>]*>(.*?)</td>'
)


@pytest.fixture(autouse=True)
def _forget_lines() -> None:
    concordance._lines.cache_clear()


def page(client: Client, **asked: object) -> str:
    response = client.get("/search/concordance/", asked)
    assert response.status_code == 200
    return on_one_line(response.content.decode())


def rows(client: Client, **asked: object) -> list[tuple[str, ...]]:
    return ROW.findall(page(client, **asked))


def exported(client: Client, **asked: object) -> list[dict[str, str]]:
    response = client.get("/search/concordance/export/", asked)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode(), newline="")))


def test_every_match_is_a_line_in_its_own_spelling(ramin: Client, five: dict[str, Article]) -> None:
    found = rows(ramin, q="خلفوف")
    assert {row[4] for row in found} >= {"خلف خلفوف", "خلف خلف اف"}
    assert {row[1] for row in found} == {five["001"].identifier, five["003"].identifier}
    assert all(row[0] == "rtl" for row in found)
    assert all(row[3].startswith(f"/articles/{row[1]}/?q=") for row in found)


def test_lines_of_words_together_come_before_those_of_one_alone(ramin: Client) -> None:
    found = re.findall(r'<mark( class="alone")?>', page(ramin, q="التعاون المشترك"))
    assert found == sorted(found) and set(found) == {"", ' class="alone"'}


def test_a_line_leads_to_its_article_and_back_to_the_lines_in_their_order(ramin: Client) -> None:
    way = rows(ramin, q="خلفوف", by="before-2")[0][3].replace("&amp;", "&")
    article = ramin.get(way).content.decode()
    assert 'href="/search/concordance/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81&amp;by=before-2"' in article


def test_what_precedes_in_reading_order_stands_before_the_match(ramin: Client, five: dict[str, Article]) -> None:
    for _way, identifier, before, _url, match, after in rows(ramin, q="قطر"):
        article = Article.objects.get(identifier=identifier)
        stretch = before.removeprefix("… ") + match + after.removesuffix(" …")
        assert any(stretch in text for text in (article.kicker, article.title, article.body))


def test_phrases_misspellings_and_names_are_matches_as_in_the_list(ramin: Client) -> None:
    assert [row[4] for row in rows(ramin, q='"الجولة الأولى"')] == ["الجولة الأولى"] * 2
    assert {row[4] for row in rows(ramin, q="خلفوفا~")} == {"خلفوف"}
    assert "خلف خلفوف" in {row[4] for row in rows(ramin, q="Khalafov")}


def test_lines_are_sorted_by_the_word_behind_the_match(ramin: Client) -> None:
    from search.analysis import fold

    afters = [re.findall(r"\w+", row[5]) for row in rows(ramin, q="أذربيجان", lang="ar", by="after-1")]
    words = [fold(after[0]) if after else "\uffff" for after in afters]
    assert words == sorted(words) and len(set(words)) > 5
    assert "by=before-2" in page(ramin, q="أذربيجان")


def test_facets_chips_and_tabs_stay_in_the_view_and_keep_the_question(ramin: Client) -> None:
    html = page(ramin, q="قطر", country="qa", by="after-1").replace("&amp;", "&")
    query = urlencode({"q": "قطر", "country": "qa"})
    assert f'href="/search/?{query}"' in html
    assert f'href="/search/concordance/?{query}" rel="nofollow" aria-current="page"' in html
    assert f'href="/search/concordance/?{urlencode({"q": "قطر", "by": "after-1"})}"' in html
    assert 'action="/search/concordance/"' in html
    assert f'href="/search/concordance/?{query}"' in ramin.get(f"/search/?{query}").content.decode().replace(
        "&amp;", "&"
    )


def test_narrowing_narrows_the_lines(ramin: Client, five: dict[str, Article]) -> None:
    assert {row[1] for row in rows(ramin, q="خلفوف", lang="fa")} == {five["003"].identifier}


def test_lines_are_paged_and_the_page_says_how_many_articles_were_read(
    ramin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = rows(ramin, q="أذربيجان")
    assert "in the first" not in page(ramin, q="أذربيجان")
    monkeypatch.setattr(concordance, "ROWS", 7)
    first, second = rows(ramin, q="أذربيجان"), rows(ramin, q="أذربيجان", page=2)
    assert [row[4:] for row in first + second] == [row[4:] for row in every[:14]]
    monkeypatch.setattr(concordance, "ARTICLES", 2)
    assert "in the first 2 of 5 articles" in page(ramin, q="أذربيجان")


def test_a_file_holds_the_lines_of_the_page_and_says_where_they_stand(ramin: Client, five: dict[str, Article]) -> None:
    held = exported(ramin, q="خلفوف", sort="newest")
    assert [one["match"] for one in held] == [row[4] for row in rows(ramin, q="خلفوف", sort="newest")]
    one = next(one for one in held if one["identifier"] == five["003"].identifier and one["field"] == "body")
    assert five["003"].body[int(one["start"]) : int(one["end"])] == one["match"]
    assert one["date"] == "2023-10-04"
    response = ramin.get("/search/concordance/export/", {"q": "خلفوف", "format": "jsonl", "by": "before-1"})
    lines = [json.loads(line) for line in b"".join(response.streaming_content).decode().splitlines()]
    assert len(lines) == len(held)


def test_a_file_runs_in_no_spreadsheet(ramin: Client, five: dict[str, Article]) -> None:
    Article.objects.filter(pk=five["003"].pk).update(title="=خلف‌اف")
    assert "'=خلف‌اف" in {one["title"] for one in exported(ramin, q="خلفوف")}


def test_a_question_without_words_is_told_what_to_do(ramin: Client) -> None:
    assert "Type a word above" in page(ramin)
    assert "No article answers" in page(ramin, q="كلمةلاتوجدهنا")


@pytest.mark.parametrize("asked", [{"by": "x"}, {"by": "after-9"}, {"page": "999"}, {"q": "(((("}, {"q": "-قطر"}])
def test_nothing_in_the_address_raises_an_error(ramin: Client, asked: dict[str, str]) -> None:
    page(ramin, **{"q": "قطر", **asked})


def test_a_query_beyond_the_limits_is_refused_on_page_and_in_file(ramin: Client) -> None:
    for address in ("/search/concordance/", "/search/concordance/export/"):
        assert ramin.get(address, {"q": "ا" * 257}).status_code == 400


def test_an_index_that_cannot_answer_is_an_honest_503(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.engine.whoosh.backend import DiwanWhooshBackend

    def gone(self: object) -> None:
        raise SearchUnavailable("gone")

    monkeypatch.setattr(DiwanWhooshBackend, "generation", gone)
    for address in ("/search/concordance/", "/search/concordance/export/"):
        assert ramin.get(address, {"q": "قطر"}).status_code == 503


def test_a_page_that_did_not_change_is_not_sent_again(ramin: Client) -> None:
    tag = ramin.get("/search/concordance/", {"q": "قطر"}).headers["ETag"]
    assert ramin.get("/search/concordance/", {"q": "قطر"}, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("query", ["قطر", "وزير خارجية أذربيجان", '"الجولة الأولى"'])
def test_a_page_costs_a_fixed_number_of_queries(
    ramin: Client, query: str, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(15):
        page(ramin, q=query)


def test_a_match_leads_to_its_own_place_in_the_article(ramin: Client) -> None:
    for _way, _identifier, _before, address, match, _after in rows(ramin, q="خلفوف"):
        path, _hash, anchor = address.replace("&amp;", "&").partition("#")
        html = ramin.get(path).content.decode()
        marked = re.search(rf'<mark id="{anchor}">(.*?)</mark>', html)
        assert marked is not None and marked[1] in match
