"""An article as it is read: text cut into plain pieces and mentions, dates in three calendars, and its evidence."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.articles.cards import card
from archive.articles.models import AccessPoint, Article, Calendar, Field, Mention, Precision
from archive.articles.rules import evidence_label, mention_label, removed_label
from archive.authorities.directory import Directory, directory
from archive.authorities.models import Kind
from archive.calendars.words import date_or_blank
from archive.pages.addresses import path_to
from archive.pages.interface import reader_calendar, reader_language
from archive.pages.shown import partial_date
from archive.text import marked
from archive.text.languages import reading_language


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; a mention also has the address and kind of its record, and the rule that found it."""

    text: str
    url: str = ""
    title: str = ""
    kind: str = ""


LENGTHS = {"year": 4, "month": 7}  # letters of an ISO date that a precision vouches for
EVIDENCE = {
    "date": _("Date"),
    "source": _("Source"),
    "item_code": _("Item code"),
    "target_uri": _("Target URI"),
    "byline": _("Byline"),
    "agency": _("Agency"),
    "place": _("Place of the dateline"),
    "read_by": _("Text read from a picture"),
}


def pieces(
    text: str, mentions: Iterable[Mention], directory: Directory, language: str, start: int = 0, end: int | None = None
) -> list[Piece]:
    """Cut one text, or the stretch of it from `start` to `end`, at its mentions."""
    cut = marked.pieces(text, mentions, start, end)
    return [_piece(run, mention, directory, language) if mention else Piece(run) for run, mention in cut]


def _piece(text: str, mention: Mention, directory: Directory, language: str) -> Piece:
    record = mention.access_point.record
    label = directory.label(record.kind, record.slug, language)
    told = gettext("%(label)s – recognised by: %(rule)s") % {"label": label, "rule": mention_label(mention.rule)}
    return Piece(text, record.get_absolute_url(), told, record.kind)


def paragraphs(article: Article, mentions: list[Mention], directory: Directory, language: str) -> list[list[Piece]]:
    """The body paragraph by paragraph, each cut at its mentions."""
    body = [mention for mention in mentions if mention.field == Field.BODY]
    spans = marked.paragraphs(article.body)
    return [pieces(article.body, body, directory, language, start, end) for start, end in spans]


def linked(article: Article) -> list[AccessPoint]:
    """The access points that no curator rejected, from what was fetched with the article."""
    return [point for point in article.access_points.all() if point.state != AccessPoint.State.REJECTED]


def shown_mentions(article: Article) -> list[Mention]:
    """The mentions of the access points that no curator rejected, in so much of the text as is shown."""
    shown = len(article.body)
    return [
        mention
        for point in linked(article)
        for mention in point.mentions.all()
        if mention.field != Field.BODY or mention.end <= shown
    ]


def records(article: Article, kind: str, directory: Directory, language: str) -> list[dict[str, str]]:
    """The records of one kind that the article is linked to, in the order of recognition, as links."""
    return [
        {"label": directory.label(kind, record.slug, language), "url": record.get_absolute_url(), "slug": record.slug}
        for record in (point.record for point in linked(article))
        if record.kind == kind
    ]


def dates(article: Article, language: str) -> dict[str, Any]:
    """The date as printed and in three calendars; a lunar date may differ by a day outside Saudi Arabia."""
    day = article.dated_on
    shown: dict[str, Any] = {
        "as_printed": article.date_as_printed,
        "calendar_label": article.get_date_calendar_display() if article.date_calendar else "",
        "certainty": article.date_certainty,
        "certainty_label": article.get_date_certainty_display(),
        "time": _time(article),
        "instant": article.evidence.get("date", {}).get("instant", "") if article.dated_at else "",
    }
    exact = day if article.date_precision in {Precision.DAY, Precision.MINUTE} else None
    for calendar in Calendar:
        shown[calendar] = date_or_blank(exact, calendar, language)
    if day and not exact:
        is_year = article.date_precision == Precision.YEAR
        shown[Calendar.GREGORIAN] = str(day.year) if is_year else f"{day.year:04}-{day.month:02}"
    return shown


