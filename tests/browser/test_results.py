"""A page of results in Chromium with its script: nothing that is done there loses the reader's place."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route

from tests.browser.conftest import Reader

Readers = Callable[..., Reader]


def test_a_reader_walks_keeps_and_narrows_by_keys_without_losing_the_place(reader: Readers) -> None:
    guest = reader("ar", scripts=True)
    page = guest.open("/search/?q=قطر")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".reports > li").nth(1)
    assert second.locator(".title a").evaluate("link => link === document.activeElement")
    page.keyboard.press("s")
    second.locator("button[value=drop]").wait_for()
    page.locator("#done", has_text="رفّ").wait_for(state="attached")
    assert page.locator(".ways .count").text_content() == "1" and "#" not in page.url
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"

    choice = page.locator("[data-facet=evidence]").last
    choice.scroll_into_view_if_needed()
    before, value = choice.evaluate("link => link.getBoundingClientRect().top"), choice.get_attribute("data-value")
    choice.click()
    page.wait_for_url("**evidence=*")
    page.locator("#done", has_text="خبر").wait_for(state="attached")
    after = page.locator(f"[data-facet=evidence][data-value='{value}']")
    assert after.evaluate("link => link === document.activeElement")
    moved = abs(after.evaluate("link => link.getBoundingClientRect().top") - before)
    assert moved < 2 or page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
    assert guest.complaints == []


def test_two_reports_kept_faster_than_the_archive_answers_both_stand_on_the_shelf(reader: Readers) -> None:
    page = reader("en", scripts=True).open("/search/?q=Khalafov")
    asked: list[Route] = []
    page.route("**/shelf/articles/", lambda route: route.continue_() if asked else asked.append(route))
    keep = page.locator("form.shelve button[value=keep]")
    with page.expect_request("**/shelf/articles/"):
        keep.nth(0).click()
    keep.nth(1).click()
    page.locator("header a[href='/shelf/']").click()
    asked[0].continue_()
    page.wait_for_url("**/shelf/")
    assert page.locator("input[type=checkbox]:checked").count() == 2


def test_a_first_page_of_results_takes_ten_requests_and_less_than_ninety_kilobytes(reader: Readers) -> None:
    guest = reader("fa", width=412, scripts=True)
    watch = guest.context.new_cdp_session(guest.page)
    watch.send("Network.enable")
    received: list[float] = []  # bytes of each answer, its headers included
    watch.on("Network.loadingFinished", lambda answer: received.append(answer["encodedDataLength"]))
    guest.open("/search/?q=خلفوف").wait_for_load_state("networkidle")
    assert 8 <= len(received) <= 10
    assert sum(received) < 90_000  # of five reports; two thousand have some ten more
