"""The files of an export: CSV, JSON Lines, RIS, BibTeX, CSL-JSON and plain text, each written article by article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from archive.articles.citing.formats import bibtex, csl_json, ris
from archive.articles.citing.styles import house, plain
from archive.articles.models import AccessPoint
from archive.articles.rights import note
from archive.authorities.models import Kind
from archive.text import tables as csv_tables
from search.export import tables
from search.export.result_set import Exported

COLUMNS: Final = (
    "identifier", "title", "romanized_title", "kicker", "language", "source", "source_as_printed", "item_code",
    "byline", "agency", "place", "date", "date_precision", "date_certainty", "date_as_printed", "date_calendar",
    "date_in_calendar", "countries", "officials", "bodies", "url", "original_url", "captured_at", "digest", "text",
    "text_shown",
)  # fmt: skip


# What a column is called where its reader wants it so; each as on the page of an article.
LABELS: Final = {
    "identifier": _("identifier"), "title": _("title"), "romanized_title": _("romanized title"),
    "kicker": _("kicker"), "language": _("language"),
    "source": _("source"), "source_as_printed": _("source as printed"), "item_code": _("item code"),
    "byline": _("byline"), "agency": _("Agency"), "place": _("place of the dateline"), "date": _("date"),
    "date_precision": _("precision"), "date_certainty": _("date evidence"), "date_as_printed": _("date as printed"),
    "date_calendar": _("calendar as printed"), "date_in_calendar": _("date in its calendar"),
    "countries": _("Countries"), "officials": _("Officials"), "bodies": _("Bodies"), "url": _("Permanent address"),
    "original_url": _("Address of the page"), "captured_at": _("Captured"), "digest": _("Digest"), "text": _("text"),
    "text_shown": _("how much of the text is shown"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """What an export says of itself: the question in words, its address, the counts, the language of the reader.

    `is_above`: a table begins with it, in lines that begin with `#`; `is_labelled`: its columns are called in words.
    """

    title: str
    address: str
    counted: str
    language: str
    is_above: bool = False
    is_labelled: bool = False

    @property
    def as_text(self) -> str:
        return f"{self.title}\n{self.address}\n{self.counted}\n"


Writer = Callable[[Iterable[Exported], Heading], Iterator[str]]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A file format: its media type, the end of its file names, and its writer."""

    media_type: str
    suffix: str
    write: Writer


def row(exported: Exported) -> tuple[object, ...]:
    """What the archive knows of an article and may tell, in the order of `COLUMNS`; lists stay lists.

    `text_shown` says what the text is: `whole`, an `excerpt`, or none (`description`).
    """
    article, work = exported.article, exported.work
    captured = article.capture.captured_at
    return (
        article.identifier, article.title, article.romanized_title, article.kicker, article.language,
        work.source_in("en"), article.source_as_printed, article.item_code,
        article.byline, article.agency, article.place,
        "-".join(f"{part:02}" for part in work.date.parts), article.date_precision, article.date_certainty,
        article.date_as_printed, article.date_calendar, work.date.own(work.own_language),
        _labels(exported, Kind.COUNTRY), _labels(exported, Kind.OFFICIAL), _labels(exported, Kind.BODY),
        work.url, work.original_url, captured.isoformat() if captured else "", work.digest, article.body,
        str(article.shown_as),
    )  # fmt: skip


def _labels(exported: Exported, kind: str) -> list[str]:
    points = [p for p in exported.article.access_points.all() if p.state != AccessPoint.State.REJECTED]
    return [exported.names.label(kind, p.record.slug, "en") for p in points if p.record.kind == kind]


def as_csv(exported: Iterable[Exported], heading: Heading) -> Iterator[str]:
    if heading.is_above:
        yield from (f"# {line}\r\n" for line in (heading.title, heading.address, heading.counted))
    columns = [str(LABELS[column]) for column in COLUMNS] if heading.is_labelled else COLUMNS
    yield from csv_tables.as_csv(columns, map(row, exported))


def as_json_lines(exported: Iterable[Exported], _heading: Heading) -> Iterator[str]:
    return tables.as_json_lines(COLUMNS, map(row, exported))


def as_ris(exported: Iterable[Exported], _heading: Heading) -> Iterator[str]:
    yield from (ris(one.work) for one in exported)


def as_bibtex(exported: Iterable[Exported], heading: Heading) -> Iterator[str]:
    told = f"{heading.title} - {heading.address}".replace("@", " at ")  # an @ begins an entry, also in a comment
    yield f"% {' '.join(told.split())}\n\n"
    yield from (bibtex(one.work) for one in exported)


def as_csl(exported: Iterable[Exported], _heading: Heading) -> Iterator[str]:
    """One JSON array of CSL items."""
    before = "[\n"
    for one in exported:
        yield before + csl_json(one.work)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def as_text(exported: Iterable[Exported], heading: Heading) -> Iterator[str]:
    """Citation and text of every article, with the question above; for reading and for tools that count words."""
    yield heading.as_text
    for one in exported:
        kicker = f"{one.article.kicker}\n" if one.article.kicker else ""
        citation = plain(house(one.work, heading.language))
        text = "\n\n".join(part for part in (one.article.body, note(one.article)) if part)
        yield f"\n{'=' * 72}\n{kicker}{one.article.title}\n\n{text}\n\n{citation}\n"


FORMATS: Final = {
    "csv": ExportFormat("text/csv", "csv", as_csv),
    "jsonl": ExportFormat("application/jsonl", "jsonl", as_json_lines),
    "ris": ExportFormat("application/x-research-info-systems", "ris", as_ris),
    "bib": ExportFormat("application/x-bibtex", "bib", as_bibtex),
    "csl": ExportFormat("application/vnd.citationstyles.csl+json", "json", as_csl),
    "txt": ExportFormat("text/plain", "txt", as_text),
}
