"""A story as readers see it: the other reports of an article, and the page of two of them side by side."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext

from archive.articles.models import Article, Field
from archive.articles.reading import listed
from archive.articles.rights import note
from archive.authorities.directory import Directory, directory
from archive.pages.interface import reader_calendar
from archive.pages.shown import in_calendar, localdigits
from archive.stories.comparing import ClueSpan, Comparison, compare
from archive.stories.disagreements import disagreements
from archive.stories.models import Fingerprint

SHOWN = 20  # other reports that are listed


def _others(article: Article) -> list[int]:
    """The keys of the other reports of the same story, drafts among them. Two statements: SQLite scans for one."""
    story = Fingerprint.objects.filter(pk=article.pk).values_list("story", flat=True).first()
    if story is None:
        return []
    return list(Fingerprint.objects.filter(story=story).exclude(pk=article.pk).order_by().values_list("pk", flat=True))


def witnesses(article: Article, language: str) -> list[Article]:
    """For a list: the other public reports, those in another language first; of an article by itself one small query.

    They are asked for by their keys: told to order by date, SQLite would go through all articles in this order.
    """
    if not (keys := _others(article)):
        return []
    found = Article.objects.filter(pk__in=keys).still_published().order_by("dated_on", "pk").lined()
    return sorted(listed(found[:SHOWN], language), key=lambda other: other.language == article.language)


def side_by_side(one: Article, other: Article, language: str) -> dict[str, Any]:
    """Both reports with what they share marked, the legend of the marks, and what they disagree on.

    Reports that are not of one story tell of different events: of these only the spelling of names is compared.
    """
    names = directory()
    compared = compare(one, other)
    is_one_event = other.pk in _others(one)
    return {
        "sides": [_side(one, compared.one, compared, language), _side(other, compared.other, compared, language)],
        "legend": [label(clue, names, language) for clue in compared.shared],
        "is_one_event": is_one_event,
        "disagreements": disagreements(one, other, compared, names, language, is_one_event=is_one_event),
    }


def _side(article: Article, spans: tuple[ClueSpan, ...], compared: Comparison, language: str) -> dict[str, Any]:
    return {
        "article": listed([article], language)[0],
        "note": note(article),
        "title": compared.paragraphs(article, spans, Field.TITLE)[0],
        "paragraphs": compared.paragraphs(article, spans, Field.BODY),
    }


def label(clue: str, names: Directory, language: str) -> str:
    """A clue in the reader's words: a name, a day in the reader's calendar, a round, a number."""
    kind, _colon, value = clue.partition(":")
    if kind == "day":
        return in_calendar(datetime.date.fromisoformat(value), reader_calendar()) or localdigits(value)
    if kind == "round":
        return gettext("round %(n)s") % {"n": localdigits(value)}
    if kind == "number":
        return localdigits(value)
    return names.label(kind, value, language)
