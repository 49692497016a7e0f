"""R23, R24, R25: whatever bytes and letters come, what is published is text: decoded rightly, without controls."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client

from archive.articles.models import Article
from archive.extraction import extract
from archive.intake.reading.items import Item
from archive.intake.taking import take_in
from search.indexing.writer import apply_all
from tests import CAPTURES
from tests.conftest import ADMIN
from tests.unit.archive.intake.wholes import FIVE, page

pytestmark = pytest.mark.django_db
FILES = sorted(CAPTURES.iterdir())
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
OLD = ("windows-1256", "iso-8859-6")
ARABIC = [number for number, path in enumerate(FILES) if path.name[:3] != "003"]
STRAYS = "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\x07\x1b\x85\ue000\uffff"
SPOOF = "\u202ereversed\u202c \u2066isolated\u2069"
HALF_SPACE = "\u200c"


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("encoding", UNICODE)
def test_r23_every_encoding_of_unicode_gives_the_same_text(number: int, encoding: str) -> None:
    found = extract(FILES[number].read_text("utf-8").encode(encoding), name=FILES[number].name)
    assert (found.title, found.body) == (FIVE[number].title, FIVE[number].body)


@pytest.mark.parametrize("number", ARABIC)
@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("told", ["", "utf-8", "iso-8859-1", "windows-1256"])
def test_r23_an_old_code_page_is_known_whatever_the_page_says_of_itself(number: int, encoding: str, told: str) -> None:
    text = page(number).replace('<meta charset="utf-8">', f'<meta charset="{told}">' if told else "")
    whole = text.encode(encoding, "ignore")
    found = extract(whole, name="a.html")
    assert "\ufffd" not in found.title + found.body
    assert found.title == extract(whole.decode(encoding).encode(), name="a.html").title


@pytest.mark.parametrize("number", range(5))
def test_r23_a_cut_letter_never_becomes_a_published_replacement_and_bytes_are_kept(
    number: int, captures_folder: Path
) -> None:
    """Cut in the middle of a letter: the draft has none of it, or the item waits in quarantine with its reason."""
    whole = FILES[number].read_bytes()
    cut = next(whole[:place] for place in range(len(whole) - 1, 0, -1) if whole[place] & 0xC0 == 0x80)
    receipt = take_in(Item("cut.txt", cut))
    held = receipt.article
    assert receipt.reason or "\ufffd" not in f"{held.title}{held.body}"
    (kept,) = [path for path in captures_folder.rglob("*") if path.is_file()]
    assert kept.read_bytes() == cut


HOSTILE_WORDS = [
    "\x00",
    "\ud800",
    "\x07\x1b[31m",
    "\u0300" * 50_000,
    "\u200b" * 5_000,
    "\ue000",
    "\ufffe",
    "\U000e0001",
]


@pytest.mark.parametrize("number", range(len(HOSTILE_WORDS)))
@pytest.mark.parametrize(
    "address",
    ["/search/?q={}", "/suggest/?q={}", "/officials/{}/", "/articles/{}/", "/feeds/rss/?q={}", "/api/v1/articles?q={}"],
)
def test_r24_no_letter_in_an_address_is_our_fault(five: Any, ramin: Client, address: str, number: int) -> None:
    word = quote(HOSTILE_WORDS[number].encode("utf-8", "surrogatepass")[:3000])
    assert ramin.get(address.format(word)).status_code in {200, 301, 400, 404, 414}


def test_r24_what_a_page_holds_comes_out_as_text_and_feeds_stay_well_formed(
    five: dict[str, Article], ramin: Client, own_index: Path, captures_folder: Path, settings: LazySettings
) -> None:
    title = f"خبر {STRAYS} الوزير"
    receipt = take_in(Item("a.txt", f"{title}\n\n{STRAYS}{FIVE[0].body}\n".encode("utf-8", "surrogatepass")))
    held = receipt.article
    left = {unicodedata.name(letter, hex(ord(letter))) for letter in STRAYS if letter in held.title + held.body}
    assert not left
    for address in (
        "/feeds/rss/",
        "/feeds/atom/",
        "/sitemap-articles.xml",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    ):
        answer = ramin.get(address)
        if answer.status_code == 200:
            ElementTree.fromstring(b"".join(answer.streaming_content) if answer.streaming else answer.content)


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_r24_what_was_written_into_the_database_by_hand_is_still_well_formed(
    five: dict[str, Article], ramin: Client, kind: str
) -> None:
    nul = "\x00" if connection.vendor == "sqlite" else ""
    Article.objects.filter(pk=five["000"].pk).update(title=f"]]> & <b>\x0b{nul} \ufffe", body=f"a\x1f]]>\n\n{nul}b")
    ElementTree.fromstring(ramin.get(f"/feeds/{kind}/").content)


def test_r25_letters_that_turn_a_line_around_are_taken_out_and_half_spaces_kept(captures_folder: Path) -> None:
    body = f"{FIVE[3].body}\n\nخلف{HALF_SPACE}اف می{HALF_SPACE}خواهد رایزنی{HALF_SPACE}ها ادامه یابد."
    held = take_in(Item("a.txt", f"{SPOOF} عنوان\n\n{SPOOF}{body}\n".encode())).article
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", held.title + held.body)
    assert held.body.count(HALF_SPACE) >= 3


def test_r25_a_title_that_was_planted_stands_isolated_and_names_no_file_or_log_line(
    five: dict[str, Article], ramin: Client, layla: Client, own_index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    Article.objects.filter(pk=five["000"].pk).update(title=SPOOF)
    answer = ramin.get(f"{five['000'].get_absolute_url()}cite.ris")
    assert answer.headers["Content-Disposition"].isascii()
    ramin.get("/search/", {"q": f"{SPOOF}(\n"})
    layla.get(f"{ADMIN}articles/article/", {"q": SPOOF})
    assert not re.search("[\u202a-\u202e\u2066-\u2069\n\r]", "".join(record.getMessage() for record in caplog.records))
    apply_all()
