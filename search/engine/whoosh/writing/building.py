"""A new index built beside the one that is served: parts, each of segments written by one process, then one commit."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Self

from haystack.utils import get_model_ct
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from archive.articles.models import Article
from search.analysis.spellings import Spellings
from search.documents.entries import IndexEntry
from search.documents.inverting import invert
from search.documents.vocabulary import Vocabulary
from search.engine.whoosh.files.side_files import write_side_files
from search.engine.whoosh.files.trust import NAME
from search.engine.whoosh.writing.commit import commit
from search.engine.whoosh.writing.writer import RUNS_LIMIT, ArticleWriter

FIRST_COMMIT: Final = 1
MOST_TERMS: Final = 3_000_000  # of a segment: what its writer keeps of them is some 120 MB


class WhooshPart:
    """The segments that one process writes: usually one, more where there are more terms than memory is to hold.

    What is gathered lives until the end; looking through it again and again would cost a third of the time, so that
    garbage is not collected while a part is open. `kept` are the spellings of earlier runs, closed at the end.
    """

    def __init__(self, index: Any, kept: Spellings | None = None, limit: int = RUNS_LIMIT) -> None:
        self.index, self.kept, self.limit = index, kept, limit
        self.segments: list[Any] = []
        self.writer = self._begin()

    def __enter__(self) -> Self:
        self.collecting = gc.isenabled()
        gc.disable()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if self.collecting:
            gc.enable()
        if kind is not None:
            self.writer._close_segment()
        if self.kept:
            self.kept.close()

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Index a batch of articles."""
        if len(self.writer.vocabulary) > MOST_TERMS:
            self.segments.append(self.writer.finish())
            self.writer = self._begin()
        add_entries(self.writer, entries)
        gc.collect(1)

    def finish(self) -> list[Any]:
        """The segments, which no table of contents names yet; none when nothing was added."""
        if self.writer.docnum:
            self.segments.append(self.writer.finish())
        else:
            self.writer._close_segment()
        return self.segments

    def _begin(self) -> ArticleWriter:
        return ArticleWriter(self.index, Vocabulary(self.kept), limit=self.limit, lock=False)


def add_entries(writer: ArticleWriter, entries: Sequence[IndexEntry]) -> None:
    """Invert a batch of articles and give it to a writer, with the fields by which Haystack knows a document."""
    model = get_model_ct(Article)
    common = [{"id": f"{model}.{entry.key}", "django_ct": model, "django_id": str(entry.key)} for entry in entries]
    writer.add_batch(invert(entries, writer.vocabulary), common)
    writer.vocabulary.keep()  # at once, so that other processes need not analyse the same spellings


def finish(folder: Path, schema: Any, segments: Sequence[Any]) -> None:
    """Make the segments an index that can be served."""
    commit(FileStorage(str(folder)), NAME, schema, segments, FIRST_COMMIT, segments)
    shutil.rmtree(folder / f"{NAME}.tmp", ignore_errors=True)
    write_side_files(whoosh_index.open_dir(str(folder), schema=schema))
