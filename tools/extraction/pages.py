"""A folder of real pages whose right reading is known.

Two files a page: `NAME.html` is the page as the outlet sent it, byte for byte; `NAME.json` is an object with

    language   "ar", "fa", "de", …; the table is parted by it
    outlet     "خبرآنلاین"; each outlet weighs the same, however many of its pages there are
    url        the address, which some extractors read; "" where it is unknown
    title      "تحلیل روزنامه اصولگرا از دعوت اصلاح طلبان", as the page prints it
    day        "2020-02-18", as the page prints it for its readers; null where the page tells none
    source     ["خبرآنلاین", "خبرگزاری خبرآنلاین"]: every name that is right; [] where it is not judged
    body       ["روزنامه جوان نوشت: …", …]: the paragraphs of the report, its lead and subheadings too; no byline,
               caption, embedded post, related story or mark of the agency
    truth      whence the above comes: a collection, or a person's reading

The truth comes from collections and from reading, never from an extractor that is measured.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page and its right reading."""

    path: Path
    language: str
    outlet: str
    url: str
    title: str
    day: str | None
    source: tuple[str, ...]
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an extractor makes of a page: "" for what it does not find; `day` is "2020-02-18"."""

    title: str = ""
    day: str = ""
    source: str = ""
    body: str = ""


def read_folder(folder: Path) -> list[JudgedPage]:
    """Every page of a folder that has both files, by name."""
    return [
        _judged(truth.with_suffix(".html"), json.loads(truth.read_text("utf-8")))
        for truth in sorted(folder.glob("*.json"))
        if truth.with_suffix(".html").exists()
    ]


def _judged(path: Path, truth: dict[str, Any]) -> JudgedPage:
    texts = {name: str(truth[name]) for name in ("language", "outlet", "url", "title")}
    return JudgedPage(path, day=truth["day"], source=tuple(truth["source"]), body=tuple(truth["body"]), **texts)
