"""`python -m tests.faults.failing KIND DEED FIRST STRIDE`: fail the n-th call of a kind, n = FIRST, FIRST + STRIDE, …

Until the deed comes to its end untouched, as SQLite tests itself. After each failure the archive must hold all that is
always true of it, and the same deed done again must succeed. The last line is JSON: at which n a call failed, how many
calls there are at least, and what was wrong.

Kinds: `open`, `write`, `fsync` and `rename` of files, `statement` and commit of the database, `engine`, `fetch`.
"""

from __future__ import annotations

import errno
import io
import itertools
import json
import logging
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

from tests.faults import deeds

# After `deeds`, which sets Django up.
from django.conf import settings  # isort: skip
from django.core.management import CommandError, call_command  # isort: skip
from django.db import DatabaseError, OperationalError, connection, transaction  # isort: skip

from archive.articles.models import Article  # isort: skip
from archive.authorities import merging  # isort: skip
from archive.authorities.models import AuthorityRecord, Merge  # isort: skip
from archive.curation import actions, bulk  # isort: skip
from archive.fetching import errors as fetching  # isort: skip
from archive.intake import addresses  # isort: skip
from archive.intake.models import Accession  # isort: skip
from archive.intake.working import stop  # isort: skip
from archive.work.models import Job  # isort: skip
from config.backup import BackupError, back_up  # isort: skip
from config.soundness import unsound_archive  # isort: skip
from search.engine import engine  # isort: skip
from search.engine.protocol import SearchUnavailable  # isort: skip
from search.indexing import writer as indexing  # isort: skip
from tests.unit.archive.fetching.site import Site, page, served  # isort: skip

CLEAN = (OSError, DatabaseError, CommandError, SearchUnavailable, BackupError, fetching.FetchError)
Count = Callable[[], None]


class Counter:
    """Raises at call number `n`; `fired` says whether it came to that."""

    def __init__(self, n: int, error: Callable[[], Exception]) -> None:
        self.n, self.error, self.calls = n, error, 0

    @property
    def fired(self) -> bool:
        return self.calls >= self.n

    def __call__(self) -> None:
        self.calls += 1
        if self.calls == self.n:
            raise self.error()


def counted(count: Count, whole: Callable[..., Any], when: Callable[..., bool] = lambda *_all: True) -> Any:
    def calling(*arguments: Any, **named: Any) -> Any:
        if when(*arguments):
            count()
        return whole(*arguments, **named)

    return calling


class WrittenFile:
    """A file whose `write` is counted; all else is the file's own."""

    def __init__(self, file: Any, count: Count) -> None:
        self.__dict__.update(file=file, count=count)

    def write(self, content: Any) -> Any:
        self.count()
        return self.file.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def __enter__(self) -> WrittenFile:
        self.file.__enter__()
        return self

    def __exit__(self, *error: Any) -> Any:
        return self.file.__exit__(*error)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.file)


def is_written(_path: Any, mode: str = "r", *_more: Any) -> bool:
    return isinstance(mode, str) and bool(set(mode) & set("wax+"))


@contextmanager
def failing(kind: str, count: Count) -> Iterator[None]:
    """Every call of this kind asks `count` first."""
    with ExitStack() as stack:
        for owner, name, replacement in patches(kind, count):
            stack.enter_context(mock.patch.object(owner, name, replacement))
        if kind == "statement":
            stack.enter_context(connection.execute_wrapper(lambda execute, *rest: (count(), execute(*rest))[1]))
        yield


def patches(kind: str, count: Count) -> Iterator[tuple[Any, str, Any]]:
    if kind == "open":
        yield io, "open", counted(count, io.open, is_written)
        yield os, "open", counted(count, os.open, lambda _path, flags, *_more: bool(flags & (os.O_WRONLY | os.O_RDWR)))
    elif kind == "write":
        whole, opened = os.fdopen, io.open
        yield os, "fdopen", lambda *all_of, **named: _written(whole(*all_of, **named), count, *all_of)
        yield io, "open", lambda *all_of, **named: _written(opened(*all_of, **named), count, *all_of)
    elif kind == "fsync":
        yield os, "fsync", counted(count, os.fsync)
    elif kind == "rename":
        for name in ("rename", "replace", "link", "symlink"):
            yield os, name, counted(count, getattr(os, name))
    elif kind == "statement":
        yield connection, "_commit", counted(count, connection._commit)
    elif kind == "engine":
        held = engine()
        with held.writing() as index:
            kind_of_writer = type(index)
        for name in ("search", "digests", "generation", "writing", "words", "to_mend"):
            yield type(held), name, counted(count, getattr(type(held), name))
        for name in ("apply", "tidy", "mend", "build", "holds"):
            yield kind_of_writer, name, counted(count, getattr(kind_of_writer, name))
    elif kind == "fetch":
        yield addresses, "fetch", counted(count, addresses.fetch)
    else:
        raise ValueError(kind)


