"""An address of every kind that a stranger may send is answered as docs/hostile-addresses.md says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from archive.articles.models import Article
from tests.conftest import ADMIN

PAGE = Path(__file__).resolve().parents[2] / "docs" / "hostile-addresses.md"
ROWS = re.findall(r"^\| ([^|`]+) \| `([^`]+)` \| (\d+) \|", PAGE.read_text("utf-8"), flags=re.MULTILINE)
LONG = "a" * 5000
MANY = "&".join(f"country=x{number}" for number in range(500))


def test_the_page_has_its_rows() -> None:
    assert len(ROWS) > 50
    assert len({address for _kind, address, _status in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("kind", "address", "status"), ROWS, ids=[kind for kind, _address, _status in ROWS])
def test_each_address_is_answered_as_the_page_says(
    five: dict[str, Article], kind: str, address: str, status: str
) -> None:
    written = address.replace("{article}", five["000"].identifier).replace("{long}", LONG).replace("{many}", MANY)
    response = Client().get(written.replace("/admin/", ADMIN))
    assert response.status_code == int(status)
    assert "evil.example" not in response.headers.get("Location", "")
    if response.headers["Content-Type"].startswith("text/html") and not response.streaming:
        page = response.content.decode()
        assert "<script>alert(1)" not in page and not re.search(r"""(href|action|src)=["']?(//|https?://evil)""", page)


def test_every_part_of_the_site_has_a_hostile_address() -> None:
    """The first part of each address of the site map, but for those that name nothing."""
    asked = {address.split("/")[1].split("?")[0] for _kind, address, _status in ROWS}
    plain = {"", "healthz", "readyz", "metrics", "robots.txt", "favicon.ico", ADMIN.strip("/")}
    plain |= {".well-known", "opensearch.xml", "sitemap.xml", "sitemap-pages.xml"}
    assert {"search", "articles", "officials", "feeds", "shelf"} <= set(_first_parts())
    unasked = set(_first_parts()) - plain - asked - {"bodies", "sources"}  # as officials and countries
    assert not [part for part in unasked if not any(one.startswith(part.split("<")[0] or "/") for one in asked)]


def _first_parts(patterns: Any = None, before: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield route.split("/")[0]
        elif route != ADMIN.strip("/") + "/":
            yield from _first_parts(pattern.url_patterns, route)
