"""Whom the reports of one record, or of several together, speak of besides: counted by the engine over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from archive.authorities.directory import Directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.pages.interface import reader_language
from search.engine import engine
from search.engine.protocol import Question
from search.question.address import url
from search.request import UNDATED, SearchRequest
from search.tree import All, And, Linked
from search.ways.fields import with_field

SHOWN: Final = 10
KINDS: Final = (Kind.OFFICIAL, Kind.COUNTRY, Kind.BODY)


@dataclass(frozen=True, slots=True)
class Companion:
    """A record that the reports speak of, too, `count` of them; `url` leads to these reports."""

    kind: str
    slug: str
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """All reports on some records: how many, on which days, who else is in them, and the newest of them."""

    total: int
    days: Mapping[int, int]
    undated: int
    counts: Mapping[str, Mapping[str, int]]
    newest: tuple[str, ...] = ()


def company(*records: AuthorityRecord, newest: int = 0) -> Coverage:
    """What the index knows of the reports on all of these records, with the identifiers of so many of the newest.

    SearchUnavailable when it cannot answer.
    """
    sources = tuple(record.slug for record in records if record.kind == Kind.SOURCE)
    trees = tuple(Linked(record.kind, record.slug) for record in records if record.kind != Kind.SOURCE)
    narrowed = (("source", sources),) if sources else ()
    question = Question(And(trees) if trees else All(), narrowed, order="newest", size=newest, by_day=True)
    answer = engine().search(question)
    undated = answer.days.get(0, 0) or answer.counts.get("year", {}).get(UNDATED, 0)
    found = tuple(identifier for identifier, _score in answer.found)
    return Coverage(answer.total, answer.days, undated, answer.counts, found)


def asking(*records: AuthorityRecord) -> SearchRequest:
    """The question for the reports on all of these records, whose first of a kind is chosen in its facet.

    Values of one facet are alternatives, so a second country is asked in the words of the query.
    """
    asked = SearchRequest()
    for record in records:
        asked = also(asked, record.kind, record.slug)
    return asked


def also(asked: SearchRequest, kind: str, slug: str) -> SearchRequest:
    """The same question of reports that speak of this record, too."""
    if not asked.chosen(kind):
        return asked.with_values(kind, [slug])
    words = with_field(asked.q, kind, slug)
    return SearchRequest(q=words, filters=asked.filters)


def companions(found: Coverage, kind: Kind, records: Sequence[AuthorityRecord], names: Directory) -> list[Companion]:
    """The records of a kind that are most often in the reports with these, who are not among them.

    Two countries have a page of their own; any other company leads to the search for both.
    """
    own = {record.slug for record in records if record.kind == kind}
    counts = [(slug, count) for slug, count in found.counts.get(kind, {}).items() if count and slug not in own]
    most = sorted(counts, key=lambda item: (-item[1], item[0]))[:SHOWN]
    language, asked = reader_language(), asking(*records)
    alone = records[0] if len(records) == 1 and records[0].kind == kind == Kind.COUNTRY else None
    return [
        Companion(
            kind,
            slug,
            names.label(kind, slug, language),
            count,
            pair_address(alone.slug, slug) if alone else url(also(asked, kind, slug)),
        )
        for slug, count in most
    ]


def pair_address(one: str, other: str) -> str:
    """The page of two countries, by their codes in the order of the alphabet."""
    return reverse("browse:pair", args=sorted((one, other)))
