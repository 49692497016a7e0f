"""Names, posts and terms meet across scripts and languages: what is found, what is told, and how it is left out."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord, Post
from search import search
from search.indexing.writer import apply_all, rebuild
from search.request import SearchRequest

pytestmark = pytest.mark.django_db


def found(query: str, *, names: bool = True) -> set[str]:
    return {hit.article.identifier for hit in search(SearchRequest(q=query, names=names)).hits}


def numbers(five: dict[str, Article], query: str, *, names: bool = True) -> set[str]:
    """The found ones of the five, by the number in their file's name."""
    held = found(query, names=names)
    return {number for number, article in five.items() if article.identifier in held}


@pytest.fixture
def renamed(five: dict[str, Article], own_index: Path) -> Article:
    """The second article, telling of somebody whom no record knows."""
    article = five["002"]
    article.body += "\n\nوكان في استقبال الوفد السفير شاهماردان قوربانوف في المطار."
    article.save()
    rebuild()
    return article


@pytest.mark.parametrize("query", ["قوربانوف", "Gurbanov", "Qurbanov", "Гурбанов", "قربان‌اف"])
def test_a_name_on_no_record_is_found_by_its_sound(renamed: Article, query: str) -> None:
    assert renamed.identifier in found(query)


def test_a_match_by_sound_is_weaker_and_says_so(renamed: Article, ramin: Client) -> None:
    (hit,) = (hit for hit in search(SearchRequest(q="Gurbanov")).hits if hit.article == renamed)
    assert hit.weak
    assert "weaker match" in ramin.get("/search/", {"q": "Gurbanov"}).content.decode()
    (hit,) = (hit for hit in search(SearchRequest(q="قوربانوف")).hits if hit.article == renamed)
    assert not hit.weak
    assert "weaker match" not in ramin.get("/search/", {"q": "قوربانوف"}).content.decode()


def test_a_name_as_written_stands_before_one_that_sounds_like_it(renamed: Article, five: dict[str, Article]) -> None:
    other = five["000"]
    other.body += "\n\nقال كوربانوف إن المباحثات مستمرة."
    other.save()
    rebuild()
    hits = search(SearchRequest(q="كوربانوف")).hits
    assert hits[0].article == other
    assert not hits[0].weak


@pytest.mark.parametrize("query", ["Gurbanov", "«Gurbanov»", "«قربان‌اف»"])
def test_sound_is_left_out_on_demand_and_in_quotation_marks(renamed: Article, query: str) -> None:
    assert renamed.identifier not in found(query, names="«" in query)


def test_an_official_on_file_is_no_weak_match() -> None:
    hits = search(SearchRequest(q="Khalafov")).hits
    assert len(hits) == 2
    assert not any(hit.weak for hit in hits)


def test_a_place_has_its_other_names_only_with_names(five: dict[str, Article]) -> None:
    assert numbers(five, "طهران") == numbers(five, "تهران") != set()
    assert numbers(five, "طهران", names=False) == set()


@pytest.mark.parametrize(
    "query",
    ["مشاورات سياسية", "رایزنی سیاسی", "رایزنی‌های سیاسی", "political consultations", "Political Consultations"],
)
def test_a_term_is_found_in_every_language(five: dict[str, Article], query: str) -> None:
    assert numbers(five, query) == numbers(five, "المشاورات السياسية") != set()


def test_terms_are_left_out_on_demand_and_in_quotation_marks(five: dict[str, Article]) -> None:
    assert numbers(five, "political consultations", names=False) == set()
    assert numbers(five, "«political consultations»") == set()


def test_a_term_is_marked_as_the_article_spells_it(ramin: Client) -> None:
    html = ramin.get("/search/", {"q": "رایزنی سیاسی"}).content.decode()
    assert any("المشاورات السياسية" in mark for mark in re.findall(r"<mark>(.*?)</mark>", html))
    assert "political consultations" in html


IRAN = ["وزير خارجية إيران", "وزير الخارجية الإيراني", "وزیر امور خارجه ایران", "foreign minister of Iran"]


@pytest.mark.parametrize("query", IRAN)
def test_a_post_is_found_in_every_language_and_order(five: dict[str, Article], query: str) -> None:
    assert "003" in numbers(five, query)


def test_the_page_says_that_the_post_was_searched_for(ramin: Client) -> None:
    html = ramin.get("/search/", {"q": "وزير خارجية إيران"}).content.decode()
    assert "وزیر امور خارجه · " in html
    assert "names=0" in html


@pytest.fixture
def minister(five: dict[str, Article], own_index: Path) -> Article:
    """An article on Jeyhun Bayramov that names no post, of a day that the test chooses."""
    article = Article.objects.get(pk=five["002"].pk)
    record = AuthorityRecord.objects.get(kind="official", slug="jeyhun-bayramov")
    article.access_points.all().delete()
    article.title, article.kicker, article.body = "بيراموف يصل إلى الدوحة", "", "وصل جيهون بيراموف اليوم."
    article.dated_on = datetime.date(2022, 5, 1)
    article.save()
    article.access_points.create(record=record)
    Post.objects.filter(record=record).delete()
    rebuild()
    return article


def in_office(start: str, end: str = "", attested_on: str = "") -> None:
    record = AuthorityRecord.objects.get(kind="official", slug="jeyhun-bayramov")
    country = AuthorityRecord.objects.get(kind="country", slug="az")
    Post.objects.create(
        record=record,
        role="foreign_minister",
        country=country,
        start=start,
        end=end,
        attested_on=attested_on,
        source="a test",
    )


@pytest.mark.parametrize(
    ("start", "end", "attested_on", "is_found"),
    [
        ("2020-07-16", "", "", True),
        ("2020", "2022-05", "", True),
        ("2022-05-02", "", "", False),
        ("2020-07", "2022-04", "", False),
        ("", "", "2022-05-01", True),
        ("", "", "2022", True),
        ("", "", "2020-10-26", False),
        ("", "", "", False),
    ],
)
def test_the_post_counts_as_of_the_day_of_the_article(
    minister: Article, start: str, end: str, attested_on: str, is_found: bool
) -> None:
    in_office(start, end, attested_on)
    for query in ("وزير خارجية أذربيجان", "foreign minister of Azerbaijan"):
        assert (minister.identifier in found(query)) is is_found


def test_a_post_without_dates_counts_where_the_text_gives_the_official_this_title(minister: Article) -> None:
    in_office("", "")
    minister.body = "وصل وزير الخارجية جيهون بيراموف اليوم."
    minister.save()
    point = minister.access_points.get()
    start = minister.body.index("جيهون")
    point.mentions.create(field="body", start=start, end=start + 13, form="جيهون بيراموف", rule="name", confidence=1)
    rebuild()
    assert minister.identifier in found("وزیر امور خارجه آذربایجان")
    assert minister.identifier not in found("وزیر امور خارجه آذربایجان", names=False)


def test_a_change_of_an_article_changes_the_terms_it_is_found_by(five: dict[str, Article], own_index: Path) -> None:
    article = five["000"]
    assert article.identifier not in found("prisoner exchange")
    article.body += "\n\nوبحث الجانبان تبادل الأسرى."
    article.save()
    from archive.articles.signals import visibility_changed

    visibility_changed.send(Article, articles=[article])
    apply_all()
    assert article.identifier in found("prisoner exchange")
