"""The spellings of a name that reports attest: as written, in which language, by which outlet, from when until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from archive.articles.models import Article, Mention, Precision
from archive.authorities.directory import Directory
from archive.authorities.listing import articles, language_name
from archive.authorities.models import AuthorityRecord, Kind
from archive.text.languages import direction

SHOWN: Final = 12  # spellings of a language that a page shows; the file has all
READ: Final = 1_000  # reports that a page reads, the newest; the file reads all
READ_OF_EACH = (
    "pk", "kicker", "title", "body", "language", "source__slug", "source_as_printed", "dated_on", "date_precision",
)  # fmt: skip
PORTION: Final = READ
EXACT: Final = frozenset({Precision.DAY, Precision.MINUTE})
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class SpellingUse:
    """One spelling in the reports of one outlet: `written` as it stands in the text, without attached particles.

    `outlet` is the slug of a source, or with `printed` what a report without a source on file calls its own. `first`
    and `last` are the days of the first and the last report that is dated to the day; None where none is.
    """

    written: str
    language: str
    outlet: str
    printed: str
    mentions: int
    reports: int
    first: date | None
    last: date | None

    def named(self, names: Directory, language: str) -> str:
        """The outlet in the reader's language, or as it is printed; "" where no report says."""
        return names.label(Kind.SOURCE, self.outlet, language) if self.outlet else self.printed


@dataclass(frozen=True, slots=True)
class AttestedSpelling:
    """One spelling in one language with its outlets, the most frequent first; `on_file` as a form of the name."""

    written: str
    on_file: bool
    uses: tuple[SpellingUse, ...]
    outlets: tuple[str, ...]

    @property
    def mentions(self) -> int:
        return sum(use.mentions for use in self.uses)

    @property
    def reports(self) -> int:
        return sum(use.reports for use in self.uses)

    @property
    def first(self) -> date | None:
        return min((use.first for use in self.uses if use.first), default=None)

    @property
    def last(self) -> date | None:
        return max((use.last for use in self.uses if use.last), default=None)


@dataclass(frozen=True, slots=True)
class Attested:
    """The spellings in the reports of one language, the most frequent first; `total` counts all of them."""

    language: str
    label: str
    direction: str
    spellings: tuple[AttestedSpelling, ...]
    total: int


def uses(record: AuthorityRecord, keys: list[int] | None = None) -> list[SpellingUse]:
    """The spellings of a record by language and outlet, in public reports whose link no curator rejected.

    Of the reports with these keys, or of all. Two queries for every `PORTION` of them; each text is read once.
    """
    identifiers = list(articles(record).values_list("pk", flat=True)) if keys is None else keys
    tallied: defaultdict[Key, list[tuple[int, date | None]]] = defaultdict(list)
    for start in range(0, len(identifiers), PORTION):
        for key, pk, day in _written(record, identifiers[start : start + PORTION]):
            tallied[key].append((pk, day))
    found = [_use(key, mentions) for key, mentions in tallied.items()]
    return sorted(found, key=lambda use: (-use.mentions, use.written, use.language, use.outlet, use.printed))


def _written(record: AuthorityRecord, portion: list[int]) -> Iterator[tuple[Key, int, date | None]]:
    """For each mention what is written there, and the report with its day where that is known."""
    texts = Article.objects.filter(pk__in=portion).order_by()
    held = {row.pk: row for row in texts.values_list(*READ_OF_EACH, named=True)}
    places = Mention.objects.filter(access_point__record=record, access_point__article__in=portion).order_by()
    rows = places.values_list("access_point__article", "field", "start", "end")
    for pk, field, start, end in rows:
        article = held[pk]
        outlet = article.source__slug or ""
        key = (
            getattr(article, field)[start:end],
            article.language,
            outlet,
            "" if outlet else article.source_as_printed,
        )
        yield key, pk, article.dated_on if article.date_precision in EXACT else None


def _use(key: Key, mentions: list[tuple[int, date | None]]) -> SpellingUse:
    days = [day for _pk, day in mentions if day]
    reports = {pk for pk, _day in mentions}
    return SpellingUse(*key, len(mentions), len(reports), min(days, default=None), max(days, default=None))


def attested(found: Iterable[SpellingUse], record: AuthorityRecord, names: Directory, language: str) -> list[Attested]:
    """The spellings by language: that of the reader first, then by the number of spellings."""
    on_file = {name.text for name in record.names.all()}
    by_language: dict[str, list[AttestedSpelling]] = {}
    for (code, written), held in groupby(sorted(found, key=_place), key=lambda use: (use.language, use.written)):
        tallied = tuple(held)
        outlets = tuple(dict.fromkeys(name for use in tallied if (name := use.named(names, language))))
        by_language.setdefault(code, []).append(AttestedSpelling(written, written in on_file, tallied, outlets))
    groups = [_group(code, spellings) for code, spellings in by_language.items()]
    return sorted(groups, key=lambda group: (group.language != language, -group.total, group.language))


def _place(use: SpellingUse) -> tuple[str, str, int]:
    return use.language, use.written, -use.mentions


def _group(code: str, spellings: list[AttestedSpelling]) -> Attested:
    ordered = sorted(spellings, key=lambda spelling: (-spelling.mentions, spelling.written))
    return Attested(code, language_name(code), direction(code), tuple(ordered[:SHOWN]), len(ordered))


def unattested(found: Iterable[SpellingUse], record: AuthorityRecord) -> Iterator[tuple[str, str]]:
    """The forms on file, each with its language, that no report has as they are written."""
    written = {use.written for use in found}
    yield from ((name.text, name.language) for name in record.names.all() if name.text not in written)