def _written(file: Any, count: Count, *arguments: Any) -> Any:
    return WrittenFile(file, count) if is_written(*arguments) else file


ERRORS: dict[str, Callable[[], Exception]] = {
    "statement": lambda: OperationalError("disk I/O error"),
    "engine": lambda: SearchUnavailable("a part of it is gone"),
    "fetch": lambda: fetching.TooSlow("the site does not answer"),
    "write": lambda: OSError(errno.ENOSPC, "No space left on device"),
}


def error_of(kind: str) -> Callable[[], Exception]:
    return ERRORS.get(kind, lambda: OSError(errno.EIO, "Input/output error"))


# Deeds: each is prepared without faults, done with one, and done again without.


class ImportDeed:
    """Three records are taken in and published."""

    def __init__(self, folder: Path, number: int) -> None:
        self.path = str(folder / f"{number}.jsonl")
        self.titles = [f"خبر {deeds.rare(20_000 + 10 * number + one)}" for one in range(3)]
        deeds.save_records(self.path, 3, 20_000 + 10 * number)

    def do(self) -> None:
        call_command("import_articles", self.path, publish=True)

    def is_done(self) -> bool:
        return Article.objects.published().filter(title__in=self.titles).count() == 3


class PublishDeed:
    """An article that was withdrawn is published again, with all that hangs on it."""

    def __init__(self, _folder: Path, _number: int) -> None:
        self.key = Article.objects.published().latest("pk").pk
        actions.withdraw(Article.objects.get(pk=self.key))

    def do(self) -> None:
        article = Article.objects.get(pk=self.key)
        if article.status != "published":
            actions.publish(article)

    def is_done(self) -> bool:
        return bool(Article.objects.published().filter(pk=self.key).exists())


class IndexDeed:
    """A change waits and is applied, and segments are joined."""

    def __init__(self, _folder: Path, number: int) -> None:
        deeds.drain()
        deeds.edit(2, 50_000 + number)

    def do(self) -> None:
        indexing.apply_all()
        deeds.merge_all()

    def is_done(self) -> bool:
        return deeds.difference() == ""


class MergeDeed:
    """Two officials become one record."""

    def __init__(self, _folder: Path, number: int) -> None:
        kept, self.gone = (
            AuthorityRecord.objects.create(kind="official", slug=f"{name}-{number}") for name in ("kept", "gone")
        )
        self.kept = kept.pk
        self.names = [f"خلف {deeds.rare(number)}", f"خلفوف {deeds.rare(number)}"]
        for name in self.names:
            self.gone.names.create(language="ar", text=name, source="a test")

    def do(self) -> None:
        gone = AuthorityRecord.objects.get(pk=self.gone.pk)
        if gone.merged_into_id is None:
            merging.merge(gone, AuthorityRecord.objects.get(pk=self.kept))

    def is_done(self) -> bool:
        """It is noted, and undoing it would give every name back."""
        done = Merge.objects.filter(gone=self.gone, kept=self.kept, undone_at=None).first()
        if done is None:
            return False
        with transaction.atomic():
            merging.undo(done)
            back = list(self.gone.names.order_by("pk").values_list("text", flat=True))
            transaction.set_rollback(True)
        return back == self.names


class BackupDeed:
    def __init__(self, folder: Path, number: int) -> None:
        self.path = folder / f"backup-{number}"

    def do(self) -> None:
        assert back_up(self.path).lost == ()

    def is_done(self) -> bool:
        if not (self.path / "manifest.json").exists():
            return False
        with sqlite3.connect(self.path / "diwan.sqlite3") as held:
            is_whole = held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        held.close()
        shutil.rmtree(self.path)
        return is_whole and not list(self.path.parent.glob(".*.part"))


