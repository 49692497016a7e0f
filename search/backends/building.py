"""A new index built beside the one that is served: parts, each a segment written by one process, then one commit."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from search.backends.side_files import write_side_files
from search.backends.trust import NAME
from search.backends.writer import POOL_LIMIT, DiwanWriter, commit

FIRST_COMMIT = 1
COLLECTED = 100  # documents after which what was made for them is collected


class Part:
    """One segment of a build; memory is bounded by `limit` bytes of postings, the rest waits on disk."""

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
        """Close the files of a segment that will not be finished."""
        self.writer._close_segment()

    def __enter__(self) -> Part:
        # What is gathered lives until the end; looking through it again and again would cost a third of the time.
        self.collecting = gc.isenabled()
        gc.disable()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if self.collecting:
            gc.enable()
        if kind is not None:
            self.close()


def start(folder: Path, schema: Any) -> None:
    """Make an empty index in an empty folder."""
    whoosh_index.create_in(str(folder), schema)


def finish(folder: Path, schema: Any, segments: Sequence[Any]) -> None:
    """Make the segments an index that can be served."""
    commit(FileStorage(str(folder)), NAME, schema, segments, FIRST_COMMIT, segments)
    shutil.rmtree(folder / f"{NAME}.tmp", ignore_errors=True)
    write_side_files(whoosh_index.open_dir(str(folder)))
