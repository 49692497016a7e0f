"""R26, R28, R29, R30, R32: whatever is asked, it is a question: look-alikes found, markup and SQL mere letters."""

from __future__ import annotations

import itertools
import json
import random
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client

from archive.articles.models import Article
from archive.curation import actions
from search.analysis import fold
from search.indexing.writer import apply_all
from tests.browser.pages import ARTICLE

pytestmark = pytest.mark.django_db

# One letter for another, as keyboards, copyists and code pages write them.
TWINS = [
    ("ي", "ی"), ("ك", "ک"), ("ة", "ه"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ی"), ("ؤ", "و"),
]  # fmt: skip
MARKS = ("ـ", "َ", "ِ", "ُ", "ْ", "ّ")  # tatweel and vocal signs
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


def look_alikes(words: list[str]) -> list[tuple[str, str]]:
    """Pairs of one word in two spellings, made of words that stand in the five articles."""
    pairs = []
    for word in words:
        pairs += [(word, word.replace(one, other)) for one, other in TWINS if one in word]
        pairs += [(word, word[:2] + mark + word[2:]) for mark in MARKS if len(word) > 3]
    return [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]


def total(client: Client, query: str) -> int:
    return int(client.get("/api/v1/articles", {"q": query}).json()["total"])


def test_r26_two_hundred_pairs_of_look_alikes_find_the_same(five: dict[str, Article], ramin: Client) -> None:
    words = sorted({word for held in five.values() for word in re.findall(r"\b[ء-ي]{4,}\b", held.body)})
    of_each = [next(word for word in words if one in word) for one, _other in TWINS]
    pairs = look_alikes([*of_each, *random.Random(26).sample(words, 60)])[:220]  # noqa: S311
    assert len(pairs) >= 200
    unlike = [(one, other) for one, other in pairs if fold(one) != fold(other)]
    assert not unlike
    for one, other in pairs[::10]:
        assert total(ramin, one) == total(ramin, other) > 0, (one, other)


def test_r26_digits_of_three_scripts_are_one_number(five: dict[str, Article], ramin: Client) -> None:
    numbers = {found for held in five.values() for found in re.findall(r"\b[0-9٠-٩۰-۹]{2,4}\b", held.body)}
    assert numbers
    plain = str.maketrans("".join(DIGITS[1:]), DIGITS[0] * 2)
    for number in numbers:
        forms = {number.translate(plain).translate(str.maketrans(DIGITS[0], script)) for script in DIGITS}
        assert len({total(ramin, form) for form in forms}) == 1, number


CANARY = "\"'><svg onload=canary()><script>canary()</script>"
REFLECTING = {
    "/search/": ("q", "country", "official", "sort", "from", "until", "page", "ui", "cal", "size", "month"),
    "/search/concordance/": ("q", "by"),
    "/search/wording/": ("q", "with", "unit"),
    "/search/collocates/": ("q", "with", "of"),
    "/search/facet/country/": ("q", "find", "by"),
    "/explain/word/": ("q",),
    "/officials/": ("q", "find", "page"),
    "/shelf/": ("a",),
    "/account/sign-in/": ("next",),
    "/alerts/": ("q", "country"),
    f"/articles/{ARTICLE}/": ("q", "hl"),
    f"/articles/{ARTICLE}/witnesses/": ("with",),
    f"/articles/{ARTICLE}/mistake/": ("about",),
}
ASKED = [(path, name) for path, names in REFLECTING.items() for name in names]


class _Elements(HTMLParser):
    """What an HTML reader takes for an element that runs, or for an attribute of one."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any(name.startswith("on") for name, _value in attrs):
            self.wrong.append(tag)
        if any(name in {"href", "src", "action"} and (value or "").startswith("javascript:") for name, value in attrs):
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and "canary" in data and "<" in data:
            self.wrong.append("script")


@pytest.mark.parametrize(("path", "name"), ASKED)
def test_r28_what_is_typed_is_shown_as_letters(five: dict[str, Article], ramin: Client, path: str, name: str) -> None:
    for typed in (CANARY, "javascript:canary()", "</title><script>canary()</script>", "{{7*191}}"):
        answer = ramin.get(path, {name: typed})
        assert answer.status_code in {200, 302, 400, 404}
        if answer.status_code != 302 and answer.headers["Content-Type"].startswith("text/html"):
            assert not _Elements(answer.content.decode()).wrong, typed
            assert "1337" not in answer.content.decode()
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/{}", "/articles/{}/", "/officials/{}/", "/dates/solar/{}/"])
def test_r28_a_page_that_is_not_there_shows_its_address_as_letters(five: Any, ramin: Client, path: str) -> None:
    answer = ramin.get(path.format(quote(CANARY, safe="")))
    assert answer.status_code == 404 and not _Elements(answer.content.decode()).wrong


def test_r28_json_of_pages_and_programs_is_no_markup(five: dict[str, Article], ramin: Client, own_index: Any) -> None:
    actions.edit(five["000"], {"title": f"خبر </script>{CANARY}"})
    apply_all()
    html = ramin.get(five["000"].get_absolute_url()).content.decode()
    assert not _Elements(html).wrong and "<svg onload" not in html
    for address in ("/suggest/?q=", "/api/v1/suggest?q=", "/api/v1/articles?q="):
        answer = ramin.get(address + quote(CANARY))
        assert answer.headers["Content-Type"].startswith(("application/", "text/plain"))
        json.loads(answer.content)
    assert b"<svg onload" not in ramin.get("/opensearch.xml", {"ui": CANARY}).content


INJECTIONS = [
    "' OR 1=1--",
    "') UNION SELECT password FROM auth_user--",
    '"; DROP TABLE articles_article;--',
    "%",
    "_",
    "%' ESCAPE '",
]


@pytest.mark.parametrize("typed", INJECTIONS)
def test_r29_no_parameter_is_a_part_of_a_statement(five: dict[str, Article], ramin: Client, typed: str) -> None:
    """Every value stands beside the statement, never in it; and what is typed finds no more than it says."""
    written: list[str] = []

    def noted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        for path, name in ASKED:
            assert ramin.get(path, {name: typed}).status_code < 500
        for path in ("/officials/{}/", "/articles/{}/", "/countries/az/{}/", "/sources/{}/"):
            assert ramin.get(path.format(quote(typed, safe=""))).status_code in {301, 302, 404}
    assert written and not [sql for sql in written if len(typed) > 1 and typed in sql]
    assert Article.objects.count() == 5


def test_r29_an_unknown_order_is_the_usual_one(five: dict[str, Article], ramin: Client) -> None:
    def told(**asked: str) -> tuple[list[str], list[str]]:
        page = ramin.get("/search/", asked).content.decode()
        return re.findall(r'data-article="(\w+)"', page), re.findall(r'href="([^"]*[?;]country=[^"]*)"', page)

    order, links = told(sort="dated_on; DROP TABLE articles_article")
    assert order == told()[0] != []
    assert links and not [link for link in links if "DROP" in link], "no link leads on with it"


FIELDS = [
    "status:draft",
    "id:*",
    "django_ct:*",
    "text_norm:*",
    "rights:description",
    "_id:*",
    "*:*",
    "status:withdrawn",
]
PIECES = (
    r"""" ' ( ) \ [ ] { } ^9 ~2 ~ * ? OR NOT AND - + : title: TO قطر وزير .. NEAR/3 / && || ! @ < > = ، ؟""".split()
)


