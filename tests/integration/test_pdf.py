"""PDFs as they are made and printed elsewhere: every letter in its order, else refused; scans as drafts marked so."""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

from archive.articles.models import Article
from archive.articles.reading import evidence
from archive.extraction import extract
from archive.intake.evidence import faults
from archive.intake.reading import pdf
from archive.intake.reading.glyphs import Glyph, line_of
from tests.chromium import CHROMIUM, MISSING
from tests.integration.test_accessions import nothing, taken
from tests.unit.archive.articles.dossier.test_dossier import dossier as dossier
from tests.unit.archive.articles.dossier.test_dossier import pdf as dossier_pdf
from tests.unit.archive.intake.wholes import FIVE, asides, items, page, saved

__all__ = ["dossier", "dossier_pdf", "nothing"]
needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason=MISSING)
needs_tesseract = pytest.mark.skipif(not pdf.reader(), reason="Tesseract is not installed for Arabic and Persian")
# Playwright has a loop of its own, and Django refuses a database beside one: the pages are printed in another process.
PRINT = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as run:
    browser = run.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
    for name in sys.argv[1:]:
        page = browser.new_page()
        page.goto(f"file://{name}")
        page.pdf(path=f"{name}.pdf")
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[int, bytes]:
    """The Arabic and the Persian page as a browser prints them."""
    folder = tmp_path_factory.mktemp("printed")
    for number in (0, 3):
        (folder / f"{number}.html").write_text(page(number).replace("<html ", '<html dir="rtl" '), "utf-8")
    names = [str(folder / f"{number}.html") for number in (0, 3)]
    subprocess.run([sys.executable, "-c", PRINT, *names], check=True)
    return {number: (folder / f"{number}.html.pdf").read_bytes() for number in (0, 3)}


def drawn(*letters: str) -> str:
    """Letters drawn from left to right, ten points each, with a blank for a blank."""
    return line_of(Glyph(text, 10.0 * at, 10.0 * at + 10, 10) for at, text in enumerate(letters) if text != " ")


@needs_chromium
@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_a_browser_printed_is_read_letter_by_letter(printed: dict[int, bytes], number: int) -> None:
    (item,) = items(printed[number], "report.pdf")
    assert item.page is not None and item.media_type == "application/pdf" and not item.read_by
    found = extract(item.page, name="page.html")
    assert (found.title, found.body) == (FIVE[number].title, FIVE[number].body)


def test_a_dossier_of_ours_is_read_letter_by_letter(dossier_pdf: bytes) -> None:
    (item,) = items(dossier_pdf, "dossier.pdf")
    assert item.page is not None
    read = _letters(re.sub("<[^<>]*>", "", item.page.decode()))
    told = [paragraph for found in FIVE for paragraph in found.paragraphs]
    missing = [paragraph for paragraph in told if _letters(paragraph) not in read]
    assert len(missing) <= 3, missing  # what goes over the end of a page


def _letters(text: str) -> str:
    """Without blanks, marks of direction and vowels; some fonts draw a mark before the letter that it follows."""
    return re.sub(r"[\s\u064b-\u0652\u200b-\u200f\u2066-\u2069]+", "", text)


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("ﺮﻄﻗ", "قطر"),
        ("2020 ﻡﺎﻌﻟﺍ", "العام 2020"),
        (".ﺮﻄﻗ", "قطر."),
        ("ﺮﻄﻗ.", "قطر."),
        ("(ﺮﻄﻗ)", "(قطر)"),
        ("«ﺮﻄﻗ»", "«قطر»"),
        ("ﺩﻮﺷﯽﻣ", "می\u200cشود"),
        ("ﻥﺎﺠﯿﺑﺭﺫﺁ", "آذربیجان"),
        ("ﻻﻭ", "ولا"),
        ("BBC ﺔﻌﻣﺎﺟ", "جامعة BBC"),
        ("Reuters said", "Reuters said"),
    ],
    ids="forms number stop stop-at-the-right brackets quotes zwnj persian lam-alef latin ltr".split(),
)
def test_letters_are_put_in_the_order_of_reading(letters: str, text: str) -> None:
    assert drawn(*letters) == text


def test_numbers_of_a_date_keep_their_order() -> None:
    assert drawn(*"2020/10/26 ﻲﻓ") == "في 2020/10/26"
    assert drawn(*"2020-10-26 ﻲﻓ") == "في 26-10-2020"  # drawn as three numbers, from right to left


