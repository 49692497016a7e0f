"""The writing half of the engine on Whoosh: one commit on the index that is served, or a new index beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from whoosh import index as whoosh_index

from search.analysis.spellings import Spellings
from search.documents.entries import IndexEntry, batches
from search.documents.vocabulary import Vocabulary
from search.engine.protocol import Build, IndexWriter
from search.engine.whoosh.files.folders import condemn, write_fingerprint
from search.engine.whoosh.files.side_files import SideFiles, mend, write_side_files
from search.engine.whoosh.files.trust import Trust
from search.engine.whoosh.writing.building import add_entries, finish
from search.engine.whoosh.writing.merge_policy import merge_more, to_tidy
from search.engine.whoosh.writing.writer import ArticleWriter


@dataclass(frozen=True, slots=True)
class WhooshBuild(Build):
    """An index that is being built: its folder, and the segments that are to make it up."""

    folder: Path
    segments: list[Any] = field(default_factory=list)

    @property
    def place(self) -> str:
        return str(self.folder)

    def take(self, part: Any) -> None:
        self.segments.extend(part)


class WhooshIndexWriter(IndexWriter):
    """For who holds the lock of the folders that `trust` looks after."""

    def __init__(self, trust: Trust, side_files: SideFiles) -> None:
        self.trust = trust
        self.folders = trust.folders
        self.side_files = side_files

    def apply(self, changed: Iterable[IndexEntry], gone: Iterable[str]) -> None:
        """In one commit; segments that it joins are inverted anew by arrays, as in a rebuild."""
        entries = list(changed)
        with self._committing() as writer:
            writer.remove("identifier", [*gone, *(entry.identifier for entry in entries)])
            for batch in batches(entries):
                add_entries(writer, batch)

    def holds(self, identifiers: Iterable[str]) -> set[str]:
        _generation, index = self.trust.open()
        with closing(index.reader()) as reader:
            return {one for one in identifiers if ("identifier", one) in reader}

    def remove(self, document: str) -> None:
        """Take out one document by the name that Haystack gives it."""
        with self._committing() as writer:
            writer.remove("id", [document])

    def tidy(self) -> bool:
        """Join segments and drop deleted documents."""
        if not to_tidy(self.trust.segments(self.trust.own_commit())):
            return False
        with self._committing() as writer:
            writer.mergetype = merge_more
        return True

    def mend(self) -> list[str]:
        broken = self.side_files.to_mend(self.trust)
        if broken:
            mend(self.trust.open()[1], broken)
        return [path.name for path in broken]

    def condemn(self, reason: str) -> None:
        folder = self.folders.current()
        if folder is not None and not self.trust.is_foreign():
            condemn(folder, reason)

    def forget(self) -> None:
        for folder in (Path(settings.SPELLINGS_DIR), self.folders.root):  # there the release before kept them
            Spellings(folder).remove()

    @contextmanager
    def build(self) -> Iterator[WhooshBuild]:
        schema, build = self.trust.schema(), WhooshBuild(self.folders.create())
        try:
            whoosh_index.create_in(build.place, schema)
            Spellings(settings.SPELLINGS_DIR).remove_others()
            Spellings(self.folders.root).remove()  # of the release before
            yield build
            finish(build.folder, schema, build.segments)
            write_fingerprint(build.folder, self.trust.wanted())
        except BaseException:
            shutil.rmtree(build.folder, ignore_errors=True)
            raise
        self.folders.swap(build.folder)

    @contextmanager
    def _committing(self) -> Iterator[ArticleWriter]:
        """Write to the index that is served; commit when the block ends well, else throw its changes away."""
        self.trust.own_commit()
        _generation, index = self.trust.open()
        with closing(Spellings(settings.SPELLINGS_DIR)) as kept:
            writer = ArticleWriter(index, Vocabulary(kept))
            try:
                yield writer
                writer.commit()
            except BaseException:
                with suppress(Exception):
                    writer.cancel()
                raise
        write_side_files(index)
