"""Views of a result set: the whole width, a line that narrows, pictures that can be read; what a first page weighs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Request

from tests.browser.conftest import Reader

Readers = Callable[..., Reader]
VIEWS = ("concordance", "timeline", "together", "wording")
PICTURES = ("/search/timeline/", "/search/together/", "/search/wording/?q=قطر&unit=year", "/search/map/")
KILOBYTES, REQUESTS = 100, 12  # of a first page of results, all that it asks for


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [768, 1440, 2560])
def test_a_view_takes_the_whole_width(reader: Readers, view: str, width: int) -> None:
    page = reader("fa", width).open(f"/search/{view}/?q=قطر")
    results, ask = page.locator(".results").bounding_box(), page.locator(".ask").bounding_box()
    assert results and ask and results["width"] == ask["width"]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scripts", [False, True])
def test_a_view_is_narrowed_from_a_line_of_chips(reader: Readers, width: int, scripts: bool) -> None:
    page = reader("ar", width, scripts=scripts).open("/search/timeline/")
    chips = page.locator("#facets summary.chip")
    tops = {round(box["y"]) for chip in chips.all() if (box := chip.bounding_box())}
    assert chips.count() > 3 and len(tops) == 1
    choice = page.locator("#facets [data-facet=country][data-value=az]")
    assert not choice.is_visible()
    chips.filter(has_text="الدولة").click()
    box = choice.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    choice.click()
    page.wait_for_url("**/search/timeline/?country=az")
    assert page.locator(".chips .chip[href='/search/timeline/']").is_visible()


@pytest.mark.parametrize("path", PICTURES)
def test_letters_of_a_picture_are_as_large_on_a_narrow_page(reader: Readers, path: str) -> None:
    """A picture that has no room scrolls; it does not shrink."""
    page = reader("en", 360).open(path)
    sizes = page.locator(".results .scroll:not(.chips) svg text").evaluate_all(
        "all => all.map(one => 14 * one.getScreenCTM().a)"
    )
    assert sizes and min(sizes) >= 13.9


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_grows_with_the_text(reader: Readers, path: str) -> None:
    page = reader("en", 360).open(path)
    picture = page.locator(".results .scroll:not(.chips) svg").first
    before = picture.bounding_box()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    after = picture.bounding_box()
    assert before and after and after["width"] == pytest.approx(2 * before["width"], rel=0.02)


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_a_map_shows_its_places_before_it_is_scrolled(reader: Readers, language: str) -> None:
    page = reader(language, 360).open("/search/map/")
    place = page.locator("figure a[href*='country=qa'] .bar").bounding_box()
    assert place and place["x"] >= 0 and place["x"] + place["width"] <= 360
    page.set_viewport_size({"width": 1440, "height": 900})
    figure = page.locator("figure:has(#map-title)")
    picture, caption = (figure.locator(part).bounding_box() for part in ("svg", "figcaption"))
    assert picture and caption
    beyond = 0 if language == "en" else caption["width"] - picture["width"]  # a page from the right begins there
    assert picture["x"] == pytest.approx(caption["x"] + beyond, abs=1)


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_a_first_page_of_results_is_light(reader: Readers, language: str) -> None:
    guest = reader(language, 360, scripts=True)
    asked: list[Request] = []
    guest.page.on("requestfinished", lambda request: asked.append(request))
    guest.page.goto(f"{guest.address}/search/?q=قطر", wait_until="networkidle")
    sizes = [request.sizes() for request in asked]
    assert 3 < len(asked) <= REQUESTS
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) < KILOBYTES * 1000
