"""The page about the archive shows what its owner wrote, in the reader's language where there is any."""

from __future__ import annotations

import pytest
from django.test import Client

from archive.about.models import ArchiveDescription

pytestmark = pytest.mark.django_db


def page(client: Client, language: str) -> str:
    return client.get("/about/", headers={"Accept-Language": language}).content.decode()


def test_an_archive_that_nobody_described_says_so(client: Client) -> None:
    assert "has not described it yet" in page(client, "en")


def test_readers_get_their_language_else_english_else_what_there_is(client: Client) -> None:
    ArchiveDescription.objects.create(language="fa", holdings="خبرهای دیپلماتیک")
    assert '<div lang="fa" dir="rtl"><p>خبرهای دیپلماتیک</p></div>' in page(client, "ar")
    ArchiveDescription.objects.create(
        language="en", holdings="Diplomatic news", owner="", contact="https://example.org/write"
    )
    assert "<p>Diplomatic news</p>" in page(client, "ar")
    assert "<p>خبرهای دیپلماتیک</p>" in page(client, "fa")
    assert '<a href="https://example.org/write"' in page(client, "en") and "who runs it" not in page(client, "en")


def test_markup_is_shown_as_it_was_typed(client: Client) -> None:
    ArchiveDescription.objects.create(language="en", rights="<script>alert(1)</script>")
    assert "&lt;script&gt;" in page(client, "en")


def test_a_page_that_was_kept_is_out_of_date_when_the_words_change(client: Client) -> None:
    words = ArchiveDescription.objects.create(language="en", holdings="Once")
    first = client.get("/about/", headers={"Accept-Language": "en"})
    words.holdings = "Now"
    words.save()
    again = client.get("/about/", headers={"Accept-Language": "en", "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200 and "<p>Now</p>" in again.content.decode()
