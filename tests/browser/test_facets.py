"""Narrowing in Chromium without a script: the minus, the boxes of a long facet, its search, and what is unfolded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader
from tests.browser.test_walk import IDENTIFIERS

Readers = Callable[..., Reader]


def test_a_reader_leaves_out_a_country_and_takes_it_back(reader: Readers) -> None:
    page = reader("en").open("/search/")
    page.locator("li:has([data-value=am]) .not").first.click()
    assert page.url.endswith("/search/?not-country=am")
    assert page.locator("[data-article]").first.get_attribute("data-article") == IDENTIFIERS["002"]
    page.locator(".chip").click()
    assert page.url.endswith("/search/") and page.locator("[data-article]").count() == 5


@pytest.mark.parametrize(("language", "form"), [("ar", "خلف اف"), ("fa", "خلفوف"), ("en", "Chalafow")])
def test_a_reader_finds_an_official_by_another_form_and_sees_the_articles(
    reader: Readers, language: str, form: str
) -> None:
    page = reader(language, width=360).open("/search/facet/official/?lang=ar")
    page.fill("#find", form)
    page.press("#find", "Enter")
    page.check(".values input[name=official][value=khalaf-khalafov]")
    page.locator("form[action='/search/'] button").first.click()
    assert page.url.endswith("/search/?lang=ar&official=khalaf-khalafov")
    found = [hit.get_attribute("data-article") for hit in page.locator("[data-article]").all()]
    assert found == [IDENTIFIERS["001"]]


def test_a_reader_stays_on_the_page_of_a_facet_and_goes_on_choosing(reader: Readers) -> None:
    page = reader("fa").open("/search/facet/country/?by=name")
    page.check(".values input[name=country][value=qa]")
    page.check(".values input[name=not-country][value=am]")
    page.locator("button[formaction]").click()
    assert "/search/facet/country/?" in page.url and "by=name" in page.url
    assert page.is_checked(".values input[name=country][value=qa]")
    assert page.is_checked(".values input[name=not-country][value=am]")
    assert page.locator(".chip").count() == 2


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_page_of_a_facet_fits_its_width(reader: Readers, language: str, width: int) -> None:
    guest = reader(language, width=width)
    page = guest.open("/search/facet/official/?by=post&not-country=qa")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = [box.bounding_box() for box in page.locator(".values input").all()]
    assert boxes and all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)
    assert not guest.complaints
