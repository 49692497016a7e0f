"""The one writer: applies the change log to the index, rebuilds it, and compares it with the database."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from haystack import connections

from archive.articles.models import Article
from search.documents import document
from search.models import IndexChange

BATCH = 500


def backend() -> Any:
    """The engine that the settings name."""
    return connections["default"].get_backend()


def article_index() -> Any:
    return connections["default"].get_unified_index().get_index(Article)


def rebuild(articles: Iterable[Article] | None = None) -> int:
    """Index every public article anew, beside the index that is served, then swap; give their number.

    Changes recorded before the start are in the new index and leave the log; later ones stay in it.
    """
    engine = backend()
    with engine.folders.writing(wait=True):
        included = list(IndexChange.objects.values_list("pk", flat=True))
        if articles is None:
            articles = public_articles().iterator(chunk_size=BATCH)
        count: int = engine.rebuild(article_index(), articles)
        IndexChange.objects.filter(pk__in=included).delete()
    return count


def ensure_index() -> bool:
    """Rebuild when there is no index or another version made it; whether that was needed."""
    if backend().is_current():
        return False
    rebuild()
    return True


def apply_changes() -> int:
    """Apply one batch of the change log in one commit; give the number of changes applied, 0 when there are none.

    At least once: a change leaves the log after the commit, so a writer that dies before that applies it again.
    """
    engine = backend()
    with engine.folders.writing():
        changes = list(IndexChange.objects.all()[:BATCH])
        if not changes:
            return 0
        identifiers = list(dict.fromkeys(change.identifier for change in changes))
        changed = list(public_articles().filter(identifier__in=identifiers))
        gone = set(identifiers) - {article.identifier for article in changed}
        engine.apply(article_index(), changed, sorted(gone))
        IndexChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
        return len(changes)


def apply_all() -> int:
    """Apply the change log until it is empty."""
    return sum(iter(apply_changes, 0))


def watch(pause: float, keep_on: Any) -> Iterator[int]:
    """Apply changes as they come, looking every `pause` seconds while `keep_on()`; yields what each batch applied."""
    while keep_on():
        applied = apply_changes()
        if applied:
            yield applied
        else:
            time.sleep(pause)


def public_articles() -> Any:
    return article_index().index_queryset()


@dataclass(frozen=True, slots=True)
class Difference:
    """Identifiers of public articles that the index lacks, holds in an older state, or holds though not public."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)

    @property
    def identifiers(self) -> tuple[str, ...]:
        return self.missing + self.stale + self.extra


def compare() -> Difference:
    """Compare every public article with its document in the index by digest."""
    indexed = {key.identifier: key.digest for key in backend().snapshot().keys.values()}
    wanted = {article.identifier: document(article)["digest"] for article in public_articles().iterator(chunk_size=200)}
    return Difference(
        missing=tuple(sorted(wanted.keys() - indexed.keys())),
        stale=tuple(sorted(name for name in wanted.keys() & indexed.keys() if wanted[name] != indexed[name])),
        extra=tuple(sorted(indexed.keys() - wanted.keys())),
    )


def repair(difference: Difference) -> None:
    """Put the articles of a difference into the change log and apply it."""
    with transaction.atomic():
        IndexChange.record(difference.identifiers)
    apply_all()
