"""The one writer: applies the change log to the index, rebuilds it, and heals it."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any

from django.db import connection

from archive.articles.models import Article
from search.documents.entries import batches, entries
from search.engine import engine
from search.engine.protocol import Build, SearchUnavailable
from search.indexing.parallel import build_parts
from search.indexing.rebuilding import counted
from search.models import IndexChange

logger = logging.getLogger("search.writer")
BATCH = 500
WORTH_PROCESSES = 1_000  # articles; starting a process costs about two seconds
Progress = Callable[[int], object]  # is called with how many more articles are done; what it raises ends the work


def rebuild(*, processes: int = 0, progress: Progress | None = None) -> int:
    """Index every public article anew, beside the index that is served, then swap; give their number.

    Changes recorded before the start are in the new index and leave the log; later ones stay in it. `processes` is
    how many prepare documents, 0 for as many as there are processors.
    """
    with engine().writing(wait=True) as index, counted(Article.objects.published().count(), progress) as count:
        included = list(IndexChange.objects.values_list("pk", flat=True))
        with index.build() as build, closing(_indexed(build, _processes(processes))) as done:
            for more in done:
                count(more)
        _forget(included)
    return count.done


def _indexed(build: Build, processes: int) -> Generator[int, None, None]:
    """Fill a new index; yields how many more articles are done."""
    if processes > 1:
        yield from build_parts(build, public_keys(), processes)
        return
    with engine().part(build.place) as part:
        for batch in batches(entries(public_keys())):
            part.add(batch)
            yield len(batch)
        build.take(part.finish())


def public_keys() -> Iterator[int]:
    """The primary keys of all public articles, in their order."""
    return Article.objects.published().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=10_000)


def _processes(wanted: int) -> int:
    """How many processes pay; another process cannot see a database in memory."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        return 1
    if wanted:
        return wanted
    few = Article.objects.published().count() < WORTH_PROCESSES
    return 1 if few else len(os.sched_getaffinity(0))


def ensure_index(*, thoroughly: bool = True, progress: Progress | None = None) -> bool:
    """Rebuild when there is no index, another version made it or its files are damaged; whether that was needed.

    Not `thoroughly`, damage is only noticed where a file is missing or not of its size. A damaged index is condemned
    first; one of an earlier version that is read rightly goes on answering meanwhile.
    """
    reason = doubt(thoroughly=thoroughly)
    if not reason:
        return False
    with engine().writing(wait=True) as index:
        reason = doubt(thoroughly=thoroughly)  # another process may have built it while this one waited
        if not reason:
            return False
        is_damaged = bool(damage())
        if is_damaged:
            index.condemn(reason)
    logger.log(logging.ERROR if is_damaged else logging.WARNING, "the index is built anew: %s", reason)
    rebuild(progress=progress)
    return True


def doubt(*, thoroughly: bool = True) -> str:
    """Why the index is to be built anew, "" when it is this code's own and whole."""
    reason = damage(thoroughly=thoroughly)
    gap = "" if reason else engine().outdated()
    return f"it was made by an earlier version, with another {gap}" if gap else reason


def damage(*, thoroughly: bool = True) -> str:
    """Why the index is not to be served, "" when it may be."""
    if thoroughly:
        return engine().damage()
    try:
        engine().generation()
    except SearchUnavailable as error:
        return error.reason
    return ""


def apply_changes() -> int:
    """Apply one batch of the change log in one commit; give the number of changes applied, 0 when there are none.

    At least once: a change leaves the log after the commit, so a writer that dies before that applies it again.
    """
    with engine().writing() as index:
        changes = list(IndexChange.objects.all()[:BATCH])
        if not changes:
            return 0
        identifiers = list(dict.fromkeys(change.identifier for change in changes))
        keys = Article.objects.filter(identifier__in=identifiers).still_published().order_by("pk")
        changed = list(entries(keys.values_list("pk", flat=True)))
        gone = set(identifiers) - {entry.identifier for entry in changed}
        index.apply(changed, sorted(gone))
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
    """Make asking cheaper, one turn; whether anything was to be done."""
    with engine().writing() as index:
        return index.tidy()


def mend(*, thoroughly: bool = False) -> bool:
    """Make anew what lies beside the index and is gone or damaged; whether all of it is whole then."""
    if not engine().to_mend(thoroughly=thoroughly):
        return True
    with engine().writing() as index:
        broken = index.mend()
    logger.warning("made anew beside the index: %s", ", ".join(broken))
    return not engine().to_mend()


def watch(pause: float, keep_on: Callable[[], Any]) -> Iterator[int]:
    """Apply changes as they come, looking every `pause` seconds while `keep_on()`; yields what each batch applied.

    A look that finds nothing to do yields 0, before the pause.
    """
    while keep_on():
        applied = apply_changes()
        yield applied
        if not applied:
            time.sleep(pause)
