"""The one writer: applies the change log to the index, rebuilds it, heals it, and compares it with the database."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from haystack import connections

from archive.articles.models import Article
from search import parallel
from search.engine import SearchUnavailable
from search.entries import batches, entries, entry_of
from search.models import IndexChange
from search.rebuilding import Progress, counted, progress

logger = logging.getLogger("search.writer")
BATCH = 500
WORTH_PROCESSES = 1_000  # articles; starting a process costs about two seconds
Told = Callable[[int], object]


def backend() -> Any:
    """The engine that the settings name."""
    return connections["default"].get_backend()


def article_index() -> Any:
    return connections["default"].get_unified_index().get_index(Article)


def rebuild(articles: Iterable[Article] | None = None, *, processes: int = 0, told: Told = int) -> int:
    """Index every public article anew, beside the index that is served, then swap; give their number.

    Changes recorded before the start are in the new index and leave the log; later ones stay in it. `processes` is
    how many prepare documents, 0 for as many as there are processors; `told` hears how many more are done.
    """
    engine = backend()
    with engine.folders.writing(wait=True):
        included = list(IndexChange.objects.values_list("pk", flat=True))
        with counted(engine.folders.root, public_articles().count(), told) as count, engine.building() as build:
            if articles is None and (processes := _processes(processes)) > 1:
                build.segments.extend(parallel.build(build.folder, _public_keys(), processes, count))
            else:
                build.segments.extend(_build_here(engine.bulk(build.folder), articles, count))
        _forget(included)
    return count.done


def _build_here(bulk: Any, articles: Iterable[Article] | None, count: Told) -> list[Any]:
    """Index in this process; give the segments that were written."""
    with bulk:
        for batch in batches(entries(_public_keys()) if articles is None else map(entry_of, articles)):
            bulk.add(batch)
            count(len(batch))
        return list(bulk.finish())


def _public_keys() -> Any:
    return Article.objects.published().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=10_000)


def _processes(wanted: int) -> int:
    """How many processes pay; another process cannot see a database in memory."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        return 1
    if wanted:
        return wanted
    few = public_articles().count() < WORTH_PROCESSES
    return 1 if few else len(os.sched_getaffinity(0))


def ensure_index(*, thoroughly: bool = True, told: Told = int) -> bool:
    """Rebuild when there is no index, another version made it or its files are damaged; whether that was needed.

    Not `thoroughly`, damage is only noticed where a file is missing or not of its size. A damaged index is condemned
    first; one of another version is not: what reads it rightly, this code or its own, goes on meanwhile.
    """
    reason = doubt(thoroughly=thoroughly)
    if not reason:
        return False
    engine = backend()
    with engine.folders.writing(wait=True):
        reason = doubt(thoroughly=thoroughly)  # another process may have built it while this one waited
        if not reason:
            return False
        if engine.damage() and not engine.is_foreign():
            engine.condemn(reason)
    logger.log(logging.WARNING if engine.version_gap() else logging.ERROR, "the index is built anew: %s", reason)
    rebuild(told=told)
    return True


def doubt(*, thoroughly: bool = True) -> str:
    """Why the index is to be built anew, "" when it is this code's own and whole."""
    reason = damage(thoroughly=thoroughly)
    gap = "" if reason else backend().version_gap()
    return f"it was made by an earlier version, with another {gap}" if gap else reason


def building() -> Progress | None:
    """How far a new index is that is being built, by this process or another one; None when none is."""
    return progress(backend().folders.root)


def damage(*, thoroughly: bool = True) -> str:
    """Why the index is not to be served, "" when it may be."""
    if thoroughly:
        return str(backend().damage())
    try:
        backend().generation()
    except SearchUnavailable as error:
        return error.reason
    return ""


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
        keys = Article.objects.filter(identifier__in=identifiers).still_published().order_by("pk")
        changed = list(entries(keys.values_list("pk", flat=True)))
        gone = set(identifiers) - {entry.identifier for entry in changed}
        engine.apply(changed, sorted(gone))
        _forget([change.pk for change in changes])
        return len(changes)


def _forget(changes: list[int]) -> None:
    """Take these changes out of the log, by their keys: a smaller key may be committed later than a larger one."""
    for start in range(0, len(changes), BATCH):
        IndexChange.objects.filter(pk__in=changes[start : start + BATCH]).delete()


def apply_all() -> int:
    """Apply the change log until it is empty."""
    return sum(iter(apply_changes, 0))


def tidy() -> bool:
    """Join small segments and drop deleted documents, one turn; whether anything was to be done."""
    engine = backend()
    with engine.folders.writing():
        return bool(engine.tidy())


def mend_side_files(*, thoroughly: bool = False) -> bool:
    """Make anew what lies beside the index and is gone or damaged; whether all of it is whole then."""
    engine = backend()
    if not engine.side_files_to_mend(thoroughly=thoroughly):
        return True
    with engine.folders.writing():
        broken = engine.mend_side_files()
    logger.warning("made anew beside the index: %s", ", ".join(path.name for path in broken))
    return not engine.side_files_to_mend()


def watch(pause: float, keep_on: Any) -> Iterator[int]:
    """Apply changes as they come, looking every `pause` seconds while `keep_on()`; yields what each batch applied.

    A look that finds nothing to do yields 0, before the pause.
    """
    while keep_on():
        applied = apply_changes()
        yield applied
        if not applied:
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
    """Compare every public article with its document in the index by the digest of what the document is made from.

    That the documents were made by this code is what the index's fingerprint says, and that they are as they were
    written its manifest; so nothing is analysed.
    """
    indexed = {key.identifier: key.digest for key in backend().snapshot().keys.values()}
    wanted = {entry.identifier: entry.digest() for entry in entries(_public_keys())}
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
