"""The sentence that tells a meeting, cut out of its report: only where it stands there as it was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from archive.articles.models import Article
from archive.meetings.models import MeetingReport


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article at its place: half open, into `field`; `word` is the telling word, within `text`."""

    field: str
    start: int
    end: int
    text: str
    word: tuple[int, int]


def digest(sentence: str) -> str:
    return hashlib.sha256(sentence.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def quote(report: MeetingReport, article: Article) -> Quote | None:
    """The sentence in an article as it may be shown; None where it says something else now, or is not shown."""
    text = getattr(article, report.field)[report.start : report.end] if report.field else ""
    if not text or digest(text) != report.digest:
        return None
    word = (report.word_start - report.start, report.word_end - report.start)
    return Quote(report.field, report.start, report.end, text, word)
