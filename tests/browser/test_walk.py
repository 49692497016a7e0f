"""A newcomer's walk through the archive in Chromium, with scripts off unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.captures.payloads import PayloadStore
from tests.browser.conftest import Reader
from tests.conftest import FIVE

IDENTIFIERS = {number: PayloadStore.digest(path.read_bytes())[:12] for number, path in FIVE.items()}
Readers = Callable[..., Reader]
PAGES = [
    "/search/facet/country/?by=name",
    "/",
    "/search/",
    "/search/?q=Khalafov",
    "/officials/",
    "/search/facet/country/",
    "/officials/khalaf-khalafov/",
    "/countries/qa/",
]


@pytest.mark.parametrize("spelling", ["خلفوف", "خلف‌اف", "خلف اف", "خلفاف", "Khalafov"])
def test_a_reader_types_any_spelling_and_finds_both_reports(reader: Readers, spelling: str) -> None:
    page = reader("ar").open("/")
    page.fill("input[name=q]", spelling)
    page.press("input[name=q]", "Enter")
    assert page.locator("[data-total]").get_attribute("data-total") == "2"
    found = {hit.get_attribute("data-article") for hit in page.locator("[data-article]").all()}
    assert found == {IDENTIFIERS["001"], IDENTIFIERS["003"]}
    assert page.locator("mark").count() >= 2


def test_a_reader_narrows_widens_and_reads(reader: Readers) -> None:
    page = reader("en").open("/search/")
    page.locator("[data-facet=country][data-value=qa]").first.click()
    assert "country=qa" in page.url
    assert page.locator("[data-total]").get_attribute("data-total") == "2"
    page.locator("[data-facet=lang][data-value=ar]").first.click()
    page.locator("[data-facet=country][data-value=qa]").first.click()
    assert "country" not in page.url and "lang=ar" in page.url
    page.locator("[data-article] a").first.click()
    assert page.locator("article[lang=ar][dir=rtl]").count() == 1


def test_a_reader_goes_from_a_mention_to_the_person_and_to_the_other_report(reader: Readers) -> None:
    page = reader("fa").open(f"/articles/{IDENTIFIERS['003']}/")
    page.locator("a.mention[href='/officials/khalaf-khalafov/']").first.click()
    page.wait_for_url("**/officials/khalaf-khalafov/")
    assert "خلف خلفوف" in page.content()
    page.locator(f"[data-article='{IDENTIFIERS['001']}'] a").first.click()
    assert page.locator("h1").inner_text().strip() == "وزارتا خارجية أذربيجان ولاتفيا تجري مشاورات سياسية"


def test_a_reader_changes_the_language_and_the_page_turns_round(reader: Readers) -> None:
    guest = reader("en")
    page = guest.open("/search/?q=Khalafov")
    title = page.locator("h1, .brand, header a").first
    before = title.bounding_box()
    page.locator("a[href*='ui=ar']").first.click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert "q=Khalafov" in page.url
    after = page.locator("h1, .brand, header a").first.bounding_box()
    assert before and after and after["x"] > before["x"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["ar", "fa", "en"])
@pytest.mark.parametrize(("width", "dark"), [(320, False), (360, True), (1440, False)])
def test_pages_fit_their_width_and_ask_nobody_else(
    reader: Readers, path: str, language: str, width: int, dark: bool
) -> None:
    guest = reader(language, width, dark, scripts=True)
    page = guest.open(path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert guest.complaints == []


def test_narrow_pages_show_results_before_facets(reader: Readers) -> None:
    page = reader("ar", 360).open("/search/?q=قطر")
    result = page.locator("[data-article]").first.bounding_box()
    facet = page.locator("#facets").bounding_box()
    assert result and facet and result["y"] < facet["y"]


def test_facets_open_on_a_narrow_page_without_a_script(reader: Readers) -> None:
    page = reader("fa", 360).open("/search/")
    value = page.locator("[data-facet=country][data-value=az]").first
    if not value.is_visible():
        page.locator("#facets > summary").click()
    assert value.is_visible()


def test_the_focus_can_be_seen_and_begins_with_the_way_to_the_content(reader: Readers) -> None:
    page = reader("ar", scripts=True).open("/search/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'") or page.evaluate(
        "getComputedStyle(document.activeElement).boxShadow !== 'none'"
    )


def test_targets_are_large_enough_to_hit(reader: Readers) -> None:
    page = reader("en", 360, scripts=True).open("/search/")
    page.locator("#facets > summary").click()
    for link in page.locator("[data-facet], nav a, .pagination a").all():
        box = link.bounding_box()
        assert not link.is_visible() or (box and box["height"] >= 24), link.inner_text()
