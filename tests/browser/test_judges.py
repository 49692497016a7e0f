"""Every page in three languages before the judges: axe-core, HTML_CodeSniffer, the Nu HTML checker, Lighthouse."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import checkers
from tests.browser.conftest import Reader
from tests.browser.pages import EVERY_PATH, LANGUAGES, NOT_PAGES, PAGES, public_names

Readers = Callable[..., Reader]
judged = pytest.mark.skipif(bool(checkers.missing()), reason=checkers.missing())
LOOKS = {"ar": (1280, False), "fa": (1280, True), "en": (360, False)}


def test_every_public_address_is_judged_or_said_to_be_no_page() -> None:
    assert public_names() == set(PAGES) | NOT_PAGES


@judged
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", EVERY_PATH)
def test_a_page_is_accessible(reader: Readers, path: str, language: str) -> None:
    width, dark = LOOKS[language]
    page = reader(language, width, dark, scripts=True).open(path)
    assert page.locator("h1").count() == 1
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
    assert checkers.axe(page) == []
    assert checkers.sniffer(page) == []
    assert checkers.contrast(page) == []


@judged
def test_every_page_is_valid_html(address: str, tmp_path: Path) -> None:
    for number, path in enumerate(EVERY_PATH):
        for language in LANGUAGES:
            (tmp_path / f"{number}-{language}.html").write_bytes(_fetched(address + path, language))
    assert checkers.markup(tmp_path.iterdir()) == []


@judged
@pytest.mark.parametrize(("path", "language"), [("/", "ar"), ("/articles/26b14ba7e75e/", "fa")])
def test_lighthouse_finds_little_to_mend(address: str, path: str, language: str) -> None:
    """Speed is measured by `make audit`; here is what does not depend on the machine."""
    scores = checkers.lighthouse(f"{address}{path}", language, ("accessibility", "best-practices", "seo"))
    assert min(scores.values()) >= 95, scores


def _fetched(address: str, language: str) -> bytes:
    request = urllib.request.Request(  # noqa: S310
        urllib.parse.quote(address, safe="/:?&=%"), headers={"Accept-Language": language}
    )
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return bytes(answer.read())
    except urllib.error.HTTPError as refused:  # a refused query is a page too
        return refused.read()
