"""No page asks for what the content security policy forbids: Chromium itself reports, with scripts and without."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Reader
from tests.browser.desk import desk_paths, sign_in
from tests.browser.pages import EVERY_PATH, LANGUAGES
from tests.browser.server import PASSWORDS

Readers = Callable[..., Reader]
POLICY = "ContentSecurityPolicyIssue"
PATIENCE = 120_000  # milliseconds; two cores may be busy with other tests

# Each language and each way in the suite; `make long` asks every page in all of them.
WHOLE = os.environ.get("JUDGES") == "whole"
READERS = tuple(itertools.product(LANGUAGES, (True, False))) if WHOLE else (("ar", True), ("fa", False))
CURATORS = LANGUAGES if WHOLE else ("en",)


class Reports:
    """What a browser notes of a page against its policy: the directive and what it kept away, one line each."""

    def __init__(self, page: Page) -> None:
        self.told: list[str] = []
        watching = page.context.new_cdp_session(page)
        watching.on("Audits.issueAdded", self._note)
        watching.send("Audits.enable")
        page.set_default_timeout(PATIENCE)

    def _note(self, event: dict[str, Any]) -> None:
        issue = event["issue"]
        if issue["code"] == POLICY:
            found = issue["details"]["contentSecurityPolicyIssueDetails"]
            self.told.append(f"{found['violatedDirective']} {found.get('blockedURL', found)}")


def opened(page: Page) -> None:
    """Everything on it: what is shut opens, what comes with the first keystroke comes."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
    page.wait_for_load_state("networkidle")


def test_the_browser_tells_what_a_policy_forbids(reader: Readers) -> None:
    """The measure measures: a page with a style and a script of its own, under the archive's policy, is reported."""
    page = reader("en", scripts=True).open("/about/")
    forbidden = "<p style='color: red'>text</p><script>window.ran = 1</script><img src='https://example.org/a.png'>"

    def slipped_in(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{forbidden}</main>"))

    page.route("**/help/", slipped_in)
    reports = Reports(page)
    page.goto(page.url.replace("/about/", "/help/"))
    opened(page)
    directives = {line.split()[0] for line in reports.told}
    assert {"style-src-attr", "script-src-elem", "img-src"} <= directives


@pytest.mark.parametrize(("language", "scripts"), READERS)
def test_no_page_for_readers_breaks_the_policy(reader: Readers, language: str, scripts: bool) -> None:
    who = reader(language, scripts=scripts)
    reports = Reports(who.page)
    for path in (*EVERY_PATH, "/nothing/here/"):
        who.open(path)
        opened(who.page)
        assert reports.told == [], path


@pytest.mark.parametrize("language", CURATORS)
def test_no_page_of_the_desk_breaks_the_policy(reader: Readers, address: str, language: str) -> None:
    who = reader(language, scripts=True)
    reports = Reports(who.page)
    sign_in(who.page, address, "curator", PASSWORDS[address])
    paths = desk_paths(who.page, address)
    assert len(paths) > 50  # a desk that leads nowhere breaks nothing
    for path in paths:
        who.open(path)
        opened(who.page)
        assert reports.told == [], path
