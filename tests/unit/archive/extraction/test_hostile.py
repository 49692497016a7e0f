"""Whatever comes in, an article or a reason comes out, and soon."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tests
from archive.extraction import ExtractedArticle, ExtractionError, NoArticle, extract

CAPTURES = sorted((tests.CAPTURES).glob("*.txt"))
PIECES = (
    "قرأ 604",
    "26 اكتوبر 2020",
    "مواضيع:",
    "نظر شما",
    "پایان پیام/ 161",
    "امیرعبداللهیان در دیدار خلف اف:",
    "زبان صلح و امنیت جایگزین تنش و درگیری در منطقه شود",
    "به گزارش دفاعپرس، «خلف خلف اف» به تهران سفر کرد.",
    "<p>",
    "</div>",
    "<!doctype html>",
    "<script>",
    "<meta property='og:title' content='",
    "<time datetime=2020>",
    "&#0;&#xd800;&lt;",
    "\u202e",
    "\u200c",
    "\ud800",
    "\x00",
    "\ufffd",
    "    ",
    "\n",
    "https://",
    "كد خبر: ",
    "۱۲",
)
quick = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def article_or_reason(payload: bytes, declared: str | None = None) -> ExtractedArticle | None:
    try:
        return extract(payload, declared_encoding=declared)
    except ExtractionError:
        return None


def assert_sound(found: ExtractedArticle) -> None:
    assert "\ufffd" not in found.page_text
    assert unicodedata.is_normalized("NFC", found.page_text)
    assert not any(unicodedata.category(character) in ("Cs", "Co") for character in found.page_text)
    assert not set(found.page_text) & set("\x00\u202a\u202e\u2066\u2069\u200e\u200f")
    for words in (*found.removed, *found.date_lines, *([found.source.evidence] if found.source else [])):
        assert found.page_text[words.start : words.end] == words.text
    for paragraph, span in zip(found.paragraphs, found.paragraph_spans, strict=True):
        assert span.of(found.page_text) == paragraph
    assert found.title or found.paragraphs


@quick
@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "windows-1256", "utf-16", "idna", "\x00", "é"]))
def test_any_bytes_give_an_article_or_a_reason(payload: bytes, declared: str | None) -> None:
    found = article_or_reason(payload, declared)
    if found:
        assert_sound(found)


@quick
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40))
def test_any_mixture_of_page_parts_gives_an_article_or_a_reason(parts: list[str]) -> None:
    found = article_or_reason("".join(parts).encode("utf-8", "surrogatepass"))
    if found:
        assert_sound(found)


@quick
@given(st.sampled_from(CAPTURES), st.integers(0, 7000), st.binary(min_size=1, max_size=4))
def test_captured_page_with_damaged_bytes_gives_an_article_or_a_reason(path: Path, at: int, noise: bytes) -> None:
    payload = path.read_bytes()
    found = article_or_reason(payload[:at] + noise + payload[at + len(noise) :])
    if found:
        assert_sound(found)


@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.name[:3])
def test_page_cut_off_anywhere_gives_an_article_or_a_reason(path: Path) -> None:
    payload = path.read_bytes()
    for end in range(0, len(payload), 97):
        found = article_or_reason(payload[:end])
        if found:
            assert_sound(found)


@pytest.mark.parametrize("page", ["123 456", "***\n---", "قرأ 604\nمواضيع:\nالأخبار الأخيرة"])
def test_page_of_boilerplate_alone_holds_no_article(page: str) -> None:
    with pytest.raises(NoArticle):
        extract(page.encode())


HOSTILE = {
    "marks": "م" + "\u064b\u0655" * 20_000,
    "blanks": "قطر" + " " * 60_000 + "قطر",
    "empty lines": "قطر\n" + "\n" * 60_000 + "قطر",
    "dashes": "قطر" + " - " * 20_000,
    "digits": "1" * 60_000,
    "short lines": "قطر\n" * 3_000,
    "counters": "قرأ 604\n" * 2_000,
    "open tags": "<html>" + "<div>" * 4_000 + "قطر",
    "nested lists": "<html>" + "<ul><li>" * 5_000 + "قطر",
    "attributes": "<html><p " + "a=b " * 10_000 + ">قطر</p>",
    "comments": "<!-- " * 10_000,
    "joiners": "قطر" + "\u200c" * 60_000 + "قطر",
    "repeated titles": ("زبان صلح و امنیت جایگزین تنش شود" + "\n") * 1_000,
    "links": "<html>" + "<div><a href=x>قطر</a></div>" * 1_500,
    "cells": "<html><table>" + "<tr><td>قطر</td></tr>" * 2_000,
    "encodings": "<meta charset=" * 3_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_page_is_done_with_in_seconds(kind: str) -> None:
    """A second of a processor by itself; several where others share it."""
    began = time.process_time()
    article_or_reason(HOSTILE[kind].encode())
    assert time.process_time() - began < 5.0


def test_time_grows_no_faster_than_the_page() -> None:
    page = CAPTURES[2].read_text("utf-8")
    extract(page.encode())

    def seconds(times: int) -> float:
        payload = "\n".join(page.replace("ا", "ا" + str(index), 9) for index in range(times)).encode()
        began = time.process_time()
        extract(payload)
        return time.process_time() - began

    assert seconds(40) < 16 * max(seconds(10), 0.01)