def test_r30_five_hundred_hostile_questions_are_answered_and_none_shows_a_draft(
    five: dict[str, Article], ramin: Client, own_index: Any
) -> None:
    title = f'"{five["004"].title}"'
    assert total(ramin, title)
    actions.withdraw(five["004"])
    apply_all()
    assert not total(ramin, title), "a number tells of it, too"
    chosen = random.Random(30)  # noqa: S311
    asked = [*FIELDS, "(" * 3000, ")" * 3000, '"' * 999, "\\" * 999, "NOT " * 300, "-قطر", "NOT قطر OR *", "a" * 50_000]
    asked += [" ".join(chosen.choices(PIECES, k=chosen.randint(1, 9))) for _number in range(500)]
    for query in asked:
        answer = ramin.get("/api/v1/articles", {"q": query})
        assert answer.status_code in {200, 400, 422}, query
        assert five["004"].identifier not in answer.content.decode(), query
    for query in asked[:: len(asked) // 20]:
        page = ramin.get("/search/", {"q": query})
        assert page.status_code in {200, 400} and five["004"].identifier not in page.content.decode()


@pytest.mark.parametrize("query", FIELDS)
def test_r30_a_field_that_readers_do_not_have_is_letters(five: dict[str, Article], ramin: Client, query: str) -> None:
    assert total(ramin, query) == total(ramin, f'"{query}"')


ABUSES = [
    {"page": "1000000000"}, {"page": "-1"}, {"page": "abc"}, {"page": "٣"}, {"page": "1" * 400}, {"size": "1000000"},
    {"from": "9999-99-99"}, {"until": "0000-00-00"}, {"from": "9" * 5000}, {"country": ["az"] * 300},
    {"q": ["قطر", "x"] * 500}, {"month": "2020-13"}, {"year": "-5"}, {"cal": ["solar"] * 90}, {"sort": ["a"] * 50},
]  # fmt: skip


@pytest.mark.parametrize("asked", ABUSES, ids=lambda asked: str(asked)[:30])
@pytest.mark.parametrize("path", ["/search/", "/api/v1/articles", "/officials/", "/feeds/rss/"])
def test_r32_what_makes_no_sense_is_clamped_or_told(
    five: dict[str, Article], ramin: Client, path: str, asked: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    ramin.get(path)
    with django_assert_max_num_queries(25):
        answer = ramin.get(f"{path}?{urlencode(asked, doseq=True)}")
    assert answer.status_code in {200, 301, 302, 400, 404, 422}
    assert len(answer.content) < 400_000


def test_r32_five_thousand_parameters_cost_no_more_than_one(five: dict[str, Article], ramin: Client) -> None:
    many = urlencode([(f"{name}{number}", "x") for number, name in itertools.product(range(1000), "abcde")])
    assert ramin.get(f"/search/?{many}").status_code in {200, 400}
