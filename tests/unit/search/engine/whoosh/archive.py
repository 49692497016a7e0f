"""Paragraphs of the five real articles as documents of a Whoosh index, and a plain account of what it must hold."""

from __future__ import annotations

import datetime
import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import formats
from whoosh.filedb.filestore import FileStorage
from whoosh.index import Index
from whoosh.query import Query
from whoosh.reading import SegmentReader
from whoosh.writing import IndexWriter

from archive.extraction import extract
from search.analysis import analyze
from search.engine.whoosh.evaluating.postings_cache import PostingsCache
from search.engine.whoosh.files.arrays_file import writing
from search.engine.whoosh.files.posting_lists_file import EXTENSION, Spooled, about, holds
from search.engine.whoosh.files.postings import SegmentPostings
from search.engine.whoosh.files.side_files import write_side_files
from search.engine.whoosh.schema import has_positions
from search.engine.whoosh.snapshot import Snapshot
from search.engine.whoosh.writing.encoding import TermPostings
from tests import CAPTURES
from tests.oracle.written_out import schema

COUNTRIES = cycle(["az", "az tr", "iq", "", "az iq tr", "pk"])
BOUND = 64 * 2**20
FEWEST = 15  # documents of a segment that is given posting lists; smaller ones stay as an earlier version left them

Document = dict[str, Any]


def stream(text: str, layer: str) -> str:
    """Words at their positions; the stems of a word stand at one."""
    words = analyze(text, None)
    terms = ["|".join(t.stems or (t.norm,)) if layer == "stem" else (t.norm if t.span == 1 else "|") for t in words]
    return " ".join(terms)


@cache
def paragraphs() -> tuple[Document, ...]:
    """About forty documents: every paragraph of the five, the longest ones cut in two, some of them twice."""
    found: list[Document] = []
    for path in sorted(CAPTURES.iterdir()):
        page = extract(path.read_bytes(), name=path.stem)
        pieces = [line for line in (page.body or "").split("\n") if line.strip()]
        pieces = [part for piece in pieces for part in (piece[:600], piece[600:1500]) if len(part) > 20]
        found += [_document(page.title or "", piece, len(found) + n, path.stem) for n, piece in enumerate(pieces)]
    copies = [{**one, "identifier": f"{one['identifier']}-again", "id": f"{one['id']}-again"} for one in found[::3]]
    return tuple(found + copies)


def _document(title: str, text: str, number: int, page: str) -> Document:
    day = datetime.date(2019 + number % 4, 1 + number % 12, 1 + number % 28).toordinal() if number % 7 else 0
    date = datetime.date.fromordinal(day) if day else None
    return {
        "id": f"a.{number}",
        "identifier": f"p{number}",
        "title_norm": stream(title, "norm"),
        "text_norm": stream(text, "norm"),
        "text_stem": stream(text, "stem"),
        "country": next(COUNTRIES),
        "lang": "fa" if page[:3] in ("002", "003") else "ar",
        "source": page[:3],
        "year": str(date.year) if date else "undated",
        "month": f"{date:%Y-%m}" if date else "",
        "day": day,
        "arrival": number,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
    }


def new_index(folder: Path | None = None) -> Index:
    """An empty index of the archive's own schema, in a folder that goes away with it unless one is given."""
    kept = folder or Path(tempfile.mkdtemp(prefix="diwan-vectors-"))
    index = FileStorage(str(kept)).create_index(schema())
    if folder is None:
        weakref.finalize(index, shutil.rmtree, kept, ignore_errors=True)
    return index


def write(writer: IndexWriter, documents: list[Document], *, merge: bool = False, optimize: bool = False) -> None:
    """Add or replace documents in one commit, which makes a segment of its own unless segments are merged."""
    for document in documents:
        writer.update_document(**document)
    writer.commit(merge=merge, optimize=optimize)


def snapshot(index: Index, generation: str = "1", earlier: Snapshot | None = None) -> Snapshot:
    """What a process serves after a commit, whose writer left the side files."""
    write_files(index)
    return Snapshot(index, generation, PostingsCache(BOUND), earlier)


def write_files(index: Index) -> None:
    """Write beside segments that Whoosh's own writer made what our writer leaves there."""
    folder = Path(index.storage.folder)
    with index.reader() as reader:
        for segment, _first in reader.leaf_readers():
            if isinstance(segment, SegmentReader) and segment.doc_count_all() >= FEWEST:
                path = folder / segment.segment().make_filename(EXTENSION)
                if not path.exists():
                    write_lists(segment, path)
    write_side_files(index)


def write_lists(reader: SegmentReader, path: Path, **more: Any) -> None:
    """Write the posting lists of a segment out of Whoosh's blocks, term by term; `more` is told of them."""
    blocks = SegmentPostings(reader)
    with writing(path) as file:
        for name in sorted(name for name, field in reader.schema.items() if field.indexed and holds(field)):
            if not any(True for _term in reader.lexicon(name)):
                continue
            positioned = type(reader.schema[name].format) is formats.Positions and has_positions(name)
            with Spooled(path.parent, positioned) as spooled:
                for term in reader.lexicon(name):
                    spooled.take([term], _gathered(blocks, name, term, positioned))
                spooled.write(file, name)
        file.finish(about(reader.segment()) | more, {})


def _gathered(blocks: SegmentPostings, name: str, term: bytes, positioned: bool) -> TermPostings:
    held = blocks.postings(name, term)
    weights = np.broadcast_to(held.weights, len(held.ids)).astype(np.int64)
    places = blocks.positions(name, term).places.astype(np.int64) if positioned else None
    return TermPostings(np.zeros(1, np.int64), held.ids.astype(np.int64), weights, np.append(0, weights), places)


def values(document: Mapping[str, Any], facet: str) -> list[str]:
    return str(document.get(facet, "")).split()


def scores(held: Snapshot, query: Query) -> dict[int, float]:
    """Every matching document, by its number in the index, with its score."""
    found: dict[int, float] = {}
    for segment, matches in zip(held.segments, held.matches(query), strict=True):
        found.update(zip((matches.ids + segment.first).tolist(), matches.scores.tolist(), strict=True))
    return found