def test_what_does_not_say_its_letters_or_cannot_be_opened_is_refused(
    dossier_pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asides(dossier_pdf[:2000], "cut.pdf") and asides(b"%PDF-1.7\n", "empty.pdf")
    locked = PdfWriter(PdfReader(saved(tmp_path, "a.pdf", dossier_pdf)))
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(tmp_path / "locked.pdf")
    (told,) = asides((tmp_path / "locked.pdf").read_bytes(), "locked.pdf")
    assert "It is locked by a password." in told
    monkeypatch.setattr(pdf, "PAGES", 1)
    assert asides(dossier_pdf, "long.pdf") == ["long.pdf: The PDF has more than the 1 pages that are read."]


def test_letters_that_are_unknown_or_read_backwards_alone_are_refused() -> None:
    with pytest.raises(pdf._Unread, match="does not say which letters"):
        pdf._look_at("ق\ufffd\ufffd\ufffd في")
    with pytest.raises(pdf._Unread, match="could not be put in order"):
        pdf._look_at("ةرازو يف نم ىلع عم")


@pytest.mark.parametrize(("bound", "value", "told"), [("MEMORY", 40 << 20, "cannot be"), ("SECONDS", -5, "more than")])
def test_the_process_that_reads_is_bounded(
    dossier_pdf: bytes, monkeypatch: pytest.MonkeyPatch, bound: str, value: int, told: str
) -> None:
    monkeypatch.setattr(pdf, bound, value)
    (said,) = asides(dossier_pdf, "large.pdf")
    assert told in said or "cannot be read" in said


@needs_chromium
@pytest.mark.django_db
@pytest.mark.usefixtures("captures_folder", "nothing")
def test_a_pdf_is_an_article_whose_evidence_can_be_looked_at_again(printed: dict[int, bytes], tmp_path: Path) -> None:
    accession = taken(saved(tmp_path, "a.pdf", printed[3]), publish=True)
    assert accession.outcomes == {"added": 1}
    article = Article.objects.get()
    assert article.title == FIVE[3].title and article.is_public and list(faults(article)) == []


@needs_chromium
@needs_tesseract
@pytest.mark.django_db
@pytest.mark.usefixtures("captures_folder", "nothing")
def test_a_scan_is_a_draft_marked_so_whatever_was_asked(printed: dict[int, bytes], tmp_path: Path) -> None:
    picture = pypdfium2.PdfDocument(printed[0])[0].render(scale=300 / 72, grayscale=True).to_pil()
    picture.save(tmp_path / "scan.pdf", resolution=300)
    accession = taken(tmp_path / "scan.pdf", publish=True)
    assert accession.outcomes == {"added": 1}
    article = Article.objects.get()
    assert not article.is_public and article.evidence["read_by"]["text"].startswith("tesseract")
    assert "Its text was read from a picture" in accession.items.get().told
    assert any("tesseract" in one["text"] for one in evidence(article))
    words, truth = article.body.split(), FIVE[0].body.split()
    assert SequenceMatcher(None, words, truth, autojunk=False).ratio() > 0.85


def test_a_scan_without_tesseract_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blank = PdfWriter()
    blank.add_blank_page(200, 200)
    blank.write(tmp_path / "a.pdf")
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "tesseract" else which(name))
    (told,) = asides((tmp_path / "a.pdf").read_bytes(), "a.pdf")
    assert "Tesseract is not installed" in told


def test_a_mailbox_holds_a_message_after_the_other(tmp_path: Path) -> None:
    told = []
    for number in (0, 3):
        day = datetime.datetime(2020, 8, 3, 10, tzinfo=datetime.UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
        head = f"From desk@news.example Mon Aug  3 10:00:00 2020\nFrom: desk@news.example\nDate: {day}\n"
        head += f"Subject: {number}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
        told.append(f"{head}{FIVE[number].title}\n\n{FIVE[number].body}\n\n")
    found = items("".join(told).encode(), "letters.mbox")
    assert [one.name for one in found] == ["letters.mbox/00001.eml", "letters.mbox/00002.eml"]
    assert [one.name for one in items("".join(told).encode(), "letters")] == ["letters/00001.eml", "letters/00002.eml"]
    assert all(FIVE[number].title in (one.page or b"").decode() for number, one in zip((0, 3), found, strict=True))
