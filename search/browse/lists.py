"""Lists of records in the order of the alphabet, and the sources with their languages and the days of their reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Min, Q

from archive.articles.models import Article, Precision
from archive.authorities.listing import language_name
from search.analysis.collation import collation_key, initial

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Initial:
    """The entries under one letter of the reader's alphabet."""

    letter: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source with the languages of its reports, and their first and last day; None where none is dated to the day."""

    entry: Entry
    languages: tuple[str, ...]
    first: date | None
    last: date | None


def in_order(entries: Iterable[Entry], language: str) -> list[Initial]:
    """Entries by the letters under which a reader of the language looks for them."""
    ordered = sorted(entries, key=lambda entry: collation_key(entry["label"], language))
    grouped = groupby(ordered, key=lambda entry: initial(entry["label"], language))
    return [Initial(letter, tuple(held)) for letter, held in grouped]


def sources(entries: Iterable[Entry]) -> list[Source]:
    """The sources of a list in its order; one query for all."""
    exact = Q(date_precision__in=(Precision.DAY, Precision.MINUTE))
    tallied = Article.objects.published().filter(source__isnull=False).values("source__slug", "language")
    days = tallied.annotate(n=Count("pk"), first=Min("dated_on", filter=exact), last=Max("dated_on", filter=exact))
    rows: dict[str, list[Entry]] = {}
    for row in days.order_by("-n"):
        rows.setdefault(row["source__slug"], []).append(row)
    return [_source(entry, rows.get(entry["slug"], [])) for entry in entries]


def _source(entry: Entry, rows: list[Entry]) -> Source:
    return Source(
        entry,
        tuple(language_name(row["language"]) for row in rows),
        min((row["first"] for row in rows if row["first"]), default=None),
        max((row["last"] for row in rows if row["last"]), default=None),
    )
