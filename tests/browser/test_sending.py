"""A curator sends the page that is read, as the browser shows it, by a bookmark, from another site to the archive."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Reader
from tests.browser.server import PASSWORDS
from tests.integration.test_addresses import HTML, report
from tests.unit.archive.fetching.site import page as answer
from tests.unit.archive.fetching.site import served

ADDED = (
    "<p id=late></p><script>late.textContent = 'كتب هذا السطر برنامج الصفحة بعد وصولها إلى القارئ.'</script></article>"
)


def signed_in(page: Page, address: str) -> None:
    page.goto(f"{address}/admin/login/?next=/admin/intake/accession/add/")
    page.fill("#id_username", "curator")
    page.fill("#id_password", PASSWORDS[address])
    page.press("#id_password", "Enter")
    page.wait_for_url("**/accession/add/**")


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_a_page_is_sent_as_the_browser_shows_it(reader: Callable[..., Reader], address: str, language: str) -> None:
    curator = reader(language, scripts=True)
    signed_in(curator.page, address)
    bookmark = curator.page.locator("a.button[href^='javascript:']").get_attribute("href") or ""
    assert PASSWORDS[address] not in bookmark and "sessionid" not in bookmark
    with served() as site:
        site.pages["/read"] = answer(report(5).replace(b"</article>", ADDED.encode()), HTML)
        where = site.address("/read").replace("127.0.0.1", "localhost")  # another site, not another port alone
        other = curator.context.new_page()
        other.goto(where)
        with curator.context.expect_page() as opened:
            other.evaluate(bookmark.removeprefix("javascript:"))
        window = opened.value
        window.wait_for_selector("#received:not([hidden])")
        assert window.input_value("#id_address") == where
        assert "خبر رقم 5" in window.inner_text("#heading")
        window.click("input[name=dry_run]")
        window.wait_for_url("**/change/")
        window.wait_for_selector("#real_form")  # the page asks again until the dry run is done
        window.click("#real_form input[type=submit]")
        window.wait_for_url("**/change/")
        window.wait_for_selector("a[href*='outcome__exact=']")


def test_what_another_window_says_is_not_taken_for_the_page(reader: Callable[..., Reader], address: str) -> None:
    """A site speaks for itself alone, and who did not open the window is not heard."""
    curator = reader("en", scripts=True)
    signed_in(curator.page, address)
    with served() as site:
        site.pages["/read"] = answer(report(6), HTML)
        other = curator.context.new_page()
        other.goto(site.address("/read").replace("127.0.0.1", "localhost"))
        with curator.context.expect_page() as opened:
            other.evaluate("w => window.given = open(w)", f"{address}/admin/intake/accession/send/")
        window = opened.value
        window.wait_for_selector("#waiting:not([hidden])")
        window.evaluate("postMessage({html: 'x', address: 'https://a.example/'}, '*')")
        assert window.is_hidden("#received")
        other.evaluate("window.given.postMessage({html: 'x', address: 'https://news.example/1', title: 'x'}, '*')")
        window.wait_for_selector("#received:not([hidden])")
        assert window.input_value("#id_address") == ""
