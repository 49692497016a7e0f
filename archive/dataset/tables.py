"""The tables of the dataset: every column with its type and meaning, and the rows that readers may have.

A list is a list in JSON Lines, and its values parted by ` | ` in CSV; what is not known is null, and empty in CSV.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from archive.articles.models import AccessPoint, Article
from archive.articles.rights import Audience, shown
from archive.authorities.directory import directory
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, Name

Values = Sequence[Any]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """`type` is Frictionless's: `string`, `date`, `datetime`, `array`; `must` says that it is never empty."""

    name: str
    type: str
    meaning: str
    must: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`held` are the objects of which each is a row that `values` gives, in the order of the columns."""

    name: str
    meaning: str
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]
    held: Callable[[], QuerySet[Any]]
    values: Callable[[Any], Values]

    def rows(self, after: int, most: int) -> list[tuple[int, Values]]:
        """The next rows, each after the key of its object."""
        found = self.held().filter(pk__gt=after).order_by("pk")[:most]
        return [(one.pk, self.values(one)) for one in found]


def _article(article: Article) -> Values:
    article = shown(article, Audience.BULK, directory())
    capture = article.capture
    points = [p.record for p in article.access_points.all() if p.state != AccessPoint.State.REJECTED]
    linked = [[one.slug for one in points if one.kind == kind] for kind in (Kind.COUNTRY, Kind.OFFICIAL, Kind.BODY)]
    return (
        article.identifier,
        article.guid,
        article.get_absolute_url(),
        article.language,
        article.kicker or None,
        article.title,
        article.body or None,
        article.shown_as,
        article.source.slug if article.source else None,
        article.source_as_printed or None,
        article.byline or None,
        article.agency or None,
        article.place or None,
        article.item_code or None,
        article.dated_on.isoformat() if article.dated_on else None,
        article.dated_at.isoformat() if article.dated_at else None,
        article.date_precision or None,
        article.date_certainty,
        article.date_calendar or None,
        article.date_as_printed or None,
        *linked,
        capture.target_uri or None,
        capture.captured_at.isoformat() if capture.captured_at else None,
        capture.payload_digest,
        article.first_published_at.isoformat() if article.first_published_at else None,
    )


def _record(record: AuthorityRecord) -> Values:
    own = {name.language: name.text for name in record.names.all() if name.form == FormStatus.AUTHORIZED}
    return (record.kind, record.slug, record.get_absolute_url(), *map(own.get, ("ar", "fa", "en")))


def _name(name: Name) -> Values:
    return (name.record.kind, name.record.slug, name.text, name.language, name.form, name.use)


ARTICLES: Final = Table(
    "articles",
    "The published reports of the archive, described.",
    (
        TableColumn("identifier", "string", "permanent: the page is /articles/IDENTIFIER/", must=True),
        TableColumn("guid", "string", "the same as a URN, which feeds use", must=True),
        TableColumn("path", "string", "of the page, on the archive's site", must=True),
        TableColumn("language", "string", "ar, fa, or und where it could not be determined", must=True),
        TableColumn("kicker", "string", "the line above the title"),
        TableColumn("title", "string", "as printed", must=True),
        TableColumn("text", "string", "paragraphs parted by an empty line, as far as its source's rights allow"),
        TableColumn("text_shown", "string", "what of the text: whole, excerpt, description (nothing)", must=True),
        TableColumn("source", "string", "the outlet: an identifier of a record of the kind source"),
        TableColumn("source_as_printed", "string", "the outlet in the words of the page"),
        TableColumn("byline", "string", "who wrote it, as printed"),
        TableColumn("agency", "string", "the agency it came from, as printed"),
        TableColumn("place", "string", "of the dateline, as printed"),
        TableColumn("item_code", "string", "the outlet's own number of the report"),
        TableColumn("date", "date", "Gregorian, in the outlet's time zone; the first day of a month or year"),
        TableColumn("time", "datetime", "the instant, where the page states one"),
        TableColumn("date_precision", "string", "minute, day, month, year"),
        TableColumn(
            "date_certainty", "string", "stated by the page, inferred, curated by a person, undated", must=True
        ),
        TableColumn("date_calendar", "string", "of the date as printed: gregorian, solar_hijri, lunar_hijri"),
        TableColumn("date_as_printed", "string", "the words of the page"),
        TableColumn("countries", "array", "linked records of this kind: identifiers (ISO 3166-1, lower case)"),
        TableColumn("officials", "array", "linked records of this kind: identifiers"),
        TableColumn("bodies", "array", "linked records of this kind: identifiers"),
        TableColumn("original_address", "string", "of the page that was captured"),
        TableColumn("captured_at", "datetime", "when the page was fetched, where that is known"),
        TableColumn("sha256", "string", "digest of the captured bytes", must=True),
        TableColumn("published_at", "datetime", "when the archive first published it"),
    ),
    ("identifier",),
    lambda: Article.objects.published().described(),
    _article,
)
RECORDS: Final = Table(
    "records",
    "Officials, countries, bodies and sources, each once.",
    (
        TableColumn("kind", "string", "official, country, body, source", must=True),
        TableColumn("identifier", "string", "permanent within its kind", must=True),
        TableColumn("path", "string", "of the page, on the archive's site", must=True),
        TableColumn("name_ar", "string", "the authorized name in Arabic"),
        TableColumn("name_fa", "string", "the authorized name in Persian"),
        TableColumn("name_en", "string", "the authorized name in English"),
    ),
    ("kind", "identifier"),
    lambda: AuthorityRecord.objects.present().exclude(kind=Kind.TERM).prefetch_related("names"),
    _record,
)
NAMES: Final = Table(
    "names",
    "Every form of every name.",
    (
        TableColumn("kind", "string", "of the record", must=True),
        TableColumn("identifier", "string", "of the record", must=True),
        TableColumn("name", "string", "as written", must=True),
        TableColumn("language", "string", "BCP 47", must=True),
        TableColumn("form", "string", "authorized, parallel, variant", must=True),
        TableColumn("use", "string", "how it is used: name, short name, adjective …", must=True),
    ),
    ("kind", "identifier", "name", "language", "use"),
    lambda: Name.objects.filter(record__merged_into=None).exclude(record__kind=Kind.TERM).select_related("record"),
    _name,
)
TABLES: Final = (ARTICLES, RECORDS, NAMES)


def columns(table: Table) -> Iterator[str]:
    return (column.name for column in table.columns)
