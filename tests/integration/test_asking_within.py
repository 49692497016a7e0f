"""Further words asked within a set of results: on the page, in its links, in feeds and files, on the five articles."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client

from search.question.address import read_request, url
from search.request import WITHIN, SearchRequest
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db


def page(client: Client, **asked: object) -> str:
    return on_one_line(client.get("/search/", asked).content.decode()).replace("&amp;", "&")


def total(html: str) -> int:
    return int(re.search(r'data-total="(\d+)"', html)[1])


def test_results_have_the_further_words_as_well(ramin: Client) -> None:
    every, some = total(page(ramin, q="أذربيجان")), total(page(ramin, q="أذربيجان", within="لاتفيا"))
    assert 0 < some < every and some == total(page(ramin, q="أذربيجان لاتفيا"))
    either = total(page(ramin, q="قطر OR لاتفيا", within="خلفوف"))
    assert either == total(page(ramin, q="(قطر OR لاتفيا) خلفوف"))


def test_the_box_keeps_filters_size_order_and_words(ramin: Client) -> None:
    html = page(ramin, q="وزير", lang="ar", size="50", sort="oldest", within="الخارجية", page="1")
    form = re.search(r'<form class="within".*?</form>', html)[0]
    kept = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', form)
    assert kept == [("q", "وزير"), ("within", "الخارجية"), ("lang", "ar"), ("sort", "oldest"), ("size", "50")]
    assert '<input id="q"' in html and 'value="وزير"' in html


def test_a_chip_takes_the_further_words_off_and_nothing_else(ramin: Client) -> None:
    html = page(ramin, q="أذربيجان", within=["لاتفيا", "خلفوف"], country="az", size="50")
    chips = re.findall(
        r'<a class="chip" href="([^"]+)"[^>]*> ?<span class="hidden">Take away:</span> ?<bdi>([^<]+)', html
    )
    assert [words for _url, words in chips][:2] == ["لاتفيا", "خلفوف"]
    assert chips[0][0] == f"/search/?q={quote('أذربيجان')}&within={quote('خلفوف')}&country=az&size=50"
    assert chips[1][0] == f"/search/?q={quote('أذربيجان')}&within={quote('لاتفيا')}&country=az&size=50"


def test_other_words_in_the_first_box_are_asked_with_the_same_further_ones(ramin: Client) -> None:
    form = re.search(r'<form class="search".*?</form>', page(ramin, q="أذربيجان", within="لاتفيا"))[0]
    assert '<input type="hidden" name="within" value="لاتفيا">' in form


def test_the_address_says_what_was_asked_and_comes_back_as_it_was() -> None:
    asked = read_request(QueryDict(f"q={quote('قطر')}&within={quote('لاتفيا')}&within=&within={quote('خلفوف OR علي')}"))
    assert asked.q == "قطر لاتفيا (خلفوف OR علي)"
    assert asked.typed == "قطر" and asked.further == ("لاتفيا", "خلفوف OR علي")
    assert read_request(QueryDict(asked.to_query())) == asked
    assert url(asked.asked_within()) == f"/search/?q={quote('قطر')}"
    many = read_request(QueryDict("&".join(f"within=word{number}" for number in range(9))))
    assert len(many.further) == WITHIN and read_request(QueryDict(many.to_query())) == many


def test_another_question_has_no_further_words() -> None:
    asked = SearchRequest(q="قطر").asked_within("لاتفيا")
    assert replace(asked, q="باكو").to_query() == f"q={quote('باكو')}"


def test_feeds_files_and_other_views_ask_the_same(ramin: Client) -> None:
    html = page(ramin, q="أذربيجان", within="لاتفيا")
    asked = f"?q={quote('أذربيجان')}&within={quote('لاتفيا')}"
    assert f"/feeds/rss/{asked}" in html and f"/search/export/{asked}" in html and f"/search/map/{asked}" in html
    found = ramin.get(f"/search/export/{asked}&format=csv")
    assert int(found.headers["X-Total-Count"]) == total(html)


def test_one_result_is_not_searched_within(ramin: Client) -> None:
    assert 'class="within"' in page(ramin, q="أذربيجان") and 'class="within"' not in page(ramin, q="كلمةلاتوجدهنا")


def test_further_words_count_as_words_of_the_query(ramin: Client) -> None:
    assert ramin.get("/search/", {"q": "قطر", "within": "ا" * 256}).status_code == 400
    html = page(ramin, q="(", within=") -\x00 «")
    assert "Search within these results" in html or "No article answers" in html
