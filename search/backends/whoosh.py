"""The Haystack engine on Whoosh: all that Diwan knows of Haystack's and Whoosh's insides is in this package.

Haystack gives the index definition, the preparation of documents and the choice of engine by settings. Its query
strings, its AsyncWriter, its highlighting and its facets are not used; docs/adr/0002-haystack-and-whoosh.md says why.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery
from haystack.utils import get_identifier
from whoosh import index as whoosh_index
from whoosh.writing import IndexWriter

from search.backends.execution import answer
from search.backends.folders import IndexFolders, read_fingerprint, write_fingerprint
from search.backends.schema import fingerprint, whoosh_schema
from search.backends.snapshot import Snapshot, SnapshotCache
from search.engine import Answer, Question, SearchUnavailable

logger = logging.getLogger("search")
_snapshots = SnapshotCache()


class DiwanWhooshBackend(BaseSearchBackend):
    """Reads for every thread; writes only for the process that holds `folders.writing()`."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.folders = IndexFolders(Path(options["PATH"]))

    # Reading

    def search(self, question: Question, **_kwargs: Any) -> Answer:
        """Answer one question from the last committed state; SearchUnavailable when there is none to trust."""
        try:
            return _snapshots.run(self.open, lambda snapshot: answer(snapshot, question))
        except SearchUnavailable as error:
            logger.error("search is not available: %s", error.reason)
            raise
        except Exception as error:
            # Whoosh reports a damaged file by whatever its decoder trips over: EOFError, zlib.error, KeyError, …
            logger.exception("the index cannot be read")
            raise SearchUnavailable(f"the index cannot be read: {error!r}") from error

    def open(self) -> tuple[str, Any]:
        """The generation to serve, and how to open it."""
        folder = self.folders.current()
        if folder is None:
            raise SearchUnavailable("there is no index; run `manage.py rebuild_index`")
        if read_fingerprint(folder) != self.fingerprint():
            raise SearchUnavailable("the index was made by another version; run `manage.py rebuild_index`")
        index = whoosh_index.open_dir(str(folder))
        return f"{folder.name}.{index.latest_generation()}", index

    def snapshot(self) -> Snapshot:
        """The last committed state, for checks that read all of it."""
        return _snapshots.get(self.open)

    # Writing

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Add or replace documents, in one commit; `index` is the Haystack index that prepares them."""
        with self._writer() as writer:
            for record in iterable:
                writer.update_document(**self._document(index, record))

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take out one document by its record or by Haystack's name of it (`articles.article.7`)."""
        with self._writer() as writer:
            writer.delete_by_term("id", get_identifier(obj_or_string))

    def apply(self, index: Any, changed: Iterable[Any], gone: Iterable[str]) -> None:
        """Add or replace the changed articles and take out the gone ones by identifier, in one commit."""
        with self._writer() as writer:
            for identifier in gone:
                writer.delete_by_term("identifier", identifier)
            for record in changed:
                writer.update_document(**self._document(index, record))

    def rebuild(self, index: Any, records: Iterable[Any]) -> int:
        """Build a new index beside the one that is served and swap it in; a failure leaves the old one serving."""
        folder = self.folders.create()
        built = whoosh_index.create_in(str(folder), self.schema())
        count = 0
        with _committing(built.writer(limitmb=256)) as writer:
            for record in records:
                writer.add_document(**self._document(index, record))
                count += 1
        write_fingerprint(folder, self.fingerprint())
        self.folders.swap(folder)
        return count

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Serve an empty index."""
        self.rebuild(None, ())

    def is_current(self) -> bool:
        """Whether there is an index that this code made."""
        folder = self.folders.current()
        return folder is not None and read_fingerprint(folder) == self.fingerprint()

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
    def _writer(self) -> Iterator[IndexWriter]:
        folder = self.folders.current()
        if folder is None:
            raise SearchUnavailable("there is no index to write to; run `manage.py rebuild_index`")
        with _committing(whoosh_index.open_dir(str(folder)).writer()) as writer:
            yield writer


@contextmanager
def _committing(writer: IndexWriter) -> Iterator[IndexWriter]:
    """Commit when the block ends well; throw its changes away when it does not."""
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


class DiwanWhooshEngine(BaseEngine):
    backend = DiwanWhooshBackend
    query = BaseSearchQuery
