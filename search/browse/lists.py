"""Lists of records in the order of the alphabet, and the sources with their languages and the days of their reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article, Precision
from archive.authorities.listing import language_name
from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.tallies import of_each, tallied
from search.analysis.collation import collation_key, initial

Entry = dict[str, Any]
PLURALS: Final = {
    Kind.COUNTRY: _("Countries"),
    Kind.OFFICIAL: _("Officials"),
    Kind.BODY: _("Bodies"),
    Kind.SOURCE: _("Sources"),
}


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


def list_url(kind: Kind) -> str:
    """`/countries/` for the countries."""
    return reverse("browse:countries" if kind == Kind.COUNTRY else f"browse:{'bodie' if kind == Kind.BODY else kind}s")


def in_order(entries: Iterable[Entry], language: str) -> list[Initial]:
    """Entries by the letters under which a reader of the language looks for them."""
    ordered = sorted(entries, key=lambda entry: collation_key(entry["label"], language))
    grouped = groupby(ordered, key=lambda entry: initial(entry["label"], language))
    return [Initial(letter, tuple(held)) for letter, held in grouped]


def sources(entries: Iterable[Entry]) -> list[Source]:
    """The sources of a list in its order, the languages of each by the number of its reports; two queries for all."""
    exact = Q(date_precision__in=(Precision.DAY, Precision.MINUTE), dated_on__isnull=False)
    days = Article.objects.published().filter(exact, source=OuterRef("pk")).values("dated_on")
    held = AuthorityRecord.objects.present().of_kind(Kind.SOURCE).filter(Exists(of_each("source"))).order_by()
    found = held.values_list(
        "slug", "pk", Subquery(days.order_by("dated_on")[:1]), Subquery(days.order_by("-dated_on")[:1])
    )
    rows = {slug: row for slug, *row in found}
    languages = _languages()
    return [
        Source(entry, tuple(map(language_name, languages[key])), first, last)
        for entry in entries
        for key, first, last in [rows.get(entry["slug"], (0, None, None))]
    ]


def _languages() -> Mapping[int, list[str]]:
    """The languages of the reports of each source, by its primary key, the one with the most reports first."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for told, _number in sorted(tallied("language").items(), key=lambda one: (-one[1], one[0])):
        source, _colon, language = told.partition(":")
        found[int(source)].append(language)
    return found
