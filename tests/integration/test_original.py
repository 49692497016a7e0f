"""The captured original in a safe view: told with its encoding and its state, escaped, never run."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from archive.articles.models import Article
from archive.captures.payloads import PayloadStore, store
from archive.curation.actions import publish, withdraw
from archive.intake.reading.items import Item
from archive.intake.taking import take_in
from tests.conftest import FIVE

pytestmark = pytest.mark.django_db
HOSTILE = (
    "<!doctype html><html><head><meta charset=utf-8><title>أخبار</title>"
    '<script src="https://evil.example/x.js">alert(1)</script><base href="https://evil.example/"></head><body>'
    '<img src="https://evil.example/pixel.png" onerror="alert(1)"><h1>التقى الوزير نظيره</h1>'
    + "<p>التقى وزير الخارجية نظيره القطري في الدوحة وبحثا التعاون بين البلدين.</p>" * 9
    + "</body></html>"
)


def page(client: Client, article: Article) -> str:
    return client.get(f"/articles/{article.identifier}/original/").content.decode()


def test_the_original_is_shown_with_its_encoding_and_leads_to_its_bytes(
    five: dict[str, Article], ramin: Client
) -> None:
    text = page(ramin, five["003"])
    assert "کد خبر" in text and five["003"].capture.payload_digest in text
    assert f'<dd><bdi dir="ltr">{five["003"].capture.encoding}</bdi></dd>' in text
    assert f"/articles/{five['003'].identifier}/capture/" in text
    assert "Nothing in it runs here" in text


def test_a_hostile_page_is_seen_and_neither_run_nor_asked_elsewhere(captures_folder: Path, ramin: Client) -> None:
    article = take_in(Item("hostile.html", HOSTILE.encode())).article
    publish(article)
    text = page(ramin, article)
    assert "&lt;script src=&quot;https://evil.example/x.js&quot;&gt;alert(1)" in text
    assert '<script src="https://evil' not in text and "<img" not in text and "<base" not in text
    raw = ramin.get(f"/articles/{article.identifier}/capture/")
    assert raw.content == HOSTILE.encode()
    assert raw.headers["Content-Type"].startswith("text/plain")
    assert raw.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_what_cannot_be_read_is_counted(five: dict[str, Article], captures_folder: Path, ramin: Client) -> None:
    digest = store().put(FIVE["003"].read_bytes())
    path = PayloadStore(captures_folder).path(digest)
    path.chmod(0o644)
    path.write_bytes(b"\xff\xfe\xfa" + FIVE["003"].read_bytes())
    assert "3 characters could not be read" in page(ramin, five["003"])


def test_missing_bytes_and_withdrawn_articles_are_not_found(
    five: dict[str, Article], captures_folder: Path, ramin: Client
) -> None:
    assert ramin.get(f"/articles/{five['003'].identifier}/original/").status_code == 404
    store().put(FIVE["001"].read_bytes())
    withdraw(five["001"])
    assert ramin.get(f"/articles/{five['001'].identifier}/original/").status_code == 410
