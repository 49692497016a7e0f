"""Every page kind, readers' and the desk's, before all judges in every state: `make long`.

`test_judges.py` judges each page for readers in one state a language. Here it is three languages with scripts on and
off, at 320 and 1440 pixels, and the desk as well, so that it takes an hour and stands apart from the suite. Of the
desk, what Django's own templates bring is known by name (`OF_DJANGO`); nothing else is let pass.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import checkers
from tests.browser.conftest import Reader
from tests.browser.desk import desk_paths, sign_in
from tests.browser.pages import EVERY_PATH, LANGUAGES
from tests.browser.server import PASSWORDS

Readers = Callable[..., Reader]
pytestmark = pytest.mark.skipif(bool(checkers.missing()), reason=checkers.missing())
# Django's own templates: fieldsets without a name in forms, the first cell of a row without a scope, the form around a
# list that has no action, the first head of a table of rows.
OF_DJANGO = ("H71.NoLegend", "H91.Fieldset.Name", "H63.1", "H32.2", "empty-table-header")
every_state = pytest.mark.parametrize(
    ("language", "width", "scripts"),
    tuple(itertools.product(LANGUAGES, (320, 1440), (True, False))),
    ids=lambda value: {True: "scripts", False: "no-scripts"}.get(value, str(value)) if value is not None else "",
)


@every_state
def test_pages_for_readers(reader: Readers, language: str, width: int, scripts: bool) -> None:
    who = _visitor(reader, language, width, scripts)
    assert list(_findings(who, EVERY_PATH)) == []


@every_state
def test_pages_of_the_desk(reader: Readers, address: str, language: str, width: int, scripts: bool) -> None:
    who = _visitor(reader, language, width, scripts)
    sign_in(who.page, address, "curator", PASSWORDS[address])
    found = _findings(who, desk_paths(who.page, address))
    assert [finding for finding in found if not any(f"{name}:" in finding for name in OF_DJANGO)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_desk_are_valid_html(reader: Readers, address: str, language: str, tmp_path: Path) -> None:
    """What is sent; readers' pages are judged so in test_judges.py. A script changes nothing of it."""
    who = reader(language)
    sign_in(who.page, address, "curator", PASSWORDS[address])
    for number, path in enumerate(desk_paths(who.page, address)):
        (tmp_path / f"{number}.html").write_bytes(who.context.request.get(address + path).body())
    assert checkers.markup(tmp_path.iterdir()) == []


def _visitor(reader: Readers, language: str, width: int, scripts: bool) -> Reader:
    """One to whom no script of the pages comes. Judges are scripts: where a browser runs none they wait for ever."""
    who = reader(language, width, scripts=True)
    if not scripts:
        who.context.route("**/*.js", lambda route: route.abort())
    return who


def _findings(who: Reader, paths: tuple[str, ...] | list[str]) -> Iterator[str]:
    for path in paths:
        page = who.open(path)
        if page.locator("h1").count() != 1:
            yield f"{path}: {page.locator('h1').count()} first headings"
        if not _fits(page):
            yield f"{path}: wider than the page"
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
        for finding in (*checkers.axe(page), *checkers.sniffer(page), *checkers.contrast(page)):
            yield f"{path}: {finding}"


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
