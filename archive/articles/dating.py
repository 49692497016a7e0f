"""The date of an article and what it rests on: the page, the first sentence, or a curator's word."""

from __future__ import annotations

import datetime
from typing import Any, Final

from archive.articles.description import UNDATED, date_evidence, date_fields, partial_dates
from archive.articles.linking import CURATOR
from archive.articles.models import Article, Certainty, Precision
from archive.extraction.dates.dating import date_article
from archive.extraction.dates.typed import TypedDate

DATE_FIELDS: Final = tuple(UNDATED)
EARLIEST: Final = datetime.date(1900, 1, 1)  # the press that is archived is later


def read_dates_anew(article: Article) -> None:
    """Have what was read in the text of an article follow it: days without a year, and a date by the first sentence."""
    article.evidence["date_hints"] = partial_dates(article.body, article.language)
    if is_date_decided(article) or article.date_certainty == Certainty.STATED:
        return
    date = date_article((), article.body, article.language)
    _give(article, date_fields(date) if date else UNDATED)
    article.evidence.pop("date", None)
    if date:
        article.evidence["date"] = date_evidence(date, "body")


def is_date_decided(article: Article) -> bool:
    return not set(DATE_FIELDS).isdisjoint(article.curated_fields)


def date_by_curator(article: Article, typed: TypedDate | None, on: datetime.date) -> None:
    """Date an article by a curator's word, the printed form kept; None makes it undated."""
    page = article.evidence.pop("date", {})
    page = page.get("page", page if page.get("rule") != CURATOR else {})
    printed = article.date_as_printed or page.get("text", "")
    if typed is None:
        _give(article, UNDATED)
        article.evidence["date"] = {"text": printed, "rule": CURATOR, "on": on.isoformat(), "page": page}
        return
    _give(
        article,
        UNDATED
        | {
            "dated_on": typed.first,
            "date_as_printed": printed,
            "date_calendar": article.date_calendar if printed else "",
            "date_precision": precision(typed),
            "date_certainty": Certainty.CURATED,
        },
    )
    article.evidence["date"] = {"text": typed.typed, "rule": CURATOR, "on": on.isoformat(), "page": page}


def precision(typed: TypedDate) -> str:
    """A day, a month or a year, by the days that are covered."""
    days = (typed.last - typed.first).days
    return Precision.DAY if not days else Precision.MONTH if days < 31 else Precision.YEAR


def as_typed(article: Article) -> str:
    """The date as a curator may type it: `2020-10-28`, `2020-10`, `2020`; of another calendar as it was typed."""
    if article.dated_on is None:
        return ""
    proof = article.evidence.get("date", {})
    if article.date_precision in {Precision.MONTH, Precision.YEAR} and proof.get("text"):
        return str(proof["text"])
    return str(article.dated_on)


def _give(article: Article, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(article, name, value)
