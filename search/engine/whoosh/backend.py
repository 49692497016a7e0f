"""The engine on Whoosh, as Haystack's backend; this package is all that Diwan knows of their insides.

Haystack gives the index definition and the choice of engine by settings; its ways to write (`update`, `remove`,
`clear`) lead to ours. Its query strings, its AsyncWriter, its highlighting and its facets are not used;
docs/adr/0002-haystack-and-whoosh.md says why.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from django.conf import settings
from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery
from haystack.utils import get_identifier
from whoosh import index as whoosh_index

from search.analysis.spellings import Spellings
from search.documents.entries import entry_of
from search.engine import PUBLIC
from search.engine.measured import measured
from search.engine.protocol import Answer, Engine, IndexState, Question, SearchUnavailable, Together, Usage, WordList
from search.engine.whoosh.counting.execution import answer
from search.engine.whoosh.counting.together import together
from search.engine.whoosh.counting.usage import usage
from search.engine.whoosh.counting.weighing import weigh
from search.engine.whoosh.files.folders import IndexFolders
from search.engine.whoosh.files.side_files import SideFiles
from search.engine.whoosh.files.trust import Trust, readable
from search.engine.whoosh.index_writer import WhooshIndexWriter
from search.engine.whoosh.schema import fingerprint, whoosh_schema
from search.engine.whoosh.snapshot import Snapshot, SnapshotCache
from search.engine.whoosh.writing.building import WhooshPart
from search.tree import Node

logger = logging.getLogger("search")
T = TypeVar("T")
_SMALL: Final = 8  # part of the memory that an index beside the public one may have


@cache
def _snapshots(index: str) -> SnapshotCache:
    """What this process holds open of an index."""
    share = 2**20 if index == PUBLIC else 2**20 // _SMALL
    return SnapshotCache(settings.SEARCH_MEMORY_MB * share, settings.SEARCH_MAPPED_MB * share)


@measured("embedded")
class DiwanWhooshBackend(BaseSearchBackend, Engine):
    """An `Engine` for the index in the folder `PATH`; `search.engine.protocol` says what each call promises."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.folders = IndexFolders(Path(options["PATH"]))
        self._trust: Trust | None = None
        self._side_files = SideFiles()

    # Asking

    def generation(self) -> str:
        return self.trust().generation()

    def state(self) -> IndexState:
        with readable():
            snapshot = self.snapshot()
            return IndexState(snapshot.generation, snapshot.total)

    def search(self, question: Question, **_kwargs: Any) -> Answer:
        return self._ask(lambda snapshot: answer(snapshot, question))

    def weigh(self, trees: Sequence[Node], identifier: str, *, names: bool = True) -> list[float]:
        return self._ask(lambda snapshot: weigh(snapshot, trees, identifier, names))

    def together(self, question: Question, facets: Sequence[str], most: int) -> Together:
        return self._ask(lambda snapshot: together(snapshot, question, facets, most))

    def usage(self, question: Question) -> Usage:
        return self._ask(lambda snapshot: usage(snapshot, question))

    def words(self) -> WordList:
        return self._ask(lambda snapshot: snapshot.words)

    def digests(self) -> dict[str, str]:
        return self._ask(lambda snapshot: dict(snapshot.digests()))

    def snapshot(self) -> Snapshot:
        """The last committed state; SearchUnavailable when there is none to trust."""
        return _snapshots(self.connection_alias).get(self)

    def _ask(self, task: Callable[[Snapshot], T]) -> T:
        try:
            with readable():
                return task(self.snapshot())
        except SearchUnavailable as error:
            logger.error("search is not available: %s", error.reason)
            raise

    # What is on disk

    def damage(self) -> str:
        return self.trust().damage()

    def outdated(self) -> str:
        return self.trust().outdated()

    def to_mend(self, *, thoroughly: bool = False) -> list[str]:
        if thoroughly:
            self._side_files.forget()
        return [path.name for path in self._side_files.to_mend(self.trust())]

    def was_built(self) -> bool:
        return self.folders.root.exists()

    def open(self) -> tuple[str, Any]:
        """The generation to serve, or an earlier one when a commit comes between, and Whoosh's index."""
        return self.trust().open()

    def trust(self) -> Trust:
        """What says whether the present index may be served."""
        if self._trust is None or self._trust.folders is not self.folders:
            self._trust = Trust(self.folders, self.fingerprint, self.schema)
        return self._trust

    # Writing

    @contextmanager
    def writing(self, *, wait: bool = False) -> Iterator[WhooshIndexWriter]:
        with self.folders.writing(wait=wait):
            yield WhooshIndexWriter(self.trust(), self._side_files)

    def part(self, place: str) -> WhooshPart:
        index = whoosh_index.open_dir(place, schema=self.schema())
        return WhooshPart(index, Spellings(settings.SPELLINGS_DIR))

    # What Haystack calls

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Add or replace the documents of articles whose access points and records are at hand."""
        with self.writing(wait=True) as writer:
            writer.apply(map(entry_of, iterable), ())

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take out one document by its article or by Haystack's name of it (`articles.article.7`)."""
        with self.writing(wait=True) as writer:
            writer.remove(get_identifier(obj_or_string))

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Serve an empty index."""
        with self.writing(wait=True) as writer, writer.build():
            pass

    def schema(self) -> Any:
        """Whoosh's schema of the index definition that Haystack found (`search.search_indexes`)."""
        return whoosh_schema(self._fields())

    def fingerprint(self) -> dict[str, str]:
        return fingerprint(field.index_fieldname for field in self._fields().values())

    def _fields(self) -> dict[str, Any]:
        return dict(connections[self.connection_alias].get_unified_index().all_searchfields())


class DiwanWhooshEngine(BaseEngine):
    """What the settings name."""

    backend = DiwanWhooshBackend
    query = BaseSearchQuery