class FetchDeed:
    """Two pages are fetched and taken in, each with words of its own enough to resemble none that was before."""

    site: Site

    def __init__(self, _folder: Path, number: int) -> None:
        self.paths = [f"/{number}/{one}" for one in (0, 1)]
        for one, path in enumerate(self.paths):
            title, paragraph, *_more = deeds.page(70_000 + 10 * number + one).decode().split("\n\n")
            own = " ".join(title.split()[-1] + a + b for a in "بتثجحخدذرز" for b in "سشصضطظعغفق")
            text = f"<p>{paragraph}</p><p>{own}</p>"
            html = (
                f'<!doctype html><html lang="ar"><title>{title}</title><article><h1>{title}</h1>{text}</article></html>'
            )
            self.site.pages[path] = page(html.encode(), "Content-Type: text/html; charset=utf-8")

    def do(self) -> None:
        call_command("fetch_articles", *map(self.site.address, self.paths))

    def is_done(self) -> bool:
        held = Article.objects.filter(capture__target_uri__in=list(map(self.site.address, self.paths)))
        return held.count() == 2


class QueueDeed:
    """A change of three articles waits in the queue of work, every step in a turn of its own."""

    def __init__(self, _folder: Path, _number: int) -> None:
        self.keys = list(Article.objects.published().order_by("-pk").values_list("pk", flat=True)[:3])
        for key in self.keys:
            actions.withdraw(Article.objects.get(pk=key))
        bulk.put_off(bulk.PUBLISH, Article.objects.filter(pk__in=self.keys), None)
        self.job = Job.objects.latest("pk").pk

    def do(self) -> None:
        deeds.work()

    def is_done(self) -> bool:
        is_over = Job.objects.filter(pk=self.job, state=Job.State.DONE).exists()
        return is_over and Article.objects.published().filter(pk__in=self.keys).count() == 3


DEEDS: dict[str, Any] = {
    "queue": QueueDeed,
    "import": ImportDeed,
    "publish": PublishDeed,
    "index": IndexDeed,
    "merge": MergeDeed,
    "backup": BackupDeed,
    "fetch": FetchDeed,
}


def all_of(kind: str, deed: str, first: int, stride: int, most: int) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": kind, "deed": deed, "failed": [], "calls": 0, "whole": False, "wrong": []}
    with tempfile.TemporaryDirectory() as folder:
        for n in itertools.islice(itertools.count(first, stride), most or None):
            counter = Counter(n, error_of(kind))
            told["wrong"] += [f"{n}: {one}" for one in once(kind, DEEDS[deed](Path(folder), n), counter)]
            told["calls"] = max(told["calls"], counter.calls)
            if not counter.fired:
                told["whole"] = True
                break
            told["failed"].append(n)
    return told


def once(kind: str, deed: Any, counter: Counter) -> list[str]:
    """What is wrong after a deed of which a call failed, and after it was done again."""
    wrong = []
    with failing(kind, counter):
        try:
            deed.do()
        except CLEAN:
            pass
        except SystemExit as error:
            wrong += [f"ends with {error.code!r}"] if error.code not in (1, 2) else []
        except BaseException as error:
            wrong.append(f"{type(error).__name__} {error}"[:300])
    connection.close()
    return wrong + settled(deed)


def settled(deed: Any) -> list[str]:
    """What is wrong with what a fault left, and when the deed is done again."""
    wrong = untrue()
    for left in Accession.objects.filter(state__in=("waiting", "running")):
        stop(left)
    if not deed.is_done():
        said = ""
        try:
            deed.do()
        except (*CLEAN, SystemExit) as error:
            said = f"{type(error).__name__} {error}"[:300]
        wrong += [] if deed.is_done() else [f"not done when it was done again: {said}"]
    return wrong + untrue()


def untrue() -> list[str]:
    """What is not as it must be, when the writer has done what it does when it starts."""
    return [*map(str, unsound_archive()), *deeds.mend()]


def main() -> None:
    kind, deed, first, stride, *most = sys.argv[1:]
    settings.FETCH_LOOPBACK, settings.FETCH_PAUSE = True, 0
    logging.disable(logging.CRITICAL)
    with served() as site, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        FetchDeed.site = site
        told = all_of(kind, deed, int(first), int(stride), int(most[0]) if most else 0)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
