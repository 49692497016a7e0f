"""The one writer: applies the change logs to the indexes, rebuilds and heals them; by default the readers' own."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import partial
from typing import Any

from django.db import connection

from archive.articles.models import Article
from archive.authorities.directory import directory
from search.documents.entries import batches, entries
from search.engine.protocol import Build, EngineAway, SearchUnavailable
from search.indexing.indexes import READERS, KeptIndex
from search.indexing.parallel import build_parts
from search.indexing.rebuilding import counted

logger = logging.getLogger("search.writer")
BATCH = 500
MANY = 32  # changes of one look that have others behind them
LONGEST_GATHERED = 2.0  # seconds
WORTH_PROCESSES = 1_000  # articles; starting a process costs about two seconds
Progress = Callable[[int], object]  # is called with how many more articles are done; what it raises ends the work


def rebuild(held: KeptIndex = READERS, *, processes: int = 0, progress: Progress | None = None) -> int:
    """Index every article of an index anew, beside the one that is served, then swap; give their number.

    Changes recorded before the start are in the new index and leave the log; later ones stay in it. `processes` is
    how many prepare documents, 0 for as many as there are processors.
    """
    total = held.articles().count()
    with held.engine().writing(wait=True) as index, counted(total, progress, is_shown=held.is_public) as count:
        included = list(held.changes.objects.values_list("pk", flat=True))
        with index.build() as build, closing(_indexed(held, build, _processes(held, processes))) as done:
            for more in done:
                count(more)
        _forget(held, included)
    return count.done


def _indexed(held: KeptIndex, build: Build, processes: int) -> Generator[int, None, None]:
    """Fill a new index; yields how many more articles are done."""
    directory()
    if processes > 1:
        yield from build_parts(build, held.keys(), processes)
        return
    with held.engine().part(build.place) as part:
        for batch in batches(entries(held.keys(), are_public=held.is_public)):
            part.add(batch)
            yield len(batch)
        build.take(part.finish())


def _processes(held: KeptIndex, wanted: int) -> int:
    """How many processes pay; another process cannot see a database in memory, and reads public articles alone."""
    if not held.is_public:
        return 1
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        return 1
    if wanted:
        return wanted
    few = Article.objects.published().count() < WORTH_PROCESSES
    return 1 if few else len(os.sched_getaffinity(0))


def ensure_index(held: KeptIndex = READERS, *, thoroughly: bool = True, progress: Progress | None = None) -> bool:
    """Rebuild when there is no index, another version made it or its files are damaged; whether that was needed.

    Not `thoroughly`, damage is only noticed where a file is missing or not of its size. A damaged index is condemned
    first; one of an earlier version that is read rightly goes on answering meanwhile. EngineAway where the engine
    cannot be asked: its index is left as it is.
    """
    reason = doubt(held, thoroughly=thoroughly)
    if not reason:
        return False
    is_first = not held.engine().was_built()
    with held.engine().writing(wait=True) as index:
        reason = doubt(held, thoroughly=thoroughly)  # another process may have built it while this one waited
        if not reason:
            return False
        is_damaged = bool(damage(held))
        if is_damaged:
            index.condemn(reason)
    if not (is_first and not held.is_public):  # that of an earlier release, which had none, is no failure
        logger.log(logging.ERROR if is_damaged else logging.WARNING, "the index is built anew: %s", reason)
    rebuild(held, progress=progress)
    return True


def doubt(held: KeptIndex = READERS, *, thoroughly: bool = True) -> str:
    """Why the index is to be built anew, "" when it is this code's own and whole; EngineAway where that is open."""
    reason = damage(held, thoroughly=thoroughly)
    gap = "" if reason else held.engine().outdated()
    return f"it was made by an earlier version, with another {gap}" if gap else reason


def damage(held: KeptIndex = READERS, *, thoroughly: bool = True) -> str:
    """Why the index is not to be served, "" when it may be; EngineAway where nothing can be said of it."""
    if thoroughly:
        return held.engine().damage()
    try:
        held.engine().generation()
    except EngineAway:
        raise
    except SearchUnavailable as error:
        return error.reason
    return ""


def apply_changes(held: KeptIndex = READERS) -> int:
    """Apply one batch of the change log in one commit; give the number of changes applied, 0 when there are none.

    At least once: a change leaves the log after the commit, so a writer that dies before that applies it again.
    """
    if not held.is_public and not held.changes.objects.exists():
        return 0  # asked with every look, and mostly nothing changed
    with held.engine().writing() as index:
        changes = list(held.changes.objects.all()[:BATCH])
        if not changes:
            return 0
        directory()  # the terms that texts are read for are those of the record, at this moment
        identifiers = list(dict.fromkeys(change.identifier for change in changes))
        named = Article.objects.filter(identifier__in=identifiers)
        keys = named.still_published().order_by("pk") if held.is_public else named.unpublished().order_by("pk")
        changed = list(entries(keys.values_list("pk", flat=True), are_public=held.is_public))
        gone = set(identifiers) - {entry.identifier for entry in changed}
        if not held.is_public:
            gone = index.holds(gone)  # an intake that publishes names many that never were drafts
        if changed or gone or held.is_public:
            index.apply(changed, sorted(gone))
        _forget(held, [change.pk for change in changes])
        return len(changes)


def _forget(held: KeptIndex, changes: list[int]) -> None:
    """Take these changes out of the log, by their keys: a smaller key may be committed later than a larger one."""
    for start in range(0, len(changes), BATCH):
        held.changes.objects.filter(pk__in=changes[start : start + BATCH]).delete()


def apply_all(held: KeptIndex = READERS) -> int:
    """Apply the change log until it is empty."""
    return sum(iter(partial(apply_changes, held), 0))


def tidy(held: KeptIndex = READERS) -> bool:
    """Make asking cheaper, one turn; whether anything was to be done."""
    with held.engine().writing() as index:
        return index.tidy()


def mend(held: KeptIndex = READERS, *, thoroughly: bool = False) -> bool:
    """Make anew what lies beside the index and is gone or damaged; whether all of it is whole then."""
    if not held.engine().to_mend(thoroughly=thoroughly):
        return True
    with held.engine().writing() as index:
        broken = index.mend()
    logger.warning("made anew beside the index: %s", ", ".join(broken))
    return not held.engine().to_mend()


def watch(pause: float, keep_on: Callable[[], Any]) -> Iterator[int]:
    """Apply changes as they come, looking every `pause` seconds while `keep_on()`; yields what each batch applied.

    A look that finds nothing to do yields 0, before the pause. After many changes more are on their way, from an intake
    or a bulk change: they gather for as long as those took, so that half as many commits join half as many segments.
    """
    while keep_on():
        began = time.monotonic()
        applied = apply_changes()
        took = time.monotonic() - began
        yield applied
        if not applied:
            time.sleep(pause)
        elif applied >= MANY:
            time.sleep(min(took, LONGEST_GATHERED))
