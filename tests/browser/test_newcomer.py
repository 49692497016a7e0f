"""A newcomer's walk, from a question to a footnote, with scripts off and on, in three languages."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable

import bibtexparser
import feedparser
import pytest
import rispy
from playwright.sync_api import Page

from tests.browser.conftest import Reader
from tests.browser.pages import ARTICLE, PERSIAN

Readers = Callable[..., Reader]
pytestmark = pytest.mark.parametrize(
    ("language", "scripts"), [("ar", False), ("fa", False), ("en", False), ("ar", True), ("fa", True), ("en", True)]
)


def fetched(page: Page, selector: str) -> str:
    """What stands behind a link of the page, in the reader's language."""
    address = page.locator(selector).first.evaluate("link => link.href")
    with urllib.request.urlopen(address) as answer:  # noqa: S310
        return str(answer.read().decode("utf-8-sig"))


def test_reports_are_found_by_name_and_years(reader: Readers, language: str, scripts: bool) -> None:
    page = reader(language, scripts=scripts).open("/")
    page.fill("input[name=q]", "Khalafov")
    page.press("input[name=q]", "Enter")
    page.fill("input[name=from]", "2020")
    page.fill("input[name=until]", "۱۴۰۲")
    page.press("input[name=until]", "Enter")
    page.wait_for_url("**until=**")
    found = {hit.get_attribute("data-article") for hit in page.locator("[data-article]").all()}
    assert found == {ARTICLE, PERSIAN}
    assert len(rispy.loads(fetched(page, "a[href*='format=ris']"))) == 2
    assert len(bibtexparser.parse_string(fetched(page, "a[href*='format=bib']")).entries) == 2
    feed = feedparser.parse(fetched(page, "a[type='application/atom+xml']"))
    assert not feed.bozo and len(feed.entries) == 2


def test_an_arabic_and_a_persian_report_are_compared(reader: Readers, language: str, scripts: bool) -> None:
    """By their address: three years lie between them, so that no page offers it."""
    page = reader(language, scripts=scripts).open(f"/articles/{ARTICLE}/")
    assert page.locator(f"a[href*='/witnesses/'][href*='{PERSIAN}']").count() == 0
    page.goto(page.url.partition("?")[0] + f"witnesses/?with={PERSIAN}")
    sides = page.locator("[data-side]")
    assert [side.get_attribute("lang") for side in sides.all()] == ["ar", "fa"]
    shared = [set(side.locator("mark").all_inner_texts()) for side in sides.all()]
    assert any("خلف خلفوف" in text for text in shared[0]) and any("خلف" in text for text in shared[1])


def test_both_are_kept_cited_and_exported(reader: Readers, language: str, scripts: bool) -> None:
    page = reader(language, scripts=scripts).open("/search/?q=Khalafov")
    for number in range(2):
        page.locator("form.shelve button[name=action]").nth(number).click()
        page.wait_for_load_state()
    page.locator("header a[href='/shelf/']").click()
    page.wait_for_url("**/shelf/")
    assert page.locator("input[type=checkbox]:checked").count() == 2
    page.locator("form[action='/shelf/cite/'] button").first.click()
    page.wait_for_url("**/shelf/cite/**")
    entries = page.locator(".bibliography li")
    assert entries.count() == 2 and all("/articles/" in one for one in entries.all_inner_texts())
    page.go_back()
    with page.expect_download() as download:
        page.locator("button[value=ris]").click()
    assert len(rispy.loads(download.value.path().read_text("utf-8"))) == 2


def test_the_search_is_saved_and_its_feed_followed(reader: Readers, language: str, scripts: bool) -> None:
    page = reader(language, scripts=scripts).open("/search/?q=Khalafov")
    page.locator("form[action='/shelf/searches/'] button").click()
    page.wait_for_load_state()
    page.locator("header a[href='/shelf/']").click()
    page.wait_for_url("**/shelf/")
    assert len(feedparser.parse(fetched(page, ".saved a[type='application/rss+xml']")).entries) == 2
