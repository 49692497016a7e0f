"""The newest reports on a record, or on several together, not read out of all of them: the index has them in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef

from archive.articles.models import AccessPoint, Article
from archive.authorities.listing import articles
from archive.authorities.models import AuthorityRecord, Kind
from search.browse.company import Coverage
from search.web.caching import waiting

FEW: Final = 100  # reports of a record that the database orders by itself as fast
WAITING: Final = 1_000  # changes that the index has not followed yet and that are looked at, the newest
_IN: Final = 500


def newest_on(record: AuthorityRecord, found: Coverage | None, most: int) -> list[int]:
    """The keys of up to `most` public reports on a record as `listing.articles` orders them; few statements.

    `found` is what the index has of the record, with as many of the newest. Where it cannot say, or has few, the
    database orders all. What the index has not followed yet is looked at beside.
    """
    if found is None or found.total <= FEW:
        return list(articles(record).values_list("pk", flat=True)[:most])
    return newest_of(found, most, record)


def newest_of(found: Coverage, most: int, *records: AuthorityRecord) -> list[int]:
    """The same of the reports on all of these records, of whom the index has `found` with as many of the newest."""
    named = list(dict.fromkeys([*found.newest, *waiting(WAITING)]))
    rows = [row for start in range(0, len(named), _IN) for row in _among(records, named[start : start + _IN])]
    rows.sort(key=lambda row: (row[1] is not None, row[1] or date.min, row[0]), reverse=True)
    return [row[0] for row in rows[:most]]


def _among(records: Sequence[AuthorityRecord], identifiers: list[str]) -> list[tuple[Any, ...]]:
    """Key and day of those of some articles that are public and on the records, found by their identifiers alone."""
    held = Article.objects.filter(identifier__in=identifiers).still_published()
    sources = {record.pk for record in records if record.kind == Kind.SOURCE}
    for record in records:
        if record.pk not in sources:
            points = AccessPoint.objects.filter(article=OuterRef("pk"), record=record)
            held = held.filter(Exists(points.exclude(state=AccessPoint.State.REJECTED)))
    rows = held.values_list("pk", "dated_on", "source_id")
    return [row for row in rows if sources <= {row[2]}]
