"""The terms of diplomacy as records: loaded from the file that ships, then kept by curators."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archive.authorities.loading import Entry
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, NameUse, Relation, RelationKind
from search.terms import FILE

FORMS = (
    ("prefLabel", FormStatus.AUTHORIZED, NameUse.NAME),
    ("altLabel", FormStatus.VARIANT, NameUse.NAME),
    ("hiddenLabel", FormStatus.VARIANT, NameUse.HIDDEN),
)


def shipped_terms() -> list[Mapping[str, Any]]:
    """The rows of the file: `{"id": "talks", "prefLabel": {"ar": "مباحثات", …}, …}`."""
    rows: list[Mapping[str, Any]] = json.loads(FILE.read_text("utf-8"))
    return rows


def entries(rows: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """The terms as records to be loaded; each name once."""
    return [
        {"kind": Kind.TERM, "slug": row["id"], "note": row.get("scopeNote", ""), "names": list(_names(row))}
        for row in rows
    ]


def _names(row: Mapping[str, Any]) -> Iterator[Entry]:
    told: set[tuple[str, str, str]] = set()
    for key, form, use in FORMS:
        for language, texts in row.get(key, {}).items():
            for text in [texts] if isinstance(texts, str) else texts:
                if (text, language, use) not in told:
                    told.add((text, language, use))
                    source = row.get("attested", {}).get(language) or row.get("source", "")
                    yield {"text": text, "language": language, "form": form, "use": use, "source": source[:300]}


def relate(rows: Iterable[Mapping[str, Any]]) -> None:
    """Tell which term is narrower than which, of those that no curator touched and that tell nothing yet."""
    held = {record.slug: record for record in AuthorityRecord.objects.of_kind(Kind.TERM)}
    told = set(Relation.objects.filter(record__kind=Kind.TERM).values_list("record_id", flat=True))
    Relation.objects.bulk_create(
        Relation(record=record, kind=RelationKind.BROADER, other=held[other], source=row.get("source", ""))
        for row in rows
        if not (record := held[row["id"]]).curated and record.pk not in told
        for other in row.get("broader", ())
        if other in held
    )
