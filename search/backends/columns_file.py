"""The side file of a segment: its columns as they stand in memory, mapped by all processes from one page cache.

    diwan-columns\\n | length of the header, 8 bytes | header, JSON | arrays, each at a multiple of 64 bytes

The header names the segment, the arrays and the checksum of all of them. A file that is missing, short, foreign or
damaged is not used; it is written anew, in one step, by whoever needs it. Its name is made as Whoosh makes the names of
a segment's files, so that Whoosh removes it together with the segment.
"""

from __future__ import annotations

import contextlib
import json
import logging
import mmap
import os
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import Index
from whoosh.reading import SegmentReader

from search.backends.columns import SegmentColumns, build_columns
from search.request import FACETS

logger = logging.getLogger("search")

EXTENSION = ".columns"
_MAGIC = b"diwan-columns\n"
_VERSION = 2
_ALIGNED = 64


def columns_of(reader: SegmentReader, folder: Path | None) -> SegmentColumns:
    """The columns of a segment, from its side file in `folder` when that can be trusted, else made and written."""
    if folder is None:
        return build_columns(reader, FACETS)
    path = folder / reader.segment().make_filename(EXTENSION)
    wanted = {"version": _VERSION, "segment": reader.segment().segment_id(), "documents": reader.doc_count_all()}
    found = read_columns(path, wanted)
    if found is not None and tuple(found.names) == FACETS:
        return found
    made = build_columns(reader, FACETS)
    try:
        write_columns(path, wanted, made)
    except OSError as error:
        logger.warning("the columns %s cannot be kept: %s", path.name, error)
        return made
    return read_columns(path, wanted) or made


def write_columns(path: Path, about: Mapping[str, Any], columns: SegmentColumns) -> None:
    """Write the file in one step: it is there whole or not at all."""
    arrays = {name: np.ascontiguousarray(array) for name, array in columns.arrays.items()}
    body = b"".join(_padded(array.tobytes()) for array in arrays.values())
    header = json.dumps(
        {
            "about": dict(about),
            "facets": columns.names,
            "arrays": {name: [array.dtype.str, array.shape] for name, array in arrays.items()},
            "bytes": len(body),
            "checksum": zlib.crc32(body),
        }
    ).encode()
    head = _padded(_MAGIC + len(header).to_bytes(8, "little") + header)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # Whoosh clears away what a kill leaves
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(head)
            file.write(body)
            file.flush()
            os.fsync(handle)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def read_columns(path: Path, wanted: Mapping[str, Any]) -> SegmentColumns | None:
    """Map the file; None when it is not the whole file of this segment. O(its bytes), for the checksum."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return _read(mapped, wanted)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        logger.warning("the columns %s are not used: %s", path.name, error)
        return None


def _read(mapped: mmap.mmap, wanted: Mapping[str, Any]) -> SegmentColumns:
    start = len(_MAGIC) + 8
    if mapped[: len(_MAGIC)] != _MAGIC:
        raise ValueError("another kind of file")
    length = int.from_bytes(mapped[len(_MAGIC) : start], "little")
    header = json.loads(mapped[start : start + length])
    body = np.frombuffer(mapped, np.uint8)[start + length + -(start + length) % _ALIGNED :]
    if header["about"] != dict(wanted):
        raise ValueError("columns of another segment")
    if header["bytes"] != len(body) or header["checksum"] != zlib.crc32(body.data):
        raise ValueError("short or damaged")
    names = {facet: tuple(values) for facet, values in header["facets"].items()}
    return SegmentColumns(_arrays(body, header["arrays"]), names)


def _arrays(body: NDArray[np.uint8], described: Mapping[str, tuple[str, list[int]]]) -> dict[str, NDArray]:
    arrays = {}
    start = 0
    for name, (kind, shape) in described.items():
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        arrays[name] = body[start : start + size].view(kind).reshape(shape)
        start += size + -size % _ALIGNED
    return arrays


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNED)


def write_missing_columns(index: Index) -> None:
    """Write the side files of new segments after a commit, so that no reader has to wait for them."""
    with index.reader() as reader:
        for segment, _first in reader.leaf_readers():
            if isinstance(segment, SegmentReader):
                columns_of(segment, folder_of(index))


def folder_of(index: Index) -> Path | None:
    """Where the files of an index lie; None for one in memory."""
    return Path(index.storage.folder) if isinstance(index.storage, FileStorage) else None
