"""The forms of a record's name as a file: every spelling by language and outlet, and the forms that no report has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from archive.authorities.directory import Directory, directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.pages.bounds import heavy
from archive.pages.interface import reader_language
from archive.text.tables import Row
from search.browse.spellings import unattested, uses
from search.browse.state import revalidated
from search.export import tables

COLUMNS: Final = (
    "spelling", "language", "on_file", "source", "source_name", "mentions", "articles", "first_day", "last_day",
)  # fmt: skip
YES: Final = {True: "yes", False: "no"}


@require_safe
@revalidated
@heavy
def export(request: HttpRequest, kind: Kind, slug: str) -> HttpResponseBase:
    """`/officials/khalaf-khalafov/names/?format=csv`; names of outlets are in the reader's language."""
    present = AuthorityRecord.objects.present().prefetch_related("names")
    record = get_object_or_404(present, kind=kind, slug=slug)
    return tables.table(request, f"names-{slug}", COLUMNS, _rows(record, directory(), reader_language()))


def _rows(record: AuthorityRecord, names: Directory, language: str) -> Iterator[Row]:
    found, on_file = uses(record), {name.text for name in record.names.all()}
    for use in found:
        outlet = use.named(names, language)
        days = (day.isoformat() if day else "" for day in (use.first, use.last))
        known = YES[use.written in on_file]
        yield use.written, use.language, known, use.outlet, outlet, use.mentions, use.reports, *days
    for text, code in unattested(found, record):
        yield text, code, YES[True], "", "", 0, 0, "", ""
