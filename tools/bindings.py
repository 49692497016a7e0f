"""What others grade Diwan by, under names that stay however modules move: no index, no database, no settings.

    >>> from tools.bindings import find_dates, find_mentions, match, take_in
    >>> bool(match("آنها می روند", "میروند", lang="fa"))
    True
    >>> [hit.iso for hit in find_dates("في 26 أكتوبر 2020", lang="ar")]
    ['2020-10-26']
    >>> [mention.record for mention in find_mentions("وصل خلف خلفوف إلى الدوحة", lang="ar")]
    ['khalaf-khalafov', 'qa']

`match(text, query, lang=None, *, fuzzy=False, names=True)` says where a text answers a query, or gives None;
`find_dates(text, lang=None, ref=None)` gives hits with `iso`, or `start_iso` and `end_iso` of a range; `ref` is the day
on which the text was written. `find_mentions(text, lang=None)` gives mentions with `record`, `kind`, `start`, `end`.
`take_in` reads a page; what it cannot read is an `ExtractionError` of one of the kinds below. `date_article` is the
dating of lines and paragraphs that did not come from a page. `rank(passages, question)` gives the places of the
passages that a question finds in an index of them alone, best first, asked as a reader asks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.authorities.recognition.recognition import find_mentions
from archive.extraction import (
    BinaryPayload,
    EmptyPayload,
    ExtractedArticle,
    ExtractionError,
    NoArticle,
    PayloadTooLarge,
    UndecodablePayload,
    UnsafeMarkup,
    extract,
)
from archive.extraction.dates import find_dates
from archive.extraction.dates.dating import ArticleDate, date_article
from search.answer.matching import match

__all__ = [
    "ArticleDate",
    "BinaryPayload",
    "EmptyPayload",
    "ExtractedArticle",
    "ExtractionError",
    "NoArticle",
    "PayloadTooLarge",
    "Taken",
    "UndecodablePayload",
    "UnsafeMarkup",
    "date_article",
    "find_dates",
    "find_mentions",
    "match",
    "rank",
    "take_in",
]


@dataclass(frozen=True, slots=True)
class Taken:
    """The article of a page as it would be archived.

    `source` is the outlet as printed, "" when the page gives none; `language` is "ar" or "fa"; `body` is the paragraphs
    with an empty line between them. `date` is "2020-10-26", "2020-10" where only the month is known, "" without a date;
    `clock` is "23:23" where the page gives an hour. `dated` says how the date was read, and `extracted` is all that the
    page gave: date lines, receipts of what was cut, offsets.
    """

    title: str
    kicker: str
    source: str
    item_code: str
    language: str
    paragraphs: tuple[str, ...]
    body: str
    date: str
    clock: str
    dated: ArticleDate | None
    extracted: ExtractedArticle


def take_in(payload: bytes, name: str = "page.html") -> Taken:
    """The article of a file of text or HTML, whose name tells which; raises `ExtractionError` where there is none."""
    page = extract(payload, name=name)
    dated = date_article(page.date_lines, page.body, page.language, zone=page.zone)
    return Taken(
        title=page.title,
        kicker=page.kicker,
        source=page.source.name if page.source else "",
        item_code=page.item_code,
        language=page.language,
        paragraphs=page.paragraphs,
        body=page.body,
        date=_day(dated) if dated else "",
        clock=_clock(dated, page.language) if dated else "",
        dated=dated,
        extracted=page,
    )


def _day(dated: ArticleDate) -> str:
    return dated.value.isoformat()[: len("2020-10") if dated.precision == "month" else None]


def _clock(dated: ArticleDate, language: str) -> str:
    """The hour that the page prints; a time without a zone is no instant, but it is a clock."""
    if dated.precision != "minute":
        return ""
    if dated.instant:
        return f"{dated.instant:%H:%M}"
    printed = (hit.iso or "" for hit in find_dates(dated.as_printed, lang=language))
    return next((iso[11:16] for iso in printed if "T" in iso), "")


def rank(passages: Sequence[str], question: str) -> list[int]:
    """`rank(["…بیمه است…", "…ضمانت‌نامه بانکی…"], "به چه ضمانت‌نامه می گویند")` is [1, 0], or [1] where one answers."""
    from tools.evaluation.articles import index_entries
    from tools.evaluation.asking import OURS
    from tools.evaluation.passage_index import PassageIndex
    from tools.evaluation.sets import CorpusPassage

    with tempfile.TemporaryDirectory() as folder:
        index = PassageIndex(Path(folder))
        index.fill(index_entries((CorpusPassage(str(at), text) for at, text in enumerate(passages)), workers=1))
        return [int(identifier) for identifier in OURS.ask(index, question)]
