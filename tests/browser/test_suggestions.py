"""Suggestions in Chromium: by keyboard and by mouse, in both directions, and nothing missing without the script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Reader

Readers = Callable[..., Reader]
BOX, OPTIONS = "input[name=q]", "[role=listbox] [role=option]"


def typed(page: Page, text: str) -> None:
    page.locator(BOX).press_sequentially(text, delay=10)
    page.locator(f'[role=listbox][data-of="{text}"] [role=option]').first.wait_for()


def chosen(page: Page) -> str:
    """The line that a screen reader speaks: the one that the box points to, which also says that it is selected."""
    pointed = page.locator(BOX).get_attribute("aria-activedescendant")
    selected = page.locator(f"{OPTIONS}[aria-selected=true]")
    if not pointed:
        assert selected.count() == 0
        return ""
    assert selected.get_attribute("id") == pointed
    return " ".join(selected.inner_text().split())


@pytest.mark.parametrize(
    ("language", "text", "line"),
    [
        ("ar", "خلف", "خلف خلفوف مسؤول 2"),
        ("fa", "خلف‌ا", "خلف‌اف خلف خلف‌اف مقام ۲"),
        ("en", "khal", "Khalaf Khalafov official 2"),
    ],
)
def test_a_reader_walks_the_list_by_keyboard(reader: Readers, language: str, text: str, line: str) -> None:
    guest = reader(language, scripts=True)
    page = guest.open("/")
    typed(page, text)
    box = page.locator(BOX)
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "true")
    assert page.locator("[role=listbox]").get_attribute("id") == box.get_attribute("aria-controls")
    assert chosen(page) == ""
    box.press("ArrowDown")
    assert chosen(page) == line
    box.press("ArrowUp")
    assert chosen(page) == ""
    assert box.input_value() == text
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/search/?official=khalaf-khalafov")
    assert page.locator("[data-total]").get_attribute("data-total") == "2"
    assert guest.complaints == []


def test_a_reader_who_is_faster_than_the_list_gets_the_line_of_what_was_typed(reader: Readers) -> None:
    page = reader("en", scripts=True).open("/")
    typed(page, "qat")
    page.locator(BOX).evaluate(
        "(box, keys) => { box.value = 'khal'; box.dispatchEvent(new Event('input'));"
        " for (const key of keys) box.dispatchEvent(new KeyboardEvent('keydown', {key})) }",
        ["ArrowDown"],
    )
    page.locator('[role=listbox][data-of="khal"] [aria-selected=true]').wait_for()
    page.wait_for_timeout(300)  # longer than the pause after which typing asks
    assert chosen(page) == "Khalaf Khalafov official 2"


def test_the_arrows_go_round_through_the_box(reader: Readers) -> None:
    page = reader("ar", scripts=True).open("/")
    typed(page, "وز")
    count = page.locator(OPTIONS).count()
    assert count > 2
    page.locator(BOX).press("ArrowUp")
    assert chosen(page) == " ".join(page.locator(OPTIONS).last.inner_text().split())
    for _step in range(count + 1):
        page.locator(BOX).press("ArrowDown")
    assert chosen(page) == " ".join(page.locator(OPTIONS).last.inner_text().split())


def test_escape_closes_the_list_and_keeps_what_was_typed(reader: Readers) -> None:
    page = reader("en", scripts=True).open("/search/")
    typed(page, "qat")
    page.locator(BOX).press("Escape")
    assert page.locator(OPTIONS).first.is_hidden()
    assert page.locator(BOX).get_attribute("aria-expanded") == "false"
    assert page.locator(BOX).input_value() == "qat"
    page.locator(BOX).press("ArrowDown")
    assert chosen(page) == "Qatar country 2"


def test_enter_without_a_choice_searches_for_what_was_typed(reader: Readers) -> None:
    page = reader("ar", scripts=True).open("/")
    typed(page, "خلف")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_a_line_can_be_clicked(reader: Readers) -> None:
    page = reader("fa", 360, scripts=True).open("/")
    typed(page, "قط")
    page.locator(OPTIONS).first.click()
    page.wait_for_url("**/search/?country=qa")


@pytest.mark.parametrize(("language", "width"), [("ar", 320), ("fa", 1440), ("en", 360)])
def test_the_list_stands_under_the_box_and_inside_the_page(reader: Readers, language: str, width: int) -> None:
    guest = reader(language, width, dark=width == 360, scripts=True)
    page = guest.open("/")
    typed(page, "خلف")
    box, panel = page.locator(BOX).bounding_box(), page.locator("[role=listbox]").bounding_box()
    assert box and panel and panel["y"] >= box["y"] + box["height"]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert guest.complaints == []


def test_the_number_of_lines_is_spoken(reader: Readers) -> None:
    page = reader("fa", scripts=True).open("/")
    typed(page, "قط")
    assert page.locator("form [role=status]").inner_text().endswith(": ۲")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_without_a_script_the_box_is_a_plain_search_field(reader: Readers, language: str) -> None:
    page = reader(language).open("/")
    box = page.locator(BOX)
    assert (box.get_attribute("type"), box.get_attribute("role")) == ("search", None)
    assert page.locator("[role=listbox]").count() == 0
    box.fill("خلفوف")
    box.press("Enter")
    assert page.locator("[data-total]").get_attribute("data-total") == "2"


def test_a_server_that_does_not_answer_leaves_the_form_as_it_is(reader: Readers) -> None:
    page = reader("en", scripts=True).open("/")
    page.route("**/suggest/**", lambda route: route.abort())
    page.locator(BOX).press_sequentially("khal")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/search/?q=khal")
