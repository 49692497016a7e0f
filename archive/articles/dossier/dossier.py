"""A PDF of a result set: cover with the question and the day, contents with page numbers, articles with citations.

Set line by line for right-to-left text, with embedded fonts and text that can be copied; see
docs/adr/0008-pdf-and-pictures.md.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext

from archive.articles.citing.cited import ARCHIVE, Cited
from archive.articles.citing.styles import CitedRun, chicago, credited, house
from archive.articles.dossier.fonts import width
from archive.articles.dossier.pages import (
    BOTTOM,
    HEIGHT,
    ROOM,
    SIDE,
    WIDTH,
    Column,
    DossierPage,
    PageStyle,
    PlacedLine,
    Rule,
    broken,
    draw_line,
)
from archive.articles.visual.visual import is_rtl, isolated
from archive.pages.shown import localdigits
from archive.text.languages import reading_language

INK, SOFT, HAIRLINE, ACCENT = "#1d1f24", "#5b606b", "#d9d4c7", "#0f5a63"
NAME: Final = PageStyle("strong", 20, 32, ACCENT)
QUESTION: Final = PageStyle("title", 32, 52, INK)
COVER: Final = PageStyle("interface", 11.5, 22, INK)
ADDRESS: Final = PageStyle("interface", 9, 16, SOFT)
HEADING: Final = PageStyle("strong", 15, 26, ACCENT)
ENTRY: Final = PageStyle("reading", 13, 21, INK)
ENTRY_META: Final = PageStyle("interface", 8.5, 15, SOFT)
KICKER: Final = PageStyle("reading", 13, 22, ACCENT)
TITLE: Final = PageStyle("title", 21, 35, INK)
META: Final = PageStyle("interface", 9.5, 18, SOFT)
BODY: Final = PageStyle("reading", 14, 26, INK, justified=True)
CITE_HEADING: Final = PageStyle("strong", 9.5, 20, ACCENT)
CITATION: Final = PageStyle("interface", 8.5, 16, SOFT)
FOLIO: Final = PageStyle("interface", 8.5, 14, SOFT)
ENTRY_LINES: Final = 2
NUMBER_ROOM: Final = 46.0  # points kept free for a page number


@dataclass(frozen=True, slots=True)
class DossierArticle:
    """An article as the dossier prints it: what is cited, and the paragraphs as stored."""

    work: Cited
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The question in words, what narrows it, the counts, the day, its address, the reader's language, the articles."""

    title: str
    narrowed: tuple[str, ...]
    counted: str
    made_on: str
    address: str
    language: str
    articles: tuple[DossierArticle, ...]

    @property
    def rtl(self) -> bool:
        return self.language != "en"


def bound(dossier: Dossier) -> BinaryIO:
    """The PDF in a temporary file, open at its beginning; the file goes away when it is closed."""
    from reportlab.pdfgen.canvas import Canvas

    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), lang=dossier.language, pageCompression=1)
    canvas.setTitle(f"{ARCHIVE[dossier.language]}: {dossier.title}")
    canvas.setAuthor(ARCHIVE[dossier.language])
    canvas.setCreator(ARCHIVE["en"])
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if dossier.rtl:
        canvas.setViewerPreference("Direction", "/R2L")
    for number, page in enumerate(pages(dossier), start=1):
        _draw(canvas, page, number, dossier)
    canvas.save()
    file.seek(0)
    return file


def pages(dossier: Dossier) -> list[DossierPage]:
    """Every page: cover, contents, articles, each on a page of its own."""
    bodies = [_article(article, number, dossier) for number, article in enumerate(dossier.articles, start=1)]
    contents = _contents(dossier, bodies, first=0)
    if bodies:
        contents = _contents(dossier, bodies, first=2 + len(contents))
    return [*_cover(dossier), *contents, *(page for body in bodies for page in body)]


def _cover(dossier: Dossier) -> list[DossierPage]:
    column = Column(rtl=dossier.rtl)
    column.text(ARCHIVE[dossier.language], NAME, rtl=dossier.rtl)
    column.y = HEIGHT * 0.66
    column.text(gettext("Dossier"), PageStyle("strong", 13, 24, ACCENT), rtl=dossier.rtl)
    column.space(6)
    own = is_rtl(dossier.title)
    _block(column, list(broken(dossier.title, QUESTION, ROOM, rtl=own))[:6], QUESTION, rtl=own)
    column.space(26)
    column.rule(INK, 1.6)
    column.space(8)
    for sentence in (*dossier.narrowed, dossier.counted):
        column.text(sentence, COVER, rtl=dossier.rtl)
    column.space(6)
    _block(column, list(broken(dossier.address, ADDRESS, ROOM, rtl=False)), ADDRESS, rtl=False)
    return column.pages[:1]


def _block(column: Column, lines: list[str], style: PageStyle, *, rtl: bool, target: str = "") -> None:
    """Lines of one direction, each of which begins where the first does; the widest stands where the page begins."""
    edge = WIDTH - SIDE if column.rtl else SIDE
    if rtl != column.rtl:
        widest = max((width(line, style.face, style.size, rtl=rtl) for line in lines), default=0.0)
        edge += widest if rtl else -widest
    for line in lines:
        column.y -= style.leading
        column.page.marks.append(PlacedLine(line, style, edge, column.y, rtl, target=target))


