"""ZIP, compressed files, WARC and WACZ: streamed, bounded, and what is no article told with its reason."""

from __future__ import annotations

import bz2
import gzip
import lzma
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from archive.articles.dossier.dossier import Dossier, bound
from archive.intake.reading.items import Item, SetAside
from tests.unit.archive.articles.dossier.test_dossier import dossier
from tests.unit.archive.intake.wholes import (
    FIVE,
    ROWS,
    answered,
    asides,
    bounds,
    bundle,
    items,
    json_lines,
    mail,
    mhtml,
    page,
    read,
    table,
    warc,
)

__all__ = ["dossier"]
CSV = table(["title", "date", "source", "body"], ROWS).encode()


def test_a_bundle_of_every_kind_is_read_in_the_order_of_the_names() -> None:
    message = mail(3)
    message.set_content(FIVE[3].body)
    files = {
        "b/خبر.html": page(0).encode(),
        "a.jsonl": json_lines(),
        "c.csv": CSV,
        "d.mhtml": mhtml(1),
        "e.eml": message.as_bytes(),
        "f.jsonl.gz": gzip.compress(json_lines()),
        "g.warc.gz": warc(),
    }
    found = [one for one in read(bundle(files), "x.zip") if isinstance(one, Item)]
    assert len(found) == 1 + 5 + 5 + 1 + 1 + 5 + 3
    assert next(one.name for one in found if "html" in one.media_type) == "x.zip/b/خبر.html"
    assert len({one.name for one in found}) == len(found)


def test_what_lies_beside_a_page_says_what_the_page_does_not() -> None:
    said = b'{"date": "2020-10-21", "source": "AzVision", "tags": ["a"], "text": "not this"}'
    (found,) = items(bundle({"a.html": page(0).encode(), "a.json": said}), "x.zip")
    assert (found.stated.date, found.stated.source, found.stated.tags) == ("2020-10-21", "AzVision", ("a",))
    assert not found.stated.has_text
    (problem, found_again) = read(bundle({"a.html": page(0).encode(), "a.html.json": b"{"}), "x.zip")
    assert isinstance(problem, SetAside) and problem.refused and isinstance(found_again, Item)


def test_what_is_no_article_is_told() -> None:
    files = {"a.docx": b"PK", "b.zip": bundle({"c.html": page(0).encode()}), "__MACOSX/d": b"", ".DS_Store": b""}
    assert asides(bundle(files), "x.zip") == [
        "x.zip/a.docx: By its name it is of no kind that is read.",
        "x.zip/b.zip: A bundle within a bundle is not read.",
    ]


def test_r21_names_lead_nowhere_and_links_are_not_followed() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("../../etc/passwd.txt", page(0))
        made.writestr("/abs/../olute.txt", page(1))
        made.writestr("C:\\windows\\x.txt", page(2))
        made.writestr(link, "/etc/passwd")
    found = read(held.getvalue(), "x.zip")
    assert [one.name for one in found if isinstance(one, Item)] == [
        "x.zip/etc/passwd.txt",
        "x.zip/olute.txt",
        "x.zip/C:/windows/x.txt",
    ]
    assert asides(held.getvalue(), "x.zip") == ["x.zip/link.txt: It is a symbolic link."]


def test_r21_the_same_name_twice_is_read_once() -> None:
    held = bundle({"a.txt": page(0).encode(), "b.txt": page(1).encode()}).replace(b"b.txt", b"a.txt")
    assert asides(held, "x.zip") == ["x.zip/a.txt: The bundle has another file of this name."]


def test_r21_too_many_files_are_refused_before_any_is_read() -> None:
    files = {f"{number}.txt": b"x" for number in range(20)}
    assert asides(bundle(files), "x.zip", bounds=bounds(members=19)) == [
        "x.zip: The bundle holds 20 files, more than the 19 that are read."
    ]


LINE = b'{"title": "' + b"a" * 1000 + b'", "body": "' + b"a" * 8000 + b'"}\n'


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("x.jsonl.gz", gzip.compress),
        ("x.jsonl.bz2", bz2.compress),
        ("x.jsonl.xz", lzma.compress),
        ("x.zip", lambda payload: bundle({"x.jsonl": payload})),
    ],
)
def test_r21_what_unpacks_to_more_than_its_size_accounts_for_is_stopped(
    name: str, pack: Callable[[bytes], bytes]
) -> None:
    """A bomb of 18 MB; a small file that is mere repetition is none. Seconds of the processor: others share it."""
    began = time.process_time()
    told = asides(pack(LINE * 2000), name)
    assert told and told[-1].endswith("It unpacks to more than 100 times its size, and is not read.")
    assert time.process_time() - began < 20
    assert not asides(pack(LINE * 20), name)


