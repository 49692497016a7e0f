"""The Haystack engine on Whoosh: all that Diwan knows of Haystack's and Whoosh's insides is in this package.

Haystack gives the index definition, the preparation of documents and the choice of engine by settings. Its query
strings, its AsyncWriter, its highlighting and its facets are not used; docs/adr/0002-haystack-and-whoosh.md says why.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery
from haystack.utils import get_identifier, get_model_ct
from whoosh import index as whoosh_index

from archive.articles.models import Article
from search.backends import building
from search.backends.building import Bulk, Part
from search.backends.bulk import BulkWriter
from search.backends.execution import answer
from search.backends.folders import IndexFolders, condemn, write_fingerprint
from search.backends.schema import fingerprint, whoosh_schema
from search.backends.side_files import SideFiles, mend, write_side_files
from search.backends.snapshot import Snapshot, SnapshotCache
from search.backends.together import together
from search.backends.trust import Trust, contents
from search.backends.usage import usage
from search.backends.weighing import weigh
from search.backends.writer import DiwanWriter, merge_more, to_tidy
from search.engine import Answer, Question, SearchUnavailable
from search.entries import Entry, batches, entry_of
from search.query import Node
from search.spellings import Spellings
from search.tallies import Together, Usage
from search.vocabulary import Vocabulary

logger = logging.getLogger("search")
T = TypeVar("T")
W = TypeVar("W", bound=DiwanWriter)
_snapshots = SnapshotCache(settings.SEARCH_MEMORY_MB * 2**20, settings.SEARCH_MAPPED_MB * 2**20)


@dataclass(frozen=True, slots=True)
class Build:
    """An index that is being built: its folder, and the segments that are to make it up."""

    folder: Path
    segments: list[Any]


class DiwanWhooshBackend(BaseSearchBackend):
    """Reads for every thread; writes only for the process that holds `folders.writing()`."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.folders = IndexFolders(Path(options["PATH"]))
        self._trust: Trust | None = None
        self._side_files = SideFiles()

    # Reading

    def search(self, question: Question, **_kwargs: Any) -> Answer:
        """Answer one question from the last committed state; SearchUnavailable when there is none to trust."""
        return self._ask(lambda snapshot: answer(snapshot, question))

    def weigh(self, trees: Sequence[Node], identifier: str, *, names: bool = True) -> list[float]:
        """What each tree, asked alone, adds to the score of one article; SearchUnavailable as for `search`."""
        return self._ask(lambda snapshot: weigh(snapshot, trees, identifier, names))

    def together(self, question: Question, facets: Sequence[str], most: int) -> Together:
        """The pairs of facet values that articles of a question have together; SearchUnavailable as for `search`."""
        return self._ask(lambda snapshot: together(snapshot, question, facets, most))

    def usage(self, question: Question) -> Usage:
        """How often what is asked stands in the articles of every day; SearchUnavailable as for `search`."""
        return self._ask(lambda snapshot: usage(snapshot, question))

    def _ask(self, task: Callable[[Snapshot], T]) -> T:
        try:
            return _snapshots.run(self, task)
        except SearchUnavailable as error:
            logger.error("search is not available: %s", error.reason)
            raise
        except Exception as error:
            # Whoosh reports a damaged file by whatever its decoder trips over: EOFError, zlib.error, KeyError, …
            logger.exception("the index cannot be read")
            raise SearchUnavailable(f"the index cannot be read: {error!r}") from error

    def generation(self) -> str:
        """The generation to serve, which every commit and every swap changes; SearchUnavailable when none may be."""
        return self.trust().state().generation

    def open(self) -> tuple[str, Any]:
        """The generation to serve, or an earlier one when a commit comes between, and its index."""
        state = self.trust().state()
        return state.generation, whoosh_index.open_dir(str(state.folder), schema=self.schema())

    def trust(self) -> Trust:
        """What says whether the present index may be served."""
        if self._trust is None or self._trust.folders is not self.folders:
            self._trust = Trust(self.folders, self.fingerprint)
        return self._trust

    def snapshot(self) -> Snapshot:
        """The last committed state, for checks that read all of it."""
        return _snapshots.get(self)

    # Writing

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Add or replace documents, in one commit; `index` is the Haystack index that prepares them."""
        self.apply(map(entry_of, iterable), ())

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take out one document by its record or by Haystack's name of it (`articles.article.7`)."""
        with self._writer(DiwanWriter) as writer:
            writer.remove("id", [get_identifier(obj_or_string)])

    def apply(self, changed: Iterable[Entry], gone: Iterable[str]) -> None:
        """Add or replace the changed articles and take out the gone ones by identifier, in one commit.

        They are indexed as in a rebuild; segments that the commit joins go the same way.
        """
        entries, kept = list(changed), Spellings(self.folders.root)
        with closing(kept), self._writer(lambda index: BulkWriter(index, Vocabulary(kept), lock=True)) as writer:
            writer.remove("identifier", [*gone, *(entry.identifier for entry in entries)])
            for batch in batches(entries):
                building.add_entries(writer, get_model_ct(Article), batch)

    def tidy(self) -> bool:
        """Join segments and drop deleted documents, as far as one turn may; whether anything was to be done."""
        state = self.trust().own_state()
        if not to_tidy(contents(state).segments):
            return False
        with self._writer(DiwanWriter) as writer:
            writer.mergetype = merge_more
        return True

    def side_files_to_mend(self, *, thoroughly: bool = False) -> list[Path]:
        """The files beside segments that are gone or not whole; `thoroughly` reads them though they seem unchanged."""
        if thoroughly:
            self._side_files.forget()
        state = self.trust().own_state()
        return self._side_files.to_mend(state.folder, contents(state).segments)

    def mend_side_files(self) -> list[Path]:
        """Make anew the files beside segments that are gone or not whole, and name them."""
        broken = self.side_files_to_mend()
        if broken:
            mend(self.open()[1], broken)
        return broken

    def rebuild(self, index: Any, records: Iterable[Any]) -> int:
        """Build a new index in this process beside the one that is served and swap it in."""
        with self.building() as build, self.part(build.folder) as part:
            for record in records:
                part.add(self._document(index, record))
            build.segments.extend(part.finish())
        return part.count

    @contextmanager
    def building(self) -> Iterator[Build]:
        """A new index to be filled with segments; swapped in when the block ends well, removed when it does not."""
        build = Build(self.folders.create(), [])
        try:
            building.start(build.folder, self.schema())
            Spellings(self.folders.root).remove_others()
            yield build
            building.finish(build.folder, self.schema(), build.segments)
            write_fingerprint(build.folder, self.fingerprint())
        except BaseException:
            shutil.rmtree(build.folder, ignore_errors=True)
            raise
        self.folders.swap(build.folder)

    def part(self, folder: Path) -> Part:
        """A segment, made of documents, of the index that is being built in `folder`."""
        return Part(folder)

    def bulk(self, folder: Path) -> Bulk:
        """The same for entries, which become no documents on their way (see `search.inverting`)."""
        return Bulk(folder, get_model_ct(Article), Spellings(self.folders.root))

    def condemn(self, reason: str) -> None:
        """Have nobody serve the present index any more."""
        folder = self.folders.current()
        if folder is not None:
            condemn(folder, reason)

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Serve an empty index."""
        self.rebuild(None, ())

    def damage(self) -> str:
        """What is wrong with the index, "" when it may be served; reads every byte of it."""
        return self.trust().damage()

    def version_gap(self) -> str:
        """What this code makes in another way than the present index was made, "" when it is its own."""
        return self.trust().version_gap()

    def is_foreign(self) -> bool:
        """Whether another version made the present index in a way that this code cannot answer from."""
        return self.trust().is_foreign()

    # What the index is made of

    def schema(self) -> Any:
        return whoosh_schema(self._fields())

    def fingerprint(self) -> dict[str, str]:
        return fingerprint(field.index_fieldname for field in self._fields().values())

    def _fields(self) -> dict[str, Any]:
        return dict(connections[self.connection_alias].get_unified_index().all_searchfields())

    def _document(self, index: Any, record: Any) -> dict[str, Any]:
        return dict(index.full_prepare(record))

    @contextmanager
    def _writer(self, make: Callable[[Any], W]) -> Iterator[W]:
        """Write to the index that is served; commit when the block ends well, else throw its changes away."""
        index = whoosh_index.open_dir(str(self.trust().own_state().folder), schema=self.schema())
        writer = make(index)
        try:
            yield writer
            writer.commit()
        except BaseException:
            with suppress(Exception):
                writer.cancel()
            raise
        write_side_files(index)


class DiwanWhooshEngine(BaseEngine):
    backend = DiwanWhooshBackend
    query = BaseSearchQuery
