"""An article in a real browser: from hit to hit by keyboard and without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import ARTICLE, PERSIAN

QUESTION = "/search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81"


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
@pytest.mark.parametrize("width", [360, 1440])
def test_a_reader_walks_from_hit_to_hit_and_back(reader: object, language: str, width: int) -> None:
    ramin = reader(language=language, width=width)
    ramin.page.emulate_media(reduced_motion="reduce")  # no scrolling to wait for
    page = ramin.open(QUESTION + "&lang=fa")
    page.locator(".reports .title a").first.click()
    assert page.locator(".hop:visible").count() == 0
    page.locator(".back a").nth(1).click()
    for number in (1, 2, 3):
        assert page.url.endswith(f"#hit-{number}")
        bar = page.locator(".hop:visible")
        assert bar.count() == 1
        mark, box = page.locator(f"#hit-{number}").bounding_box(), bar.bounding_box()
        assert mark["y"] >= 0 and mark["y"] + mark["height"] <= box["y"]  # in sight, and not behind the bar
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        bar.locator(f'a[href="#hit-{number + 1}"]').click()
    page.locator(".hop:visible a").last.click()
    assert QUESTION in page.url
    assert not ramin.complaints


@pytest.mark.parametrize("width", [360, 1440])
def test_a_hit_marked_in_a_title_covers_nothing_above_it(reader: object, width: int) -> None:
    page = reader(language="ar", width=width).open(
        f"/articles/{ARTICLE}/?q=%D8%A3%D8%B0%D8%B1%D8%A8%D9%8A%D8%AC%D8%A7%D9%86"
    )
    mark = page.locator("h1 mark").first.bounding_box()
    links = [link.bounding_box() for link in page.locator(".back a").all()]
    assert links and all(link["y"] + link["height"] <= mark["y"] + 1 for link in links)


def test_an_article_is_put_on_the_shelf_with_its_citations_open_and_the_page_where_it_stands(reader: object) -> None:
    ramin = reader(language="ar", width=360, scripts=True)
    page = ramin.open(f"/articles/{ARTICLE}/")
    page.locator(".cite > summary").click()
    button = page.locator(".tools .shelve button")
    page.evaluate("scrollTo(0, 200)")
    for told, count in (("على رفّكم؛ إزالة من الرفّ", "1"), ("إضافة إلى الرفّ", "")):
        button.click()
        expect(button).to_have_text(told)
        expect(page.locator(".ways .count")).to_have_text(count)
        assert page.locator(".cite").get_attribute("open") is not None
        assert page.evaluate("scrollY") == 200
    button.click()
    expect(button).to_have_text("على رفّكم؛ إزالة من الرفّ")
    page.reload()
    expect(button).to_have_text("على رفّكم؛ إزالة من الرفّ")
    assert not ramin.complaints


def test_where_the_shelf_does_not_answer_its_page_says_so_and_the_button_works_again_on_the_way_back(
    reader: object,
) -> None:
    page = reader(language="en", scripts=True).open(f"/articles/{ARTICLE}/")
    button = page.locator(".tools .shelve button")
    page.route("**/shelf/**", lambda route: route.abort(), times=1)
    with page.expect_navigation():
        button.click()
    page.go_back()
    expect(button).to_be_visible()
    before = button.inner_text()
    button.click()
    expect(button).not_to_have_text(before)
    assert page.locator(".tools .shelve input[name=action]").count() == 0


def test_the_keyboard_goes_on_from_the_hit(reader: object) -> None:
    page = reader().open(QUESTION + "&lang=fa")
    page.locator(".reports .title a").first.click()
    page.goto(re.sub("#.*", "", page.url) + "#hit-2")
    for key, place in (("Tab", "#hit-1"), ("Tab", "#hit-3"), ("Enter", "")):
        page.keyboard.press(key)
        if place:
            assert page.evaluate("document.activeElement.getAttribute('href')") == place
    assert page.url.endswith("#hit-3")


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_an_article_fits_the_narrowest_screen(reader: object, language: str) -> None:
    page = reader(language, width=320).open("/articles/26b14ba7e75e/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_citation_is_copied_and_the_way_of_reading_is_kept_for_the_next_article(reader: object) -> None:
    ramin = reader(scripts=True)
    ramin.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = ramin.open(f"/articles/{PERSIAN}/")
    page.click(".cite > summary")
    page.click("button[aria-label='Copy: Chicago']")
    page.locator("[role=status]", has_text="Copied").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Defa Press. “امیرعبداللهیان در دیدار خلف اف: زبان صلح")
    assert copied.endswith(f"/articles/{PERSIAN}/.")
    page.check("#size-l")
    page.check("#mark-names")
    ramin.open(f"/articles/{ARTICLE}/")
    assert page.is_checked("#size-l") and page.is_checked("#mark-names")
    assert not ramin.complaints


@pytest.mark.parametrize(("language", "begins_at"), [("ar", "right"), ("fa", "right"), ("en", "left")])
def test_a_citation_begins_with_the_name_of_the_newspaper_whatever_its_letters(
    reader: object, language: str, begins_at: str
) -> None:
    """A Latin name, a title and a day in one Arabic line: not a line of Latin letters with an Arabic title in it."""
    page = reader(language).open(f"/articles/{ARTICLE}/")
    page.click(".cite > summary")
    cited = page.locator(".cite p", has=page.locator("cite")).first
    assert cited.inner_text().startswith("AzVision")
    gap = cited.evaluate(
        "(line, side) => Math.abs(line.getBoundingClientRect()[side] - "
        "line.querySelector('cite').getBoundingClientRect()[side])",
        begins_at,
    )
    assert gap < 3
