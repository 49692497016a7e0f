"""A reader with a phone: few taps from the first page to a citation, and the report before everything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Reader
from tests.browser.pages import LANGUAGES

Readers = Callable[..., Reader]
WIDE, HIGH = 360, 740
TAPS = 6
SMALL = 24  # pixels that a finger needs at the least


@pytest.mark.parametrize("scripts", [False, True])
@pytest.mark.parametrize(("language", "asked"), [("ar", "خلفوف"), ("fa", "خلف‌اف"), ("en", "Khalafov")])
def test_from_the_first_page_to_a_citation_in_six_taps(
    reader: Readers, language: str, asked: str, scripts: bool
) -> None:
    ramin = reader(language, WIDE, scripts=scripts)
    ramin.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = ramin.open("/")
    taps = 0

    def tap(place: Locator) -> None:
        nonlocal taps
        box = place.bounding_box()
        assert box and min(box["width"], box["height"]) >= SMALL, place
        place.click()
        taps += 1

    tap(page.locator("input[name=q]"))
    page.keyboard.type(asked)
    page.keyboard.press("Escape")  # the suggestions, which would lie over the button
    tap(page.locator("form.search button[type=submit]"))
    page.wait_for_url("**/search/?**")
    title = page.locator(".reports .title a").first
    words = title.inner_text()
    tap(title)
    page.wait_for_url("**/articles/**")
    tap(page.locator(".cite > summary"))
    cited = page.locator(".cite [data-name]").first
    cited.wait_for()
    assert words in cited.inner_text() and "/articles/" in cited.inner_text()
    if scripts:
        tap(page.locator(".cite button.copy").first)
        expect(page.locator(".tools > [role=status]")).not_to_be_empty()
        assert words in page.evaluate("navigator.clipboard.readText()")
    assert taps <= TAPS


@pytest.mark.parametrize("query", ["q=خلفوف", "q=Khalafov&country=az", "q=وزير الخارجية", "country=qa", ""])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_report_begins_on_the_first_screen(reader: Readers, language: str, query: str) -> None:
    page = reader(language, WIDE, scripts=True).open(f"/search/?{query}")
    title = page.locator(".reports .title a").first.bounding_box()
    assert title and title["y"] + title["height"] <= HIGH
