"""What stands behind an address and is no page is read as a file of its kind, from real servers on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from archive.articles.dossier.dossier import Dossier, bound
from archive.articles.models import Article
from archive.captures.models import Capture
from archive.captures.payloads import store
from archive.intake import addresses
from archive.intake.evidence import faults
from archive.intake.models import Accession, WatchedFeed
from archive.intake.queued import take_in_later
from archive.intake.reading import pdf
from archive.intake.reading.items import SetAside, Stated
from archive.intake.working import begin
from archive.work.management.commands.work import work_off
from tests.integration.test_accessions import nothing
from tests.integration.test_addresses import HTML, fetched, report
from tests.unit.archive.articles.dossier.test_dossier import dossier
from tests.unit.archive.fetching.site import Site, page, served
from tests.unit.archive.intake.wholes import FIVE, bundle, mail, mhtml, saved, warc

__all__ = ["dossier", "nothing"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing")]
PDF = "Content-Type: application/pdf"


@pytest.fixture(scope="module")
def printed(dossier: Dossier) -> bytes:
    """The first of the five reports as a PDF."""
    with bound(replace(dossier, articles=dossier.articles[:1])) as file:
        return file.read()


@pytest.fixture
def site(captures_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(addresses, "_paces", {})
    with served() as site:
        yield site


def test_a_pdf_is_a_draft_with_its_bytes_address_status_and_headers(site: Site, printed: bytes) -> None:
    site.pages["/report"] = page(printed, PDF, 'ETag: "7"')
    assert "1 added" in fetched(site.address("/report"))
    article = Article.objects.get()
    assert not article.is_public and FIVE[0].paragraphs[1] in article.body
    capture = article.capture
    assert (capture.target_uri, capture.http_status) == (site.address("/report"), 200)
    assert (capture.media_type, capture.payload_size) == ("application/pdf", len(printed))
    assert store().get(capture.payload_digest) == printed
    assert ["ETag", '"7"'] in capture.http_headers and capture.captured_at
    assert list(faults(article)) == [], "read again from its capture it is the same"
    assert "1 unchanged" in fetched(site.address("/report"))


@pytest.mark.parametrize("told", [HTML, "Content-Type: text/plain", "Content-Type: application/octet-stream", "X-A: b"])
def test_a_pdf_that_is_called_something_else_is_a_pdf(site: Site, printed: bytes, told: str) -> None:
    site.pages["/report"] = page(printed, told)
    assert "1 added" in fetched(site.address("/report"))
    assert Capture.objects.get(target_uri=site.address("/report")).media_type == "application/pdf"


@pytest.mark.parametrize("told", [PDF, "Content-Type: application/octet-stream", "Content-Type: message/rfc822"])
def test_a_page_that_is_called_a_file_is_a_page(site: Site, told: str) -> None:
    site.pages["/7"] = page(report(7), told)
    assert "1 added" in fetched(site.address("/7"))
    article = Article.objects.get(title="خبر رقم 7")
    assert article.capture.media_type == "text/html" and list(faults(article)) == []


def test_a_page_that_tells_of_a_pdf_is_a_page(site: Site) -> None:
    site.pages["/7"] = page(report(7).replace(b"<head>", b"<head><!-- %PDF-1.7 -->"), HTML)
    assert "1 added" in fetched(site.address("/7"))
    assert Article.objects.get().title == "خبر رقم 7"


def test_what_is_read_of_no_file_is_refused_by_its_name(site: Site, printed: bytes) -> None:
    kinds = {
        "/zip": (bundle({"a.html": report(1)}), "Content-Type: application/zip", "no page but application/zip"),
        "/warc": (warc(), "Content-Type: application/octet-stream", "no page but application/octet-stream"),
        "/zip-as-page": (bundle({"a.html": report(1)}), HTML, "ZIP"),
        "/picture-as-pdf": (b"\x89PNG" + bytes(50), PDF, "calls it application/pdf, but it is none"),
        "/text-as-pdf": (FIVE[0].body.encode(), PDF, "calls it application/pdf, but it is none"),
        "/cut": (printed[:2000], PDF, "The PDF cannot be read"),
        "/empty": (b"", PDF, "calls it application/pdf, but it is none"),
    }
    site.pages |= {path: page(body, told) for path, (body, told, _why) in kinds.items()}
    said = fetched(*(site.address(path) for path in kinds))
    assert f"{len(kinds)} refused" in said and not Article.objects.exists()
    for path, (_body, _told, why) in kinds.items():
        row = Accession.objects.get(way="address").items.get(name=site.address(path))
        assert why in row.told, path
    assert not Capture.objects.filter(target_uri__startswith=site.address("/")).exists()


def test_a_pdf_larger_than_a_capture_may_be_is_refused_also_where_its_length_is_a_lie(
    site: Site, printed: bytes, settings: Any
) -> None:
    settings.CAPTURE_MAX_BYTES = len(printed) - 1
    site.pages |= {"/a": page(printed, PDF), "/b": b"HTTP/1.1 200 OK\r\n" + PDF.encode() + b"\r\n\r\n" + printed}
    told = fetched(site.address("/a"), site.address("/b"))
    assert "2 refused" in told and f"more than {len(printed) - 1:,}" in told
    assert not Capture.objects.filter(target_uri__startswith=site.address("/")).exists()


def test_a_pdf_goes_through_the_refusals_of_a_pdf_file(
    site: Site, printed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = PdfWriter(PdfReader(saved(tmp_path, "a.pdf", printed)))
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(tmp_path / "locked.pdf")
    site.pages |= {"/locked": page((tmp_path / "locked.pdf").read_bytes(), PDF), "/long": page(printed, PDF)}
    monkeypatch.setattr(pdf, "PAGES", 1)
    told = fetched(site.address("/locked"), site.address("/long"))
    assert "It is locked by a password" in told and "more than the 1 pages" in told and "2 refused" in told


@pytest.mark.parametrize("told", ["multipart/related; boundary=x", "message/rfc822", "text/plain", "text/html"])
def test_a_saved_page_is_a_capture_of_where_it_was_found(site: Site, told: str) -> None:
    site.pages["/saved"] = page(mhtml(0), f"Content-Type: {told}")
    assert "1 added" in fetched(site.address("/saved"))
    article = Article.objects.get()
    assert article.title == FIVE[0].title and article.capture.media_type == "multipart/related"
    assert article.capture.target_uri == site.address("/saved"), "not the address that it gives itself"
    assert list(faults(article)) == []


def letter(own: str = "") -> EmailMessage:
    """A message that hands on two pages."""
    message = mail(4)
    message.set_content(own)
    for number in (0, 3):
        message.add_attachment(report(number), "text", "html", filename=f"{number}.html")
    return message


def test_a_message_is_an_article_and_what_is_attached_to_it_others(site: Site) -> None:
    own = letter(f"{FIVE[4].title}\n\n{FIVE[4].body}")
    site.pages["/letter"] = page(own.as_bytes(), "Content-Type: message/rfc822")
    assert "3 added" in fetched(site.address("/letter"))
    assert Article.objects.filter(title=FIVE[4].title, capture__target_uri=site.address("/letter")).exists()
    names = Accession.objects.get(way="address").items.order_by("place").values_list("name", flat=True)
    assert list(names) == [site.address(path) for path in ("/letter/0.html", "/letter/3.html", "/letter")]


def test_a_message_of_attachments_alone_is_told_of_and_asked_for_once(site: Site) -> None:
    site.pages["/letter"] = page(letter().as_bytes(), "Content-Type: message/rfc822")
    links = f"<item><link>{site.address('/letter')}</link></item>"
    site.pages["/feed"] = page(f'<rss version="2.0"><channel>{links}</channel></rss>'.encode())
    WatchedFeed.objects.create(address=site.address("/feed"))
    for _look in range(2):
        call_command("watch_feeds", all=True)
    assert site.asked.count("/letter") == 1
    assert Accession.objects.get(way="feed").outcomes == {"added": 2, "not read": 1}


def test_a_message_is_not_done_before_its_last_part_is(site: Site) -> None:
    site.pages["/letter"] = page(letter().as_bytes(), "Content-Type: message/rfc822")
    given = addresses.Addresses([site.address("/letter")], stated=Stated())
    *parts, last = given
    assert [part.name for part in parts] == [site.address("/letter/0.html"), site.address("/letter/3.html")]
    assert isinstance(last, SetAside) and last.name == site.address("/letter")


def test_a_pdf_that_a_feed_names_is_a_draft_like_its_pages(site: Site, printed: bytes) -> None:
    site.pages |= {"/report": page(printed, PDF), "/1": page(report(1), HTML)}
    links = "".join(f"<item><link>{site.address(path)}</link></item>" for path in ("/report", "/1"))
    site.pages["/feed"] = page(f'<rss version="2.0"><channel>{links}</channel></rss>'.encode())
    WatchedFeed.objects.create(address=site.address("/feed"), source="الشرق")
    call_command("watch_feeds", all=True)
    drafts = Article.objects.filter(status="draft", source_as_printed="الشرق")
    assert set(drafts.values_list("capture__media_type", flat=True)) == {"application/pdf", "text/html"}


def test_a_curator_gives_the_address_of_a_pdf(layla: Client, site: Site, printed: bytes) -> None:
    site.pages["/report"] = page(printed, PDF)
    layla.post(reverse("admin:intake_accession_add"), {"addresses": site.address("/report")})
    work_off()
    assert Article.objects.get().capture.media_type == "application/pdf"


def test_a_dry_run_of_a_pdf_tells_what_would_become_of_it(site: Site, printed: bytes) -> None:
    site.pages["/report"] = page(printed, PDF)
    accession = begin([site.address("/report")], Accession.Way.ADDRESS, dry_run=True)
    take_in_later(accession)
    work_off()
    accession.refresh_from_db()
    assert accession.outcomes == {"added": 1} and not Article.objects.exists()
