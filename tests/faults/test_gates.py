"""G1, G2, G3, G4: the gates beside the requirements: accessible, valid, light, and read by the clients of others.

A small form of each, so that every requirement is held in one place; tests/browser judges every page.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import atoma
import bibtexparser
import feedparser
import pytest
import rispy
from django.test import Client

from archive.articles.models import Article
from tests.browser import checkers
from tests.browser.conftest import Reader, address, reader
from tests.browser.pages import ARTICLE, LANGUAGES

__all__ = ["address", "reader"]
judged = pytest.mark.skipif(bool(checkers.missing()), reason=checkers.missing())
PAGES = ("/", "/search/?q=خلفوف", f"/articles/{ARTICLE}/")
WEIGHT = 30_000  # bytes of a page as it is sent, packed
QUESTIONS = 20  # that a page may ask the database


@judged
@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_g1_two_judges_find_nothing_on_a_page_in_arabic(reader: Callable[..., Reader], path: str) -> None:
    page = reader("ar", 1280, scripts=True).open(path)
    assert page.locator("h1").count() == 1
    assert checkers.axe(page) == []
    assert checkers.sniffer(page) == []
    assert checkers.contrast(page) == []


@judged
@pytest.mark.django_db
def test_g2_the_checker_of_markup_finds_no_error(five: dict[str, Article], tmp_path: Path) -> None:
    for language in LANGUAGES:
        for number, path in enumerate(PAGES):
            html = Client(headers={"accept-language": language}).get(path).content
            (tmp_path / f"{number}-{language}.html").write_bytes(html)
    assert checkers.markup(tmp_path.iterdir()) == []


class _Asked(HTMLParser):
    """What a page has a browser fetch before it is shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocking: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if (tag == "link" and told.get("rel") == "stylesheet") or (
            tag == "script" and told.get("src") and not {"defer", "async"} & set(told) and told.get("type") != "module"
        ):
            self.blocking.append(str(told.get("href") or told.get("src")))


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_g3_a_page_is_light_and_asks_little(
    five: dict[str, Article], ramin: Client, path: str, django_assert_max_num_queries: Any
) -> None:
    """What speed rests on; times themselves are measured by `make bench` and `make audit`."""
    ramin.get(path)
    with django_assert_max_num_queries(QUESTIONS):
        html = ramin.get(path).content
    assert len(gzip.compress(html)) < WEIGHT
    blocking = _Asked(html.decode()).blocking
    assert 0 < len(blocking) <= 4 and not [name for name in blocking if "//" in name]


@pytest.mark.django_db
def test_g4_clients_of_others_read_feeds_and_citations(five: dict[str, Article], ramin: Client) -> None:
    sent = {kind: ramin.get(f"/feeds/{kind}/").content for kind in ("rss", "atom")}
    assert [len(feedparser.parse(content).entries) for content in sent.values()] == [5, 5]
    assert len(atoma.parse_rss_bytes(sent["rss"]).items) == len(atoma.parse_atom_bytes(sent["atom"]).entries) == 5
    exported = {
        form: b"".join(ramin.get("/search/export/", {"format": form}).streaming_content).decode()
        for form in ("ris", "bib", "csl")
    }
    found = rispy.loads(exported["ris"])
    titles = [one.get("title") or one["primary_title"] for one in found]
    assert any(five["003"].title in title for title in titles) and len(titles) == 5
    assert len(bibtexparser.parse_string(exported["bib"]).entries) == len(json.loads(exported["csl"])) == 5
    assert len(json.loads(ramin.get(f"/articles/{ARTICLE}/cite.json").content)) >= 1
