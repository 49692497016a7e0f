"""Which state of the index may be served: one that this code reads rightly and whose files are as its commit left them.

Usually this code made it. One of an earlier version goes on answering while another is built beside it, if its answers
are right (`schema.still_answers`), and is never written to.

Asked before every search, so the usual answer costs a link, a folder's names and two `stat`s. A new state is looked at
when it appears and every second: fingerprint, digest of the table of contents (before it is unpickled), sizes of the
segments. Digests of segments are the writer's work, which condemns a damaged index, so that no process serves it while
a new one is built.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.backends import manifest
from search.backends.folders import FINGERPRINT, IndexFolders, condemned, read_fingerprint
from search.backends.schema import still_answers
from search.engine import SearchUnavailable

NAME = "MAIN"  # Whoosh's name of the one index in a folder
ATTEMPTS = 5  # a commit or a swap may come between two looks
TRUSTED_FOR = 1.0  # seconds
_NO_FIELDS = fields.Schema(id=fields.STORED)  # in place of a pickled schema, whose classes may be elsewhere by now


@dataclass(frozen=True, slots=True)
class State:
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
    """`wanted` gives the fingerprint of this code."""

    def __init__(self, folders: IndexFolders, wanted: Callable[[], Mapping[str, str]]) -> None:
        self.folders = folders
        self.wanted = wanted
        self._trusted: State | None = None
        self._trusted_at = 0.0

    def state(self) -> State:
        """The state to serve; SearchUnavailable with the reason when there is none to trust."""
        for attempt in range(ATTEMPTS):
            state = self._look()
            if state == self._trusted and time.monotonic() - self._trusted_at < TRUSTED_FOR:
                return state
            reason = self._doubt(state)
            if not reason:
                self._trusted, self._trusted_at = state, time.monotonic()
                return state
            self._trusted = None
            if attempt and state == self._look():
                break
        raise SearchUnavailable(f"{reason}; the index writer builds it anew (manage.py sync_index, rebuild_index)")

    def own_state(self) -> State:
        """The state to write to, which this code made; SearchUnavailable when there is none to trust."""
        state = self.state()
        if self.version_gap(state.folder):
            raise SearchUnavailable("the index was made by an earlier version, which is read but not written to")
        return state

    def version_gap(self, folder: Path | None = None) -> str:
        """What this code makes in another way than the index was made, "" when it is its own or there is none.

        For instance `schema, analyzer`.
        """
        folder = folder or self.folders.current()
        found, wanted = read_fingerprint(folder) if folder else {}, self.wanted()
        if not found or found == wanted:
            return ""
        return ", ".join(sorted(part for part in found.keys() | wanted.keys() if found.get(part) != wanted.get(part)))

    def is_foreign(self) -> bool:
        """Whether the index is of a version that this code cannot answer from."""
        folder = self.folders.current()
        found = read_fingerprint(folder) if folder else {}
        return bool(found) and not self._answers(found)

    def damage(self) -> str:
        """What is wrong with the index, "" when nothing is; reads every byte of it."""
        try:
            state = self.state()
            names = files(state)
            found = manifest.damaged(state.folder, names)
        except SearchUnavailable as error:
            return error.reason
        except manifest.ManifestUnreadable as error:
            return str(error)
        return f"damaged: {', '.join(found)}" if found else ""

    def _look(self) -> State:
        folder = self.folders.current()
        if folder is None:
            raise SearchUnavailable("there is no index; run `manage.py rebuild_index`")
        reason = condemned(folder)
        if reason:
            raise SearchUnavailable(f"the index is being built anew: {reason}")
        return State(folder, _last_commit(folder), _stamp(folder / FINGERPRINT))

    def _answers(self, found: Mapping[str, str]) -> bool:
        """Whether this code answers rightly from an index of this fingerprint."""
        wanted = self.wanted()
        return found == wanted or still_answers(found, wanted)

    def _doubt(self, state: State) -> str:
        """Why a state is not to be served, "" when it may be."""
        if not self._answers(read_fingerprint(state.folder)):
            return "the index was made by another version"
        try:
            wrong = manifest.damaged(state.folder, [state.toc])
            wrong = wrong or manifest.sizes_differ(state.folder, files(state))
        except manifest.ManifestUnreadable as error:
            return str(error)
        return f"the index cannot be read: {', '.join(wrong)} changed" if wrong else ""


def files(state: State) -> list[str]:
    """The names of the table of contents and of the segments that it names."""
    try:
        return [state.toc, *(segment.make_filename(".seg") for segment in contents(state).segments)]
    except (AttributeError, TypeError) as error:  # a bit flipped in it may leave something that is no segment
        raise manifest.ManifestUnreadable(f"{state.toc} cannot be read: {error!r}") from error


def contents(state: State) -> Any:
    """The table of contents of a state, for its segments; the schema is that of the code, not the one in it."""
    try:
        return TOC.read(FileStorage(str(state.folder)), NAME, state.number, schema=_NO_FIELDS)
    except Exception as error:
        raise manifest.ManifestUnreadable(f"{state.toc} cannot be read: {error!r}") from error


def _last_commit(folder: Path) -> int:
    try:
        numbers = [int(found[1]) for path in folder.iterdir() if (found := manifest.TOC.fullmatch(path.name))]
    except OSError:
        return -1
    return max(numbers, default=-1)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
