"""What lies beside a segment and may be deleted at any time, its columns: they are made of its other files.

No commit vouches for these files, each for itself: by its checksum. The writer looks whether they are there and as they
were when it read all of them, and makes anew what is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh.index import Index
from whoosh.reading import SegmentReader

from search.engine.whoosh.files import columns_file
from search.engine.whoosh.files.arrays_file import Stamp, discard, read_arrays
from search.engine.whoosh.files.columns_file import columns_of, folder_of
from search.engine.whoosh.files.posting_lists_file import posting_lists_of
from search.engine.whoosh.files.trust import Trust


def write_side_files(index: Index) -> None:
    """Write those of new segments after a commit, so that no reader has to wait for them.

    A file that cannot be written is only done without.
    """
    folder = folder_of(index)
    with index.reader() as reader:
        for segment, _first in reader.leaf_readers():
            if folder is not None and isinstance(segment, SegmentReader):
                path = folder / segment.segment().make_filename(columns_file.EXTENSION)
                if not path.exists():
                    columns_of(segment, folder, posting_lists_of(segment, folder))


class SideFiles:
    """Those of one index folder at a time, and what they were when they were last read from end to end."""

    def __init__(self) -> None:
        self._whole: dict[Path, Stamp] = {}

    def to_mend(self, trust: Trust) -> list[Path]:
        """The files that are gone, or changed and not whole; SearchUnavailable without a commit to trust.

        One `stat` a file; O(bytes) for a new or changed one.
        """
        commit = trust.own_commit()
        return self.not_whole(commit.folder, trust.segments(commit))

    def not_whole(self, folder: Path, segments: Iterable[Any]) -> list[Path]:
        """The same of the segments in a folder."""
        wanted = dict(_wanted(folder, segments))
        self._whole = {path: stamp for path, stamp in self._whole.items() if path in wanted}
        return [path for path, about in wanted.items() if not self._is_whole(path, about)]

    def forget(self) -> None:
        """Read all files again when asked next."""
        self._whole.clear()

    def _is_whole(self, path: Path, about: dict[str, Any]) -> bool:
        try:
            found = Stamp.of(path)
        except OSError:
            return False
        if self._whole.get(path) != found:
            if read_arrays(path, about) is None:
                return False
            self._whole[path] = found
        return True


def _wanted(folder: Path, segments: Iterable[Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every file that should be there, and what its header says."""
    for segment in segments:
        yield folder / segment.make_filename(columns_file.EXTENSION), columns_file.about(segment)


def mend(index: Index, broken: Iterable[Path]) -> None:
    """Make files anew."""
    for path in broken:
        discard(path)
    write_side_files(index)