def shown_dates(article: Article) -> list[dict[str, str]]:
    """The dates of a report for one line: in the reader's calendar, and in its own where that is another.

    Each has `text`, `language` and `iso` (`2023-10-04`, or `2023-10` for a month); empty for an undated report. A
    month or a year is shown in its own calendar only: it has no equal in another.
    """
    if not article.dated_on:
        return []
    language, own = reader_language(), article.date_calendar or "gregorian"
    precision, mine = article.date_precision, reader_calendar()
    if precision in LENGTHS:
        return [_shown(article.dated_on, own, language, precision)]
    shown = [_shown(article.dated_on, mine, language)]
    if own != mine:
        shown.append(_shown(article.dated_on, own, reading_language(article.language) or language))
    return [date for date in shown if date["text"]]


def _shown(day: datetime.date, calendar: str, language: str, precision: str = "day") -> dict[str, str]:
    text = date_or_blank(day, calendar, language, precision)
    return {"text": text, "language": language, "iso": day.isoformat()[: LENGTHS.get(precision)]}


def _time(article: Article) -> str:
    """The time as the page prints it, else as it states it, in its outlet's zone or in UTC, named so; "" for none."""
    if article.date_precision != Precision.MINUTE:
        return ""
    proof = article.evidence.get("date", {})
    if proof.get("clock"):
        return str(proof["clock"])
    stated = re.search(r"T(\d\d:\d\d)(?:.*(\+00:00)$)?", str(proof.get("instant", "")))
    return f"{stated[1]}{' UTC' if stated[2] else ''}" if stated else ""


def search_links(article: Article) -> dict[str, str]:
    """Addresses of the searches for articles of the same source, month (or year) and language; "" where not known."""
    day = article.dated_on
    when = {"year": f"{day.year:04}"} if day and article.date_precision == Precision.YEAR else {}
    if day and not when:
        when = {"month": f"{day.year:04}-{day.month:02}"}
    asked = {
        "source": {"source": article.source.slug} if article.source else {},
        "date": when,
        "lang": {"lang": article.language},
    }
    return {name: f"{reverse('search')}?{urlencode(values)}" if values else "" for name, values in asked.items()}


def listed(articles: Iterable[Article], language: str) -> list[Article]:
    """Articles for a list of results: each with `source_label` and `country_links` in the reader's language."""
    names = directory()
    dressed = list(articles)
    for article in dressed:
        held = card(article)
        article.source_label = names.label(Kind.SOURCE, held.source, language) if held.source else ""  # type: ignore[attr-defined]
        article.country_links = [  # type: ignore[attr-defined]
            {"label": names.label(*link[:2], language), "url": path_to(f"browse:{link.kind}", link.slug)}
            for link in held.links
            if link.kind == Kind.COUNTRY
        ]
    return dressed


def removed(article: Article) -> list[dict[str, Any]]:
    """What was cut as boilerplate, as found, with the rule in the reader's words and its place (`number`).

    Not what a curator put back, which stands in the text again.
    """
    cuts = article.evidence.get("removed", [])
    back = set(article.paragraphs) if "body" in article.curated_fields else ()
    return [
        {"text": cut["text"], "rule": cut["rule"], "rule_label": removed_label(cut["rule"]), "number": number}
        for number, cut in enumerate(cuts)
        if " ".join(cut["text"].split()) not in back
    ]


def evidence(article: Article) -> list[dict[str, Any]]:
    """The words of the page on which each guess rests."""
    return [
        {
            "label": str(label),
            "text": article.evidence[name]["text"],
            "rule": rule_in_words(article.evidence[name]),
        }
        for name, label in EVIDENCE.items()
        if article.evidence.get(name, {}).get("text")
    ]


def rule_in_words(kept: dict[str, Any]) -> str:
    """Where a statement was found; of a curator's word also the day."""
    told = evidence_label(kept.get("rule", ""))
    if not kept.get("on"):
        return told
    return gettext("%(rule)s, on %(day)s") % {"rule": told, "day": partial_date(kept["on"])}
