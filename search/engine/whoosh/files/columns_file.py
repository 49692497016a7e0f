"""The side file of a segment that holds its columns (see `arrays_file`).

Its name is made as Whoosh makes the names of a segment's files, so that Whoosh removes it together with the segment. A
file that cannot be trusted is written anew, in one step, by whoever needs it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import Index
from whoosh.reading import SegmentReader

from search.engine.whoosh.files.arrays_file import discard, read_arrays, writing
from search.engine.whoosh.files.columns import SegmentColumns, build_columns
from search.engine.whoosh.files.posting_lists import PostingLists
from search.request import FACETS

logger = logging.getLogger("search")

EXTENSION = ".columns"
_VERSION = 4
_WITHOUT_LISTS = 3  # as an earlier version left them


def columns_of(reader: SegmentReader, folder: Path | None, lists: PostingLists | None) -> SegmentColumns:
    """The columns of a segment, from its side file in `folder` when that can be trusted, else made and written.

    `lists` are its posting lists, None for those of an earlier version that has them in Whoosh's files alone.
    """
    if folder is None:
        return build_columns(reader, lists, FACETS)
    path, wanted = folder / reader.segment().make_filename(EXTENSION), about(reader.segment())
    if lists is None:
        wanted["version"] = _WITHOUT_LISTS
    found = read_columns(path, wanted, lists)
    if found is not None and tuple(found.names) == FACETS:
        return found
    made = build_columns(reader, lists, FACETS)
    discard(path)
    try:
        write_columns(path, wanted, made)
    except FileNotFoundError:
        return made  # a commit has taken the segment away meanwhile, and its files with it
    except OSError as error:
        logger.warning("the columns %s cannot be kept: %s", path.name, error)
        return made
    return read_columns(path, wanted, lists) or made


def about(segment: Any) -> dict[str, Any]:
    """What tells the file of one segment from that of another."""
    return {"version": _VERSION, "segment": segment.segment_id(), "documents": segment.doc_count_all()}


def write_columns(path: Path, about: Mapping[str, Any], columns: SegmentColumns) -> None:
    """Write the file in one step: it is there whole or not at all."""
    with writing(path) as file:
        for name, array in columns.arrays.items():
            file.add(name, array.dtype, [array])
        file.finish(about, {"facets": columns.names})


def read_columns(path: Path, wanted: Mapping[str, Any], lists: PostingLists | None) -> SegmentColumns | None:
    """Map the file; None when it is not the whole file of this segment. O(its bytes), for the checksum."""
    found = read_arrays(path, wanted)
    if found is None:
        return None
    names = {facet: tuple(values) for facet, values in found.header["facets"].items()}
    return SegmentColumns(found.arrays, names, lists, found.file)


def folder_of(index: Index) -> Path | None:
    """Where the files of an index lie; None for one in memory."""
    return Path(index.storage.folder) if isinstance(index.storage, FileStorage) else None
