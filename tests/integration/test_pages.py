"""The pages of articles, officials, countries and the home page, from URL to text."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord
from tests.browser.pages import EVERY_PATH
from tests.conftest import FIVE

pytestmark = pytest.mark.django_db


def html(client: Client, url: str, **parameters: object) -> str:
    response = client.get(url, parameters)
    assert response.status_code == 200, url
    return response.content.decode()


def test_an_article_says_its_language_and_direction_inside_any_interface(
    five: dict[str, Article], ramin: Client
) -> None:
    text = html(ramin, five["003"].get_absolute_url())
    assert re.search(r'<html[^>]*lang="en"[^>]*dir="ltr"', text)
    assert re.search(r'<article[^>]*lang="fa"[^>]*dir="rtl"', text)


def test_mentions_link_to_their_records(five: dict[str, Article], ramin: Client) -> None:
    text = html(ramin, five["003"].get_absolute_url())
    mentions = re.findall(r'<a class="mention" href="/officials/khalaf-khalafov/"[^>]*>(.*?)</a>', text)
    assert mentions == ["خلف اف", "خلف خلف اف", "خلف خلف اف", "خلف خلف اف"]  # the first stands in the kicker


@pytest.mark.parametrize("number", list(FIVE))
def test_the_text_is_whole_and_in_order(five: dict[str, Article], ramin: Client, number: str) -> None:
    from django.utils.html import escape

    text = re.sub(r"</?a\b[^>]*>", "", html(ramin, five[number].get_absolute_url()))
    for paragraph in five[number].paragraphs:
        assert escape(paragraph) in text


def test_metadata_leads_into_the_search(five: dict[str, Article], ramin: Client) -> None:
    text = html(ramin, five["003"].get_absolute_url())
    for link in ("/search/?source=defapress", "/search/?month=2023-10", "/search/?lang=fa"):
        assert f'href="{link}"' in text
    assert "/search/?month=" not in html(ramin, five["002"].get_absolute_url())


def test_provenance_is_shown_and_the_original_is_one_click_away(five: dict[str, Article], ramin: Client) -> None:
    article = five["001"]
    text = html(ramin, article.get_absolute_url())
    assert article.capture.payload_digest in text
    assert f"/articles/{article.identifier}/original/" in text
    assert "قرأ 604" in text  # what was removed can be seen


def test_the_original_is_sent_byte_for_byte_and_never_run(five: dict[str, Article], ramin: Client) -> None:
    response = ramin.get(f"/articles/{five['003'].identifier}/capture/")
    assert response.content == FIVE["003"].read_bytes()
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_dates_stand_in_three_calendars_and_as_printed(five: dict[str, Article], ramin: Client) -> None:
    text = html(ramin, five["003"].get_absolute_url(), ui="fa")
    for date in ("۱۲ مهر ۱۴۰۲", "۴ اکتبر ۲۰۲۳", "۱۹ ربیع‌الاول ۱۴۴۵", "۲۳:۲۳", 'datetime="2023-10-04T23:23:00+03:30"'):
        assert date in text
    assert "no date stated" in html(Client(headers={"accept-language": "en"}), five["002"].get_absolute_url())


def test_a_printed_date_without_words_runs_from_the_left(five: dict[str, Article], ramin: Client) -> None:
    """The hour of «2015-08-02 23:03» stood before its day on the page of an Arabic report."""
    Article.objects.filter(pk=five["001"].pk).update(date_as_printed="2015-08-02 23:03")
    for number, way in (("001", "ltr"), ("003", "rtl")):
        page = html(ramin, five[number].get_absolute_url())
        assert re.search(rf'<bdi lang="(ar|fa)"\s+dir="{way}">', page.partition("As printed")[2][:300]), number


def test_an_official_has_every_form_of_the_name_and_all_articles(five: dict[str, Article], ramin: Client) -> None:
    text = html(ramin, "/officials/khalaf-khalafov/")
    for form in ("خلف خلفوف", "خلف خلف‌اف", "Khalaf Khalafov", "Xələf Xələfov"):
        assert form in text
    assert re.findall(r'data-article="([0-9a-f]+)"', text) == [five["003"].identifier, five["001"].identifier]
    assert "/feeds/atom/?official=khalaf-khalafov" in text


@pytest.mark.parametrize(
    ("url", "count"), [("/countries/qa/", 2), ("/countries/az/", 5), ("/bodies/nato/", 1), ("/sources/azvision/", 1)]
)
def test_every_record_has_its_page(ramin: Client, url: str, count: int) -> None:
    assert html(ramin, url).count("data-article=") == count


def test_lists_show_who_is_met_with_counts(ramin: Client) -> None:
    assert "/countries/lv/" in html(ramin, "/countries/")
    assert "/officials/jens-stoltenberg/" in html(ramin, "/officials/")
    assert "/countries/fr/" not in html(ramin, "/countries/")


def test_a_merged_record_leads_to_the_one_that_took_its_place(ramin: Client) -> None:
    kept = AuthorityRecord.objects.get(slug="khalaf-khalafov")
    AuthorityRecord.objects.create(kind="official", slug="k-khalafov", merged_into=kept)
    response = ramin.get("/officials/k-khalafov/")
    assert (response.status_code, response.headers["Location"]) == (301, "/officials/khalaf-khalafov/")


def test_the_home_page_shows_what_the_archive_holds(five: dict[str, Article], ramin: Client) -> None:
    text = html(ramin, "/")
    assert text.count("data-article=") == 5 or five["003"].title in text
    assert "/countries/az/" in text and "/officials/khalaf-khalafov/" in text


@pytest.mark.parametrize("url", ["/articles/000000000000/", "/officials/nobody/", "/nothing/", "/articles/%00/"])
def test_what_is_not_there_is_a_404_in_words(ramin: Client, url: str) -> None:
    response = ramin.get(url)
    assert response.status_code == 404
    assert "Diwan" in response.content.decode()


def test_browsers_and_robots_get_the_files_they_ask_for(ramin: Client) -> None:
    assert "Disallow: /search/?" in ramin.get("/robots.txt").content.decode()
    assert ramin.get("/favicon.ico").headers["Location"].endswith(".svg")


@pytest.mark.parametrize("path", EVERY_PATH)
def test_no_link_leads_nowhere(five: dict[str, Article], ramin: Client, path: str) -> None:
    answer = ramin.get(urllib.parse.quote(path, safe="/:?&=%"), follow=True)
    assert 'href=""' not in answer.content.decode()


# JSON-LD is data, which no browser runs.
INLINE = r"<style|\sstyle=|<script(?! type=.application/ld.json)(?![^>]*\ssrc=)|\son\w+="


def test_every_page_forbids_what_it_does_not_need(ramin: Client) -> None:
    policy = ramin.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for url in ("/", "/search/", "/officials/khalaf-khalafov/"):
        text = html(ramin, url)
        assert not re.search(INLINE, text), url
