"""The desk as a curator walks it: signed in, every list, its first row, and what stands around them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

# Pages that no list leads to.
ALONE = (
    "/admin/",
    "/admin/status/",
    "/admin/codes/",
    "/admin/codes/set-up/",
    "/admin/sign-ins/",
    "/admin/password_change/",
    "/admin/intake/accession/send/",
    "/admin/authorities/authorityrecord/import/",
)
LISTS = "main table a[href*='/admin/'], #content-main table a[href], .queues a[href]"
ROW = "#result_list tbody tr:first-child a[href^='/admin/']"
AROUND = "a.addlink, a.historylink, .object-tools a[href]"


def sign_in(page: Page, address: str, name: str, password: str) -> None:
    page.goto(f"{address}/admin/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    expect(page.locator("nav.queues")).to_be_visible()


def desk_paths(page: Page, address: str) -> list[str]:
    """Addresses of every page of the desk that this account is led to: lists, queues, and the first row of each."""
    page.goto(f"{address}/admin/")
    lists = _led_to(page, LISTS)
    found = [*ALONE, *lists]
    for path in lists:
        page.goto(address + path)
        rows = [row for row in _led_to(page, ROW) if row not in found]
        found += [*rows, *_led_to(page, AROUND)]
        for row in rows:
            page.goto(address + row)
            found += _led_to(page, AROUND)
    kept: dict[str, str] = {}
    for path in found:
        if path.startswith("/admin/") and not path.startswith("/admin/r/"):  # those lead to the pages for readers
            kept.setdefault(path.partition("_changelist_filters")[0].rstrip("?&"), path)
    return list(kept.values())


def _led_to(page: Page, links: str) -> list[str]:
    told: list[str] = page.locator(links).evaluate_all(
        "links => links.map(link => new URL(link.href)).filter(url => url.origin === location.origin)"
        ".map(url => url.pathname + url.search)"
    )
    return list(dict.fromkeys(told))
