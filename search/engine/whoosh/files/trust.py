"""Which state of the index may be served: one that this code reads rightly and whose files are as its commit left them.

Usually this code made it. One of an earlier version goes on answering while another is built beside it, if its answers
are right (`schema.still_answers`), and is never written to.

Asked before every search, so the usual answer costs a link, a folder's names and two `stat`s. A new state is looked at
when it appears and every second: fingerprint, digest of the table of contents (before it is unpickled), sizes of the
segments. Digests of segments are the writer's work, which condemns a damaged index, so that no process serves it while
a new one is built.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, open_dir

from archive.pages.bounds import OutOfBounds
from search.engine.protocol import SearchUnavailable
from search.engine.whoosh.files import manifest
from search.engine.whoosh.files.folders import FINGERPRINT, IndexFolders, condemned, read_fingerprint
from search.engine.whoosh.files.guarded import guard
from search.engine.whoosh.files.posting_lists_file import EXTENSION
from search.engine.whoosh.schema import still_answers

NAME = "MAIN"  # Whoosh's name of the one index in a folder
ATTEMPTS = 5  # a commit or a swap may come between two looks
TRUSTED_FOR = 1.0  # seconds
logger = logging.getLogger("search")
guard()


@contextmanager
def readable() -> Iterator[None]:
    """Have whatever reading the index raises be SearchUnavailable; also a decorator.

    Whoosh reports a damaged file by whatever its decoder trips over: EOFError, zlib.error, KeyError, …
    """
    try:
        yield
    except (SearchUnavailable, OutOfBounds):
        raise
    except Exception as error:
        logger.exception("the index cannot be read")
        raise SearchUnavailable(f"the index cannot be read: {error!r}") from error


@dataclass(frozen=True, slots=True)
class Commit:
    """A folder, the number of its last commit, and when its fingerprint was written."""

    folder: Path
    number: int
    stamp: int

    @property
    def generation(self) -> str:
        return f"{self.folder.name}.{self.number}"

    @property
    def toc(self) -> str:
        return str(TOC._filename(NAME, self.number))


class Trust:
    """`wanted` gives the fingerprint of this code, `schema` its schema."""

    def __init__(
        self, folders: IndexFolders, wanted: Callable[[], Mapping[str, str]], schema: Callable[[], Any]
    ) -> None:
        self.folders = folders
        self.wanted = wanted
        self.schema = schema
        self._trusted: Commit | None = None
        self._trusted_at = 0.0

    def commit(self) -> Commit:
        """The commit to serve; SearchUnavailable with the reason when there is none to trust."""
        for attempt in range(ATTEMPTS):
            commit = self._look()
            if commit == self._trusted and time.monotonic() - self._trusted_at < TRUSTED_FOR:
                return commit
            reason = self._doubt(commit)
            if not reason:
                self._trusted, self._trusted_at = commit, time.monotonic()
                return commit
            self._trusted = None
            if attempt and commit == self._look():
                break
        raise SearchUnavailable(f"{reason}; the index writer builds it anew (manage.py sync_index, rebuild_index)")

    def own_commit(self) -> Commit:
        """The commit to write after, which this code made; SearchUnavailable when there is none to trust."""
        commit = self.commit()
        if gap := self.outdated():
            raise SearchUnavailable(f"the index was made with another {gap}, it is read and not written to")
        return commit

    def outdated(self) -> str:
        """What this code makes in another way than the index was made, as in `schema, analyzer`; "" when nothing."""
        found, wanted = self._fingerprint(), self.wanted()
        if not found or found == wanted:
            return ""
        return ", ".join(sorted(part for part in found.keys() | wanted.keys() if found.get(part) != wanted.get(part)))

    def is_foreign(self) -> bool:
        """Whether the index is of a version that this code cannot answer from."""
        found = self._fingerprint()
        return bool(found) and not self._answers(found)

    def damage(self) -> str:
        """What is wrong with the index, "" when nothing is; reads every byte of it."""
        try:
            commit = self.commit()
            names = self._files(commit)
            found = manifest.damaged(commit.folder, names)
        except SearchUnavailable as error:
            return error.reason
        except manifest.ManifestUnreadable as error:
            return str(error)
        return f"damaged: {', '.join(found)}" if found else ""

    def generation(self) -> str:
        """The generation to serve, which every commit and every swap makes another; SearchUnavailable as above."""
        return self.commit().generation

    def open(self) -> tuple[str, Any]:
        """The generation to serve, or an earlier one when a commit comes between, and Whoosh's index."""
        commit = self.commit()
        return commit.generation, open_dir(str(commit.folder), schema=self.schema())

    def segments(self, commit: Commit) -> list[Any]:
        """Whoosh's segments of a commit. ManifestUnreadable when its table of contents cannot be read.

        Read with the present schema, so that the one pickled in it, which may name classes of ours that have moved
        since, is passed over.
        """
        try:
            contents = TOC.read(FileStorage(str(commit.folder)), NAME, commit.number, self.schema())
            return list(contents.segments)
        except Exception as error:
            raise manifest.ManifestUnreadable(f"{commit.toc} cannot be read: {error!r}") from error

    def _files(self, commit: Commit) -> list[str]:
        """The names of the table of contents, of the segments that it names, and of their posting lists.

        No earlier version vouched for these last; each commit of this one does.
        """
        try:
            held = self.segments(commit)
            lists = {segment.make_filename(EXTENSION) for segment in held} & manifest.read(commit.folder).keys()
            return [commit.toc, *(segment.make_filename(".seg") for segment in held), *sorted(lists)]
        except (AttributeError, TypeError) as error:  # a bit flipped in it may leave something that is no segment
            raise manifest.ManifestUnreadable(f"{commit.toc} cannot be read: {error!r}") from error

    def _look(self) -> Commit:
        folder = self.folders.current()
        if folder is None:
            raise SearchUnavailable("there is no index; run `manage.py rebuild_index`")
        reason = condemned(folder)
        if reason:
            raise SearchUnavailable(f"the index is being built anew: {reason}")
        try:
            numbers = [int(found[1]) for path in folder.iterdir() if (found := manifest.TOC.fullmatch(path.name))]
            return Commit(folder, max(numbers, default=-1), (folder / FINGERPRINT).stat().st_mtime_ns)
        except OSError:  # a swap has taken it away, or it lacks its fingerprint; either is looked at again
            return Commit(folder, -1, 0)

    def _fingerprint(self) -> dict[str, str]:
        folder = self.folders.current()
        return read_fingerprint(folder) if folder else {}

    def _answers(self, found: Mapping[str, str]) -> bool:
        """Whether this code answers rightly from an index of this fingerprint."""
        wanted = self.wanted()
        return found == wanted or still_answers(found, wanted)

    def _doubt(self, commit: Commit) -> str:
        """Why a commit is not to be served, "" when it may be."""
        if not self._answers(read_fingerprint(commit.folder)):
            return "the index was made by another version"
        try:
            wrong = manifest.damaged(commit.folder, [commit.toc])
            wrong = wrong or manifest.damaged(commit.folder, self._files(commit), thoroughly=False)
        except manifest.ManifestUnreadable as error:
            return str(error)
        return f"the index cannot be read: {', '.join(wrong)} changed" if wrong else ""