def _contents(dossier: Dossier, bodies: list[list[DossierPage]], first: int) -> list[DossierPage]:
    """Title, source and date of every article with its page; `first` is the page of the first one."""
    if not bodies:
        return []
    column = Column(rtl=dossier.rtl)
    column.text(gettext("Contents"), HEADING, rtl=dossier.rtl)
    column.space(10)
    number = first
    for place, (article, body) in enumerate(zip(dossier.articles, bodies, strict=True), start=1):
        _entry(column, article, dossier, number, f"article-{place}")
        number += len(body)
    return column.pages


def _entry(column: Column, article: DossierArticle, dossier: Dossier, number: int, target: str) -> None:
    own = is_rtl(article.work.title)
    lines = list(broken(article.work.title, ENTRY, ROOM - NUMBER_ROOM, rtl=own))
    if len(lines) > ENTRY_LINES:
        lines = [*lines[: ENTRY_LINES - 1], lines[ENTRY_LINES - 1] + "…"]
    column.keep(ENTRY.leading * len(lines) + ENTRY_META.leading + 10)
    folio, edge = localdigits(number, dossier.language), SIDE if dossier.rtl else WIDTH - SIDE
    at = column.y - ENTRY.leading
    column.page.marks.append(PlacedLine(folio, ENTRY, edge, at, dossier.rtl, to_the_end=True))
    _block(column, lines, ENTRY, rtl=own, target=target)
    column.text(_credited(article.work, dossier.language, rtl=dossier.rtl), ENTRY_META, rtl=dossier.rtl)
    column.space(10)


def _article(article: DossierArticle, number: int, dossier: Dossier) -> list[DossierPage]:
    work, column = article.work, Column(rtl=dossier.rtl)
    column.page.bookmark, column.page.title = f"article-{number}", work.title
    if work.kicker:
        column.text(work.kicker, KICKER)
    column.text(work.title, TITLE)
    column.space(4)
    own = is_rtl(work.title)
    column.text(_credited(work, reading_language(work.language) or dossier.language, rtl=own), META, rtl=own)
    column.space(12)
    column.rule(HAIRLINE, 0.8)
    column.space(8)
    for paragraph in article.paragraphs:
        column.text(paragraph, BODY)
        column.space(9)
    # The house form and Chicago in the reader's language, and the digest of the captured page.
    column.space(10)
    column.keep(110)
    column.rule(HAIRLINE, 0.8)
    column.space(6)
    column.text(gettext("Cite"), CITE_HEADING, rtl=dossier.rtl)
    column.text(_joined(house(work, dossier.language), rtl=dossier.rtl), CITATION, rtl=dossier.rtl)
    column.space(4)
    by_chicago = _joined(chicago(work, dossier.language), rtl=dossier.rtl)
    column.text(f"{isolated('Chicago', rtl=dossier.rtl)}: {by_chicago}", CITATION, rtl=dossier.rtl)
    if work.digest:
        column.space(4)
        digest = isolated(f"SHA-256: {work.digest}", rtl=dossier.rtl)
        column.text(digest, CITATION, rtl=dossier.rtl)
    return column.pages


def _joined(parts: list[CitedRun], *, rtl: bool) -> str:
    """A citation as one text of a line's direction; what has the other one is set apart."""
    return "".join(isolated(part.text, rtl=rtl) for part in parts)


def _credited(work: Cited, language: str, *, rtl: bool) -> str:
    """Source and date as one line of a direction."""
    return " · ".join(isolated(said, rtl=rtl) for said in credited(work, language).split(" · "))


def _draw(canvas: Any, page: DossierPage, number: int, dossier: Dossier) -> None:
    if page.bookmark:
        canvas.bookmarkPage(page.bookmark)
        canvas.addOutlineEntry(page.title, page.bookmark, level=0)
    for mark in page.marks:
        if isinstance(mark, Rule):
            canvas.setStrokeColor(mark.colour)
            canvas.setLineWidth(mark.thickness)
            canvas.line(SIDE, mark.y, WIDTH - SIDE, mark.y)
        else:
            draw_line(canvas, mark)
    if number == 1:
        canvas.setFillColor(ACCENT)
        canvas.rect(WIDTH - 12 if dossier.rtl else 0, 0, 12, HEIGHT, stroke=0, fill=1)
    else:
        _folio(canvas, number, dossier)
    canvas.showPage()


def _folio(canvas: Any, number: int, dossier: Dossier) -> None:
    """The page number where reading ends; where it begins archive, day and question.

    The question is last: programs that copy a line by the direction of its page keep the words around it together.
    """
    y = BOTTOM - 40
    ends = SIDE if dossier.rtl else WIDTH - SIDE
    begins = WIDTH - SIDE if dossier.rtl else SIDE
    folio = localdigits(number, dossier.language)
    draw_line(canvas, PlacedLine(folio, FOLIO, ends, y, dossier.rtl, to_the_end=True))
    question = next(broken(dossier.title, FOLIO, ROOM - 160, rtl=is_rtl(dossier.title)), "")
    line = f"{ARCHIVE[dossier.language]} · {dossier.made_on} · {isolated(question, rtl=dossier.rtl)}"
    draw_line(canvas, PlacedLine(line, FOLIO, begins, y, dossier.rtl))
