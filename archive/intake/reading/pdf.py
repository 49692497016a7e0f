"""PDF: its text as a page, its order put right and looked at; a scan is read by Tesseract where that is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from statistics import median
from typing import Any, Final

from archive.extraction.page.folding import fold
from archive.intake.reading.glyphs import MIRRORED, UNKNOWN, crossed
from archive.intake.reading.items import LOCKED, Found, Item, Reason, SetAside, Whole, gettext_noop, too_large

PAGES: Final = 60  # of a PDF with text
SCANNED: Final = 12  # pages of a scan
SECONDS: Final = 60  # for the text of a file, or for one page of a scan
SCAN_SECONDS: Final = 240  # for all pages of a scan
MEMORY: Final = 768 * 1024 * 1024  # bytes of address space of the process that reads
PIXELS: Final = 10_000_000  # of a page that is drawn
FEWEST: Final = 20  # letters of a page below which it is a picture
_ROOT: Final = Path(__file__).resolve().parents[3]
_LOST: Final = 0.02  # of the letters that may be unknown
_SHORT: Final = 0.85  # of the width of its block that the last line of a paragraph has at most
_ENDS: Final = (".", "؟", "?", "!", "…", "»", "”", '"', ":", "؛")
_HEADING: Final = 1.2  # times the size of the text
# Words that are in every report, in Arabic or in Persian; read backwards they are none.
_FREQUENT: Final = {
    "ara": frozenset(map(fold, "في من على إلى أن عن مع هذا هذه التي الذي بين قال".split())),
    "fas": frozenset(map(fold, "به را که از در این با است شد برای آن کرد".split())),
}
_ANY: Final = frozenset[str]().union(*_FREQUENT.values())
_WORD: Final = re.compile(r"[^\W\d_]+")
DAMAGED: Final = gettext_noop("The PDF cannot be read (%(what)s).")
TOO_LONG: Final = gettext_noop("The PDF has more than the %(limit)d pages that are read.")
TOO_SLOW: Final = gettext_noop("Reading the PDF took more than %(seconds)d seconds.")
NO_LETTERS: Final = gettext_noop("The PDF does not say which letters it shows.")
NO_ORDER: Final = gettext_noop("The letters of the PDF could not be put in order.")
A_SCAN: Final = gettext_noop("The PDF holds pictures and no text; Tesseract is not installed for Arabic and Persian.")
NOTHING: Final = gettext_noop("No text was found in the pictures of the PDF's pages.")
SCAN: Final = gettext_noop("Its text was read from a picture by a program; a curator has to look at it.")


class _Unread(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read_pdf(whole: Whole) -> Iterator[Found]:
    """The document as one article."""
    payload = whole.all_bytes()
    if payload is None:
        yield too_large(whole)
        return
    try:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(payload)
            file.flush()
            page, reader = _page(file.name)
    except _Unread as error:
        yield SetAside(whole.name, error.reason, refused=True)
        return
    item = Item(whole.name, payload, "application/pdf", whole.stated, page=page.encode(), charset="utf-8")
    yield replace(item, read_by=reader) if reader else item


def _page(path: str) -> tuple[str, str]:
    """The text as HTML, and the program that read it from pictures, "" where it was text."""
    pages = _asked({"path": path, "pages": PAGES})["pages"]
    if len(pages) > PAGES:
        raise _Unread(Reason(TOO_LONG, {"limit": PAGES}))
    if sum(_letters(block) for blocks in pages for block in blocks) >= FEWEST * len(pages):
        return _markup(pages), ""
    return _scanned(path)


def _asked(asked: dict[str, Any]) -> dict[str, Any]:
    """What the process says that reads the file."""
    bounds = {"bytes": MEMORY, "seconds": SECONDS, "pixels": PIXELS}
    command = [sys.executable, "-m", "archive.intake.reading.pdf_apart"]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, input=json.dumps(bounds | asked), capture_output=True, text=True, timeout=SECONDS + 5, cwd=_ROOT
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise _Unread(Reason(TOO_SLOW, {"seconds": SECONDS})) from error
    except ValueError as error:
        what = f"signal {-done.returncode}" if done.returncode < 0 else f"status {done.returncode}"
        raise _Unread(Reason(DAMAGED, {"what": what})) from error
    if answer.get("error") == "PDFPasswordIncorrect":
        raise _Unread(Reason(LOCKED))
    if "error" in answer:
        raise _Unread(Reason(DAMAGED, {"what": answer["error"]}))
    return dict(answer)


def _letters(block: dict[str, Any]) -> int:
    return sum(len(_WORD.findall(line["text"])) and sum(map(str.isalpha, line["text"])) for line in block["lines"])


def _markup(pages: list[list[dict[str, Any]]]) -> str:
    """Blocks as headings and paragraphs, by their size; a paragraph goes on over the end of a page."""
    blocks = [block for page in pages for block in page]
    text = "\n".join(line["text"] for block in blocks for line in block["lines"])
    _look_at(text)
    usual = median(block["size"] for block in blocks for line in block["lines"] for _letter in line["text"])
    parts: list[tuple[str, str]] = []
    for block in blocks:
        is_heading = block["size"] > _HEADING * usual
        for paragraph in [" ".join(line["text"] for line in block["lines"])] if is_heading else _paragraphs(block):
            tag = "h2" if is_heading else "p"
            if tag == "h2" and not any(held == "h1" for held, _text in parts):
                tag = "h1"
            if parts and tag == parts[-1][0] == "p" and not parts[-1][1].endswith(_ENDS):
                parts[-1] = ("p", f"{parts[-1][1]} {paragraph}")
            else:
                parts.append((tag, paragraph))
    # Most files name a bracket as it is drawn, some as it was written.
    is_written = crossed(text) > crossed(text.translate(MIRRORED))
    return _html([(tag, said.translate(MIRRORED) if is_written else said) for tag, said in parts])


def _html(parts: list[tuple[str, str]]) -> str:
    body = "\n".join(f"<{tag}>{escape(said)}</{tag}>" for tag, said in parts)
    return f'<html><head><meta charset="utf-8"></head><body><article>{body}</article></body></html>'


def _paragraphs(block: dict[str, Any]) -> Iterator[str]:
    """The lines of a block, joined until one is short."""
    held: list[str] = []
    width = block["right"] - block["left"]
    for line in block["lines"]:
        held.append(line["text"])
        if line["right"] - line["left"] < _SHORT * width and line["text"].endswith(_ENDS):
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)


def _look_at(text: str) -> None:
    """Refuse what is no text as it is read: letters that are unknown, words that are words backwards alone."""
    if text.count(UNKNOWN) > _LOST * sum(map(str.isalpha, text)):
        raise _Unread(Reason(NO_LETTERS))
    words = _WORD.findall(fold(text))
    forwards, backwards = (sum(word in _ANY for word in said) for said in (words, [word[::-1] for word in words]))
    if backwards > forwards:
        raise _Unread(Reason(NO_ORDER))


def reader() -> str:
    """The program that reads pictures, by its own name: "tesseract 5.3.0"; "" where it cannot read both languages."""
    if not shutil.which("tesseract"):
        return ""
    told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=30)  # noqa: S607
    if not set(_FREQUENT) <= set(told.stdout.split()):
        return ""
    named = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, timeout=30)  # noqa: S607
    return (named.stdout or named.stderr).splitlines()[0]


def _scanned(path: str) -> tuple[str, str]:
    program = reader()
    if not program:
        raise _Unread(Reason(A_SCAN))
    with tempfile.TemporaryDirectory() as folder:
        number = _asked({"path": path, "pages": SCANNED, "folder": folder})["pages"]
        if number > SCANNED:
            raise _Unread(Reason(TOO_LONG, {"limit": SCANNED}))
        until = time.monotonic() + SCAN_SECONDS
        pictures = sorted(Path(folder).iterdir())
        first = fold(_recognised(pictures[0], "+".join(_FREQUENT), until)).split() if pictures else []
        language = max(_FREQUENT, key=lambda name: sum(word in _FREQUENT[name] for word in first))
        text = "\n\n".join(_recognised(picture, language, until) for picture in pictures)
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if _WORD.search(part)]
    if sum(map(str.isalpha, text)) < FEWEST:
        raise _Unread(Reason(NOTHING))
    body = "\n".join(f"<p>{escape(part)}</p>" for part in paragraphs)
    return (
        f'<html><head><meta charset="utf-8"></head><body><article>{body}</article></body></html>',
        f"{program} ({language})",
    )


def _recognised(picture: Path, language: str, until: float) -> str:
    seconds = max(min(SECONDS, until - time.monotonic()), 0.1)
    command = ["tesseract", str(picture), "-", "-l", language]
    environment = {"OMP_THREAD_LIMIT": "1", "PATH": os.environ["PATH"]}
    try:
        # A picture that we drew.
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, env=environment)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise _Unread(Reason(TOO_SLOW, {"seconds": round(seconds)})) from error
    return done.stdout
