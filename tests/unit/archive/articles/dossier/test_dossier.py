"""The PDF dossier: pages, numbers, letters that can be copied, fonts that come along."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pypdf import PdfReader

from archive.articles.citing.cited import Cited, CitedDate
from archive.articles.dossier.dossier import BODY, Dossier, DossierArticle, bound, pages
from archive.articles.dossier.fonts import font, runs, width
from archive.articles.dossier.pages import ROOM, SIDE, WIDTH, PlacedLine, broken
from archive.extraction import extract
from tests import CAPTURES

MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")


def article(name: str) -> DossierArticle:
    """One of the five real pages."""
    (path,) = CAPTURES.glob(f"{name}_*.txt")
    read = extract(path.read_bytes())
    work = Cited(
        identifier=path.stem[4:],
        title=read.title,
        kicker=read.kicker or "",
        language=read.language,
        url=f"https://diwan.example/articles/{path.stem[4:]}/",
        accessed_on=datetime.date(2026, 11, 21),
        date=CitedDate(datetime.date(2023, 10, 4), "solar_hijri" if read.language == "fa" else "gregorian"),
        source={"ar": "الشرق", "fa": "دفاع‌پرس", "en": "Defa Press"},
        digest="ab" * 32,
    )
    return DossierArticle(work, tuple(read.paragraphs))


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return Dossier(
        title="خلف خلفوف",
        narrowed=("الدولة: أذربيجان، قطر",),
        counted="5 مقالات",
        made_on="21 نوفمبر 2026",
        address="https://diwan.example/search/?q=%D8%AE%D9%84%D9%81%D9%88%D9%81&country=az",
        language="ar",
        articles=tuple(article(f"00{number}") for number in range(5)),
    )


@pytest.fixture(scope="module")
def pdf(dossier: Dossier) -> bytes:
    with bound(dossier) as file:
        return file.read()


def test_readers_who_take_a_dossier_at_once_all_get_it_whole(dossier: Dossier) -> None:
    """The fonts are read from files that all threads share."""
    short = replace(dossier, articles=())

    def again(_number: int) -> str:
        with bound(short) as file:
            return PdfReader(io.BytesIO(file.read())).pages[0].extract_text()

    usual = sys.getswitchinterval()
    try:
        sys.setswitchinterval(1e-6)
        with ThreadPoolExecutor(8) as threads:
            assert len(set(threads.map(again, range(32)))) == 1
    finally:
        sys.setswitchinterval(usual)


def text_of(pdf: bytes, *options: str) -> str:
    """What pdftotext copies, one page after another, without the marks of direction that it adds."""
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return MARKS.sub("", done.stdout.decode())


def words(text: str) -> str:
    return " ".join(MARKS.sub("", text).split())


@needs_pdftotext
@pytest.mark.parametrize("number", range(5))
def test_pdftotext_gives_logical_arabic_and_persian(pdf: bytes, dossier: Dossier, number: int) -> None:
    """Every word of every paragraph of the five real articles, in order, as it is stored."""
    copied = text_of(pdf)
    for paragraph in dossier.articles[number].paragraphs:
        for word in re.findall("[\u0621-\u06d3\u200c\u064b-\u0652]+", paragraph):
            assert word in copied


@needs_pdftotext
def test_a_line_of_arabic_is_copied_as_one_line(dossier: Dossier, pdf: bytes) -> None:
    copied = words(text_of(pdf))
    lines = [
        line
        for body in pages(dossier)[2:]
        for line in body.marks
        if isinstance(line, PlacedLine) and line.style == BODY
    ]
    assert len(lines) > 100
    assert not [line.text for line in lines if words(line.text) not in copied]


@needs_pdftotext
def test_lam_alef_zwnj_and_brackets_are_copied_as_written(dossier: Dossier) -> None:
    written = "لأن الإسلام والآن «می‌شود» پاکستان (قطر) و NATO (Khalafov) است."
    one = replace(dossier, articles=(replace(dossier.articles[3], paragraphs=(written,)),))
    with bound(one) as file:
        copied = words(text_of(file.read()))
    for word in ("لأن الإسلام والآن", "«می‌شود» پاکستان", "(قطر)", "NATO (Khalafov)"):
        assert word in copied


@needs_pdftotext
@pytest.mark.parametrize(
    ("language", "made_on"),
    [("ar", "ديوان · 21 نوفمبر 2026"), ("fa", "دیوان · ۳۰ آبان ۱۴۰۵"), ("en", "Diwan · 21 November 2026")],
)
@pytest.mark.parametrize("question", ["خلف خلفوف", "Khalafov 2019"])
def test_addresses_and_footers_are_copied_whole(dossier: Dossier, language: str, made_on: str, question: str) -> None:
    """No mark of direction stands inside an address, however the line around it is written."""
    day = made_on.partition(" · ")[2]
    with bound(replace(dossier, language=language, made_on=day, title=question)) as file:
        held = file.read()
    copied = subprocess.run(["pdftotext", "-", "-"], input=held, capture_output=True, check=True).stdout.decode()
    assert dossier.address in copied
    for one in dossier.articles:
        assert copied.count(one.work.url) == 2
    footers = [words(line) for line in text_of(held).splitlines() if "·" in line and day in words(line)]
    assert len(footers) >= 10
    assert {made_on in line and question in line for line in footers} == {True}


@needs_pdftotext
@pytest.mark.parametrize(("language", "numbers"), [("ar", "0123456789"), ("fa", "۰۱۲۳۴۵۶۷۸۹"), ("en", "0123456789")])
def test_contents_tell_the_page_on_which_an_article_begins(dossier: Dossier, language: str, numbers: str) -> None:
    with bound(replace(dossier, language=language)) as file:
        held = file.read()
    every = [words(page) for page in text_of(held).split("\f")]
    first = [every.index(next(p for p in every[2:] if words(a.work.title) in p)) + 1 for a in dossier.articles]
    told = [number.translate(str.maketrans(numbers, "0123456789")) for number in re.findall(rf"[{numbers}]+", every[1])]
    assert len(set(first)) == 5
    assert {str(number) for number in first} <= set(told)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_line_of_a_title_in_the_contents_begins_where_its_language_does(dossier: Dossier, language: str) -> None:
    """Lines of one title share the edge at which they begin, and none leaves the column."""
    title = "وزارتا خارجية أذربيجان ولاتفيا تجري مشاورات سياسية " * 2
    if language == "ar":
        title = "The foreign ministries of Azerbaijan and Latvia held political consultations by video " * 2
    first = dossier.articles[0]
    wide = replace(first, work=replace(first.work, title=title.strip()))
    drawn = pages(replace(dossier, language=language, articles=(wide,)))[1]
    lines = [mark for mark in drawn.marks if isinstance(mark, PlacedLine) and mark.target]
    assert len(lines) == 2 and {line.rtl for line in lines} == {language == "en"}
    assert len({line.edge for line in lines}) == 1 and not any(line.to_the_end for line in lines)
    widest = max(width(line.text, line.style.face, line.style.size, rtl=line.rtl) for line in lines)
    assert lines[0].edge == pytest.approx(SIDE + widest if language == "en" else WIDTH - SIDE - widest)


def test_every_page_but_the_cover_has_its_number(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) >= 10
    for number, page in enumerate(reader.pages[1:], start=2):
        assert str(number) in re.findall(r"\d+", page.extract_text())


def test_articles_begin_on_pages_of_their_own_and_stand_in_the_outline(pdf: bytes, dossier: Dossier) -> None:
    outline = PdfReader(io.BytesIO(pdf)).outline
    assert [entry.title for entry in outline] == [article.work.title for article in dossier.articles]  # type: ignore[union-attr]


def test_fonts_come_with_the_file(pdf: bytes) -> None:
    fonts = [
        held.get_object()
        for page in PdfReader(io.BytesIO(pdf)).pages
        for held in page["/Resources"]["/Font"].values()  # type: ignore[index]
        if held.get_object()["/Subtype"] == "/TrueType"
    ]
    assert fonts
    assert all("/FontFile2" in one["/FontDescriptor"] for one in fonts)
    assert all("/ToUnicode" in one for one in fonts)
    assert len(pdf) < 300_000


def test_the_file_says_its_title_and_language(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "ديوان: خلف خلفوف"
    assert reader.trailer["/Root"]["/Lang"] == "ar"  # type: ignore[index]


@pytest.mark.parametrize("text", ["وزير الخارجية " * 60, "Khalafov " * 90, "https://x.example/" + "a" * 400, "س" * 500])
def test_no_line_is_wider_than_the_column(text: str) -> None:
    rtl = text[0] in "وس"
    lines = list(broken(text, BODY, ROOM, rtl=rtl))
    assert len(lines) > 1
    assert all(width(line, BODY.face, BODY.size, rtl=rtl) <= ROOM + 0.01 for line in lines)


def test_lines_are_broken_in_logical_order() -> None:
    """The first line holds the first words: text reordered before it is broken would put the last ones there."""
    text = "أول ثان ثالث " + "وزير الخارجية " * 20 + "آخر"
    lines = list(broken(text, BODY, ROOM, rtl=True))
    assert lines[0].startswith("أول ثان ثالث")
    assert lines[-1].endswith("آخر")
    assert " ".join(lines) == " ".join(text.split())


def test_a_letter_that_no_font_has_is_told_all_the_same() -> None:
    for letter in ("ẕ", "𐤀", "\U0001f600", "漢"):
        ((used, code),) = runs(letter, "reading", rtl=False)
        assert used._letters[ord(code)] == letter
    assert font("amiri-regular").has("ﺽ")


def test_latin_letters_of_azerbaijani_are_drawn() -> None:
    drawn = runs("Xələfov", "reading", rtl=False)
    assert [used.fontName for used, _codes in drawn].count("diwan-vazirmatn-regular") == 2


def test_a_dossier_of_nothing_is_a_cover(dossier: Dossier) -> None:
    assert len(pages(replace(dossier, articles=()))) == 1


def test_hostile_text_makes_a_file(dossier: Dossier) -> None:
    work = replace(dossier.articles[0].work, title="\x00\u202e\u2067 ((( \U0001f600", kicker="﷽")
    hostile = DossierArticle(work, ("\x0b\u2028", "", "a" * 5000, "(" * 300, "\u0301" * 50))
    with bound(replace(dossier, title="", articles=(hostile,))) as file:
        assert len(PdfReader(file).pages) >= 3
