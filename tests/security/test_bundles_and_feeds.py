"""R21, R22: bundles that unpack to too much, feeds and pages with entities: refused, with nothing read or written."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.extraction import ExtractionError, extract
from archive.fetching.feeds import NoFeed, read_feed
from archive.intake.reading.items import Item
from tests.faults.archive import Archive
from tests.unit.archive.intake.wholes import asides, bundle, page, read

pytestmark = pytest.mark.django_db
TWO_HUNDRED_MB = 200 * 1024 * 1024


def zipped_nothing() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made, made.open("x.jsonl", "w", force_zip64=True) as file:
        for _part in range(200):
            file.write(bytes(1 << 20))
    return held.getvalue()


def gzipped_nothing() -> bytes:
    held = io.BytesIO()
    with gzip.open(held, "wb") as file:
        for _part in range(200):
            file.write(bytes(1 << 20))
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "made"), [("x.zip", zipped_nothing), ("x.jsonl.gz", gzipped_nothing), ("x.warc.gz", gzipped_nothing)]
)
def test_r21_two_hundred_megabytes_in_a_small_file_are_not_unpacked(name: str, made: Callable[[], bytes]) -> None:
    payload = made()
    assert len(payload) < TWO_HUNDRED_MB / 900
    tracemalloc.start()
    began = time.process_time()
    found = read(payload, name)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not [one for one in found if isinstance(one, Item)]
    assert most < TWO_HUNDRED_MB / 3
    assert time.process_time() - began < 20


def test_r21_a_hundred_thousand_names_are_refused_before_one_is_read() -> None:
    payload = bundle({f"{number}.txt": b"" for number in range(100_001)}, zipfile.ZIP_STORED)
    (told,) = asides(payload, "x.zip")
    assert "The bundle holds 100001 files" in told


def test_r21_a_bundle_in_a_bundle_is_told_and_not_read() -> None:
    inner = bundle({"a.html": page(0).encode()})
    assert asides(bundle({"b.zip": inner}), "x.zip") == ["x.zip/b.zip: A bundle within a bundle is not read."]


def test_r21_names_and_links_of_a_bundle_write_nothing_outside_of_the_archive(
    own_archive: Archive, tmp_path: Path
) -> None:
    """Taken in by the command as an operator does; what lies around the archive stays as it was."""
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    sent = tmp_path / "sent" / "hostile.zip"
    sent.parent.mkdir()
    with zipfile.ZipFile(sent, "w") as made:
        made.writestr("../../escaped.html", page(0))
        made.writestr(f"{tmp_path}/absolute.html", page(1))
        made.writestr("..\\..\\windows.html", page(2))
        made.writestr(link, "/etc/passwd")
    before = {path for path in tmp_path.rglob("*") if own_archive.folder not in path.parents}
    said = own_archive.run("manage.py", "import_articles", str(sent))
    assert "It is a symbolic link." in said and "root:" not in said
    assert {path for path in tmp_path.rglob("*") if own_archive.folder not in path.parents} == before
    assert not [path for path in own_archive.folder.rglob("*") if path.name in {"escaped.html", "windows.html"}]
    assert own_archive.tell("invariants") == []


SECRET = "قرقوزية زرزورية"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
FEED = (
    '<rss version="2.0"><channel><title>{0}</title><item><title>{0}</title><link>https://a.example/</link></item>'
    "</channel></rss>"
)
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/{0}</loc></url></urlset>'
HOSTILE = {
    "many laughs": (f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>', "&a9;"),
    "a file": ('<!DOCTYPE x [<!ENTITY f SYSTEM "file://{0}">]>', "&f;"),
    "an address": ('<!DOCTYPE x [<!ENTITY f SYSTEM "http://127.0.0.1:9/{0}">]>', "&f;"),
    "a definition elsewhere": ('<!DOCTYPE x SYSTEM "file://{0}">', ""),
    "a parameter": ('<!DOCTYPE x [<!ENTITY % p SYSTEM "file://{0}"> %p;]>', ""),
}


@pytest.mark.parametrize("shape", [FEED, MAP], ids=["feed", "site map"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("kind", list(HOSTILE))
def test_r22_a_feed_with_entities_is_refused_and_reads_no_file(
    tmp_path: Path, kind: str, encoding: str, shape: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, "utf-8")
    opening, used = HOSTILE[kind]
    sent = f'<?xml version="1.0" encoding="{encoding}"?>{opening.replace("{0}", str(secret))}{shape.format(used)}'
    with pytest.raises(NoFeed, match="not allowed"):
        read_feed(sent.encode(encoding), "https://a.example/feed")


def test_r22_an_inclusion_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, "utf-8")
    wanted = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{secret}" parse="text"/>'
    assert SECRET not in repr(read_feed(FEED.format(wanted).encode(), "https://a.example/feed"))
    assert SECRET not in repr(read(FEED.format(wanted).encode(), "a.xml"))


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_r22_a_page_with_entities_shows_no_file(tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET, "utf-8")
    opening, used = HOSTILE[kind]
    sent = opening.replace("{0}", str(secret)) + page(0).replace("<p>", f"<p>{used} ", 1)
    began = time.process_time()
    try:
        told = extract(sent.encode(), name="a.html").body
    except ExtractionError as error:
        told = str(error)
    assert SECRET not in told and "haha" not in told
    assert time.process_time() - began < 10
