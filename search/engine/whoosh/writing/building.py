"""A new index built beside the one that is served: parts, each a segment written by one process, then one commit."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from search.documents.entries import Entry
from search.documents.inverting import invert
from search.documents.spellings import Spellings
from search.documents.vocabulary import Vocabulary
from search.engine.whoosh.files.side_files import write_side_files
from search.engine.whoosh.files.trust import NAME
from search.engine.whoosh.writing.bulk import RUNS_LIMIT, BulkWriter
from search.engine.whoosh.writing.writer import POOL_LIMIT, DiwanWriter, commit

FIRST_COMMIT = 1
MOST_TERMS = 3_000_000  # of a segment: what its writer keeps of them is half a gigabyte
COLLECTED = 100  # documents after which what was made for them is collected


class _Gathering:
    """What is gathered lives until the end; looking through it again and again would cost a third of the time."""

    def __enter__(self) -> Self:
        self.collecting = gc.isenabled()
        gc.disable()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if self.collecting:
            gc.enable()
        if kind is not None:
            self.close()
        self.end()

    def close(self) -> None:
        """Close the files of a segment that will not be finished."""

    def end(self) -> None:
        """Close what was open for the whole build."""


class Bulk(_Gathering):
    """Segments of a build made from entries: usually one, more where there are more terms than memory is to hold."""

    def __init__(self, folder: Path, model: str, kept: Spellings | None = None, limit: int = RUNS_LIMIT) -> None:
        self.folder, self.model, self.kept, self.limit = folder, model, kept, limit
        self.segments: list[Any] = []
        self.writer = self._begin()

    def add(self, entries: Sequence[Entry]) -> None:
        """Index a batch of articles."""
        if len(self.writer.vocabulary) > MOST_TERMS:
            self.segments.append(self.writer.finish())
            self.writer = self._begin()
        add_entries(self.writer, self.model, entries)
        gc.collect(1)

    def finish(self) -> list[Any]:
        """The segments, which no table of contents names yet; none when nothing was added."""
        if self.writer.docnum:
            self.segments.append(self.writer.finish())
        else:
            self.close()
        return self.segments

    def close(self) -> None:
        self.writer._close_segment()

    def end(self) -> None:
        if self.kept:
            self.kept.close()

    def _begin(self) -> BulkWriter:
        return BulkWriter(whoosh_index.open_dir(str(self.folder)), Vocabulary(self.kept), limit=self.limit)


class Part(_Gathering):
    """One segment of a build made from documents; `limit` bounds the memory for postings, the rest waits on disk."""

    def __init__(self, folder: Path, limit: int = POOL_LIMIT) -> None:
        self.writer = DiwanWriter(whoosh_index.open_dir(str(folder)), limit=limit, lock=False)
        self.count = 0

    def add(self, document: dict[str, Any]) -> None:
        self.writer.add_document(**document)
        self.count += 1
        if self.count % COLLECTED == 0:
            gc.collect(1)

    def finish(self) -> list[Any]:
        """The segment, which no table of contents names yet; none when nothing was added."""
        if not self.count:
            self.close()
            return []
        return [self.writer.finish()]

    def close(self) -> None:
        self.writer._close_segment()


def add_entries(writer: BulkWriter, model: str, entries: Sequence[Entry]) -> None:
    """Index a batch of articles of Haystack's model, `articles.article`."""
    common = [{"id": f"{model}.{entry.key}", "django_ct": model, "django_id": str(entry.key)} for entry in entries]
    writer.add_batch(invert(entries, writer.vocabulary), common)
    writer.vocabulary.keep()  # at once, so that other processes need not analyse the same spellings


def start(folder: Path, schema: Any) -> None:
    """Make an empty index in an empty folder."""
    whoosh_index.create_in(str(folder), schema)


def finish(folder: Path, schema: Any, segments: Sequence[Any]) -> None:
    """Make the segments an index that can be served."""
    commit(FileStorage(str(folder)), NAME, schema, segments, FIRST_COMMIT, segments)
    shutil.rmtree(folder / f"{NAME}.tmp", ignore_errors=True)
    write_side_files(whoosh_index.open_dir(str(folder)))
