"""The index compared with the database, article by article, and made equal to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from search.documents.entries import entries
from search.indexing.indexes import READERS, KeptIndex
from search.indexing.writer import apply_all


@dataclass(frozen=True, slots=True)
class IndexDifference:
    """Identifiers of articles that an index lacks, holds in an older state, or holds though not to be there."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)

    @property
    def identifiers(self) -> tuple[str, ...]:
        return self.missing + self.stale + self.extra


def compare(held: KeptIndex = READERS) -> IndexDifference:
    """Compare every article of an index with its document in the index by the digest of what the document is made from.

    That the documents were made by this code is what the index's fingerprint says, and that they are as they were
    written its manifest; so nothing is analysed.
    """
    indexed = held.engine().digests()
    wanted = {entry.identifier: entry.digest() for entry in entries(held.keys(), are_public=held.is_public)}
    return IndexDifference(
        missing=tuple(sorted(wanted.keys() - indexed.keys())),
        stale=tuple(sorted(name for name in wanted.keys() & indexed.keys() if wanted[name] != indexed[name])),
        extra=tuple(sorted(indexed.keys() - wanted.keys())),
    )


def repair(difference: IndexDifference, held: KeptIndex = READERS) -> None:
    """Put the articles of a difference into the change log and apply it."""
    with transaction.atomic():
        held.changes.record(difference.identifiers)
    apply_all(held)
