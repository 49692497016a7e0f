"""Dates by keyboard and without a script: down the histogram, a range as typed, another calendar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Reader

Readers = Callable[..., Reader]


def total(page: Page) -> str | None:
    return page.locator("[data-total]").get_attribute("data-total")


@pytest.mark.parametrize("width", [320, 1440])
def test_a_reader_walks_down_to_a_day_by_keyboard(reader: Readers, width: int) -> None:
    page = reader("fa", width).open("/search/")
    for label in ("۱۴۰۲", "مهر ۱۴۰۲", "۱۲ مهر ۱۴۰۲"):
        if width == 320:
            page.locator("#facets > summary").click()
        bar = page.locator(f".histogram a[aria-label^='{label}:']")
        bar.focus()
        assert page.evaluate("document.activeElement.getBoundingClientRect().height") >= 24
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert total(page) == "1"
    assert page.url.endswith("?from=2023-10-04&until=2023-10-04")


def test_a_reader_types_a_range_and_takes_it_away(reader: Readers) -> None:
    page = reader("ar").open("/search/?country=az")
    page.fill("#from", "تشرين الأول 2020")
    page.fill("#until", "«مهر ۱۴۰۲»")
    page.press("#until", "Enter")
    assert "country=az" in page.url and total(page) == "2"
    assert page.input_value("#until") == "«مهر ۱۴۰۲»"
    page.locator(".chip", has_text="2020").click()
    assert "from=" not in page.url and total(page) == "5"


def test_a_reader_changes_the_calendar_and_it_stays(reader: Readers) -> None:
    page = reader("en").open("/search/?month=2023-10")
    assert page.locator(".chip bdi").inner_text() == "October 2023"
    page.get_by_role("link", name="Solar Hijri").click()
    assert page.locator(".chip bdi").inner_text() == "9 Mehr 1402 – 9 Aban 1402"
    page.locator("[data-article] .title a").click()
    assert "12 Mehr 1402" in page.locator(".meta-line, .meta").first.inner_text()


def test_the_table_says_what_the_bars_say(reader: Readers) -> None:
    page = reader("en").open("/search/")
    page.locator(".dates details summary").click()
    rows = page.locator(".dates tbody tr").all_inner_texts()
    assert [row.split() for row in rows] == [["2019", "1"], ["2020", "1"], ["2021", "0"], ["2022", "0"], ["2023", "1"]]