def test_a_bundle_that_is_cut_or_damaged_is_refused_in_words() -> None:
    whole = bundle({"a.jsonl": json_lines()}, zipfile.ZIP_STORED)
    for payload, name in ((whole[:-30], "x.zip"), (gzip.compress(json_lines())[:-20], "x.jsonl.gz")):
        assert "damaged" in asides(payload, name)[-1]
    assert "damaged" in asides(whole.replace("قطر".encode(), "مصر".encode()), "x.zip")[-1]


def test_a_locked_file_is_told() -> None:
    payload = bytearray(bundle({"a.txt": page(0).encode()}))
    at = payload.index(b"PK\x01\x02") + 8
    payload[at] |= 1
    assert asides(bytes(payload), "x.zip") == ["x.zip/a.txt: It is locked by a password."]


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_captured_page_is_an_article_with_the_answer_of_its_server(gzipped: bool) -> None:
    found = [one for one in read(warc(gzipped), "x.warc") if isinstance(one, Item)]
    assert [one.address for one in found] == [f"https://news.example/{number}" for number in range(3)]
    assert found[0].payload == page(0).encode() and found[0].charset == "utf-8"
    assert found[0].http is not None and found[0].http.status == 200
    assert ("X-Cache", "HIT") in found[0].http.headers
    assert found[0].captured_at is not None and found[0].captured_at.year == 2020
    assert [line.partition(": ")[2] for line in asides(warc(gzipped), "x.warc")] == [
        "It is no page (image/png).",
        "The server answered 404.",
        "It is a visit to a page that had not changed since it was captured.",
    ]


@pytest.mark.parametrize("told", ["application/pdf", "application/octet-stream", "text/html"])
def test_a_captured_pdf_is_an_article_whatever_its_server_calls_it(dossier: Dossier, told: str) -> None:
    with bound(replace(dossier, articles=dossier.articles[:1])) as file:
        printed = file.read()
    (found,) = [one for one in read(answered(told, printed), "x.warc") if isinstance(one, Item)]
    assert (found.payload, found.media_type) == (printed, "application/pdf")
    assert (found.address, found.http and found.http.status) == ("https://news.example/report", 200)
    assert found.captured_at and found.captured_at.year == 2020
    assert found.page and FIVE[0].paragraphs[1] in found.page.decode()


def test_a_captured_file_is_read_by_its_bytes() -> None:
    (found,) = read(answered("application/pdf", page(1).encode()), "x.warc")
    assert isinstance(found, Item) and found.media_type == "text/html"
    for payload, reason in (
        (b"%PDF-1.7 " + bytes(90), "The PDF cannot be read"),
        (bytes(90), "It is no page (application/pdf)."),
    ):
        (line,) = asides(answered("application/pdf", payload), "x.warc")
        assert reason in line


def test_a_collection_gives_its_pages_and_tells_what_is_within_them() -> None:
    pages = b'{"format": "json-pages-1.0"}\n{"url": "https://news.example/0"}\n{"url": "https://news.example/2"}\n'
    files = {"datapackage.json": b"{}", "archive/data.warc.gz": warc(), "pages/pages.jsonl": pages}
    found = read(bundle(files, zipfile.ZIP_STORED), "x.wacz")
    assert [one.address for one in found if isinstance(one, Item)] == [
        "https://news.example/0",
        "https://news.example/2",
    ]
    assert sum("part of another page" in str(one.reason) for one in found if isinstance(one, SetAside)) == 1


@pytest.mark.parametrize("gzipped", [False, True])
def test_of_a_warc_that_is_cut_no_page_is_taken_in_half(gzipped: bool) -> None:
    """As of a crawl whose download broke off: each page is whole, or told of."""
    whole = warc(gzipped)
    pages = {one.payload for one in read(whole, "x.warc") if isinstance(one, Item)}
    assert not [one for one in read(whole, "x.warc") if isinstance(one, SetAside) and one.refused]
    for end in range(200, len(whole) - 1, 37):
        found = read(whole[:end], "x.warc")
        assert {one.payload for one in found if isinstance(one, Item)} <= pages, end
        refused = [one for one in found if isinstance(one, SetAside) and one.refused]
        assert refused or _ends_a_record(whole[:end]), end


def _ends_a_record(begun: bytes) -> bool:
    return begun.endswith((b"\n", b"\0\0"))


def test_a_page_that_the_crawler_cut_is_told_of() -> None:
    payload = page(0).encode()
    cut = warc(gzipped=False).replace(b"WARC-Target-URI", b"WARC-Truncated: length\r\nWARC-Target-URI", 1)
    assert payload in [one.payload for one in read(warc(), "x.warc") if isinstance(one, Item)]
    assert payload not in [one.payload for one in read(cut, "x.warc") if isinstance(one, Item)]
    assert "x.warc:2 https://news.example/0: The capture is cut off: the page is not whole." in asides(cut, "x.warc")


def test_a_damaged_warc_gives_what_stands_before_the_damage() -> None:
    whole = warc(gzipped=False)
    found = read(whole[: whole.index(b"https://news.example/2") + 30], "x.warc")
    assert len([one for one in found if isinstance(one, Item)]) == 2
