"""What stands where on a page, as an eye sees it and no checker does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Reader
from tests.browser.desk import sign_in
from tests.browser.pages import LANGUAGES
from tests.browser.server import PASSWORDS

Readers = Callable[..., Reader]
CLOSE = 64  # pixels; what belongs together stands no farther apart
A_TITLE = 300  # pixels; four or five words of a title in a line

# Letters of a list that stand in another column than the first name under them.
ALONE = """() => [...document.querySelectorAll(".many section")].filter((group) => {
  const [letter, name] = [group.querySelector("h2"), group.querySelector("li")].map((one) => one.getClientRects()[0]);
  return letter.left !== name.left;
}).map((group) => group.querySelector("h2").textContent.trim())"""


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found, selector
    return {**found, "end": found["y"] + found["height"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_beside_the_home_page_end_before_its_reports(reader: Readers, language: str) -> None:
    page = reader(language).open("/")
    page.evaluate("document.querySelector('.browse').style.alignSelf = 'start'")
    assert box(page, ".browse")["end"] <= box(page, ".latest > :last-child")["end"] + CLOSE


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_done_with_results_stands_right_below_them(reader: Readers, language: str) -> None:
    page = reader(language, scripts=True).open("/search/?q=Khalafov&country=az")
    assert 0 <= box(page, "#copy")["y"] - box(page, ".results")["end"] < CLOSE


@pytest.mark.parametrize("path", ["/countries/", "/officials/", "/bodies/", "/sources/"])
@pytest.mark.parametrize("width", [768, 1024, 1440, 2560])
def test_no_letter_stands_alone_at_the_foot_of_a_column(reader: Readers, path: str, width: int) -> None:
    page = reader("en", width).open(path)
    assert page.locator(".many section").count() > 1
    assert page.evaluate(ALONE) == []


def test_the_table_of_a_map_stands_beside_it_where_there_is_room(reader: Readers) -> None:
    page = reader("en", 1440).open("/search/map/")
    assert box(page, "[data-places]")["y"] <= box(page, ".charted > figure")["y"] + CLOSE
    page.set_viewport_size({"width": 360, "height": 900})
    assert box(page, "[data-places]")["y"] >= box(page, ".charted > figure")["end"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_curator_reads_the_titles_of_a_list(reader: Readers, address: str, language: str) -> None:
    page = reader(language).page
    sign_in(page, address, "curator", PASSWORDS[address])
    page.goto(f"{address}/admin/articles/article/")
    assert box(page, "#result_list tbody .field-headline")["width"] >= A_TITLE
