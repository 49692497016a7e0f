"""Whoosh's segment writer with our own pool, block format, merge policy and a commit that vouches for its files.

What is written can be read by Whoosh alone. What differs is how: terms are gathered in columns (`gathering`), written
in bulk (`blocks`), merged a term at a time, and described in a manifest before the commit becomes visible.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from pickle import dumps
from typing import Any

from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.fields import NUMERIC
from whoosh.filedb.filestore import RamStorage
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from search.documents.streams import STACK
from search.engine.whoosh.files import manifest
from search.engine.whoosh.writing.blocks import BlockCodec
from search.engine.whoosh.writing.gathering import Columns, Postings

MEGABYTE = 1024 * 1024
POOL_LIMIT = 64 * MEGABYTE
MERGED_AT_ONCE = 200  # documents that a commit may rewrite besides its own: well below a second
TIDIED_AT_ONCE = 5_000  # documents that an idle writer may rewrite in one turn, while a new change waits
COMMON_PLACES = 4_096  # positions whose encoded value is kept
WASTED, RUINED = 0.25, 0.5  # deleted documents that have a segment rewritten: a small one, any


class DiwanWriter(SegmentWriter):
    """`limit` is the memory for postings in bytes. Holds Whoosh's lock unless `lock` is False (a part of a rebuild)."""

    def __init__(self, index: Any, *, limit: int = POOL_LIMIT, lock: bool = True) -> None:
        super().__init__(index, codec=BlockCodec(), _lk=lock)
        self.folder = Path(self.storage.folder)
        self.pool = Postings(Path(self._tempstorage.folder), self.newsegment.segment_id(), limit)
        self.lengths: dict[str, bytearray] = {}
        self.mergetype = merge_some

    # Documents

    def add_document(self, **values: Any) -> None:
        """Add a document whose streams are analysed already (see `search.documents.streams`)."""
        self._check_state()
        self._check_fields(self.schema, values)
        number, writer = self.docnum, self.perdocwriter
        writer.start_doc(number)
        for name in sorted(values):
            field, value = self.schema[name], values[name]
            length = self._index(name, field, value) if field.indexed and value is not None else 0
            writer.add_field(name, field, value if field.stored else None, length)
        writer.finish_doc()
        self._added = True
        self.docnum += 1
        self.pool.spill_if_full()

    def remove(self, field: str, terms: Iterable[str]) -> int:
        """Delete the committed documents of these terms with one look at the index; give their number."""
        with self.reader() as reader:
            known = [term for term in terms if (field, term) in reader]
            numbers = {number for term in known for number in reader.postings(field, term).all_ids()}
        for number in numbers:
            self.delete_document(number)
        return len(numbers)

    def _index(self, name: str, field: Any, value: Any) -> int:
        """Put the terms of a field into the pool; give the field's length, 0 where length says nothing."""
        if getattr(field.analyzer, "stacks", False):
            places, length = _places(value)
            self.pool.add(name, self.docnum, _stream_postings(places))
            self._note_length(name, self.docnum, length_to_byte(length))
            return length
        items = ((self._key(name, term), weight, held) for term, _frequency, weight, held in field.index(value))
        self.pool.add(name, self.docnum, items)
        return 0

    def _key(self, name: str, term: bytes) -> str | bytes:
        """Terms of text are gathered as text, those of numbers as the bytes that stand for them."""
        return term if isinstance(self.schema[name], NUMERIC) else term.decode()

    def _note_length(self, field: str, number: int, length: int) -> None:
        lengths = self.lengths.setdefault(field, bytearray())
        if len(lengths) <= number:
            lengths.extend(bytes(max(number + 1 - len(lengths), 4096)))
        lengths[number] = length

    # Segments

    def add_reader(self, reader: Any) -> None:
        """Take over another segment without its deleted documents."""
        self._check_state()
        first = self.docnum
        renumbered = self.write_per_doc(self.schema.names(), reader)
        for name in self.schema.scorable_names():
            for old in range(reader.doc_count_all()):
                new = first + old if renumbered is None else renumbered.get(old)
                if new is not None and (length := reader.doc_field_length(old, name)):
                    self._note_length(name, new, length_to_byte(length))
        for field, term, columns in _terms(reader):
            self.pool.extend(field, self._key(field, term), _moved(columns, first, renumbered))
            self.pool.spill_if_full()
        self._added = True

    def finish(self) -> Any:
        """Write what was added as a segment that no table of contents names yet, and give it."""
        return self._finalize_segment()

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        begun, none = "", b""
        for name, term, columns in self.pool.in_order():
            if name != begun:
                valued = self.schema[name].format.fixed_value_size() != 0
                self.fieldwriter.start_field(name, valued, self.lengths.get(name, none))
                begun = name
            self.fieldwriter.write(term, columns)
        self.fieldwriter.close()

    def _close_segment(self) -> None:
        if not self.perdocwriter.is_closed:
            self.perdocwriter.close()
        if not self.fieldwriter.is_closed:
            self.fieldwriter.close()
        self.pool.remove()

    # Commit

    def _commit_toc(self, segments: Sequence[Any]) -> None:
        own = [segment for segment in segments if segment is self.newsegment]
        commit(self.storage, self.indexname, self.schema, segments, self.generation, own)


def commit(
    storage: Any, name: str, schema: Any, segments: Sequence[Any], generation: int, fresh: Iterable[Any]
) -> None:
    """Make a list of segments the state of the index: files to disk, then the manifest, then the table of contents.

    `fresh` are the segments that were just written; for every other one an earlier commit vouched, or
    ManifestUnreadable is raised.
    """
    folder = Path(storage.folder)
    toc = whoosh_index.TOC._filename(name, generation)
    waiting = folder / f"{toc}.fresh"
    manifest.put(waiting, _toc(name, schema, segments, generation))
    known = manifest.read(folder) if (folder / manifest.MANIFEST).exists() else {}
    entries = {file: entry for file, entry in known.items() if (folder / file).exists()}
    entries |= {file: manifest.describe(folder / file) for file in (s.make_filename(".seg") for s in fresh)}
    if strange := [s.make_filename(".seg") for s in segments if s.make_filename(".seg") not in entries]:
        raise manifest.ManifestUnreadable(f"no commit vouched for {', '.join(strange)}")
    manifest.write(folder, {**entries, toc: manifest.describe(waiting)})
    waiting.replace(folder / toc)
    manifest.sync_folder(folder)
    whoosh_index.clean_files(storage, name, generation, segments)


def _toc(name: str, schema: Any, segments: Sequence[Any], generation: int) -> bytes:
    """The bytes of a table of contents, as Whoosh writes it."""
    memory = RamStorage()
    whoosh_index.TOC(schema, segments, generation).write(memory, name)
    (content,) = memory.files.values()
    return bytes(content)


# What is merged


def merge_some(writer: Any, segments: list[Any]) -> list[Any]:
    """With every commit: join small segments, at most `MERGED_AT_ONCE` documents of them."""
    return _merge(writer, segments, to_merge([_living(s) for s in segments], writer.docnum, MERGED_AT_ONCE))


def merge_more(writer: Any, segments: list[Any]) -> list[Any]:
    """While nothing is to be done: join segments of up to `TIDIED_AT_ONCE` documents, and those that hold waste."""
    return _merge(writer, segments, to_tidy(segments))


def to_merge(sizes: Sequence[int], new: int, most: int) -> set[int]:
    """Which segments a new one of `new` documents takes in: every one not larger than all smaller ones together.

    So sizes at least double from one segment to the next: there are at most log2(n) + n / `most` of them, and a
    document is rewritten at most log2(`most`) times. Segments without living documents are always taken.

    >>> to_merge([1000, 1, 2, 4], 1, 2000)
    {1, 2, 3}
    """
    chosen: set[int] = set()
    total = new or min((size for size in sizes if size), default=0)
    for place in sorted(range(len(sizes)), key=sizes.__getitem__):
        if sizes[place] and (sizes[place] > total or total + sizes[place] > new + most):
            break
        chosen.add(place)
        total += sizes[place]
    return chosen


def to_tidy(segments: Sequence[Any]) -> set[int]:
    """Which segments an idle writer rewrites: several small ones, or the first that holds too much waste."""
    small = to_merge([_living(segment) for segment in segments], 0, TIDIED_AT_ONCE)
    if len(small) > 1:
        return small
    for place, segment in enumerate(segments):
        wasted = segment.deleted_count() / max(1, segment.doc_count_all())
        if wasted > RUINED or (wasted > WASTED and _living(segment) <= TIDIED_AT_ONCE):
            return {place}
    return set()


def _merge(writer: Any, segments: list[Any], chosen: set[int]) -> list[Any]:
    from whoosh.reading import SegmentReader

    for place in sorted(chosen):
        if _living(segments[place]):
            reader = SegmentReader(writer.storage, writer.schema, segments[place])
            writer.add_reader(reader)
            reader.close()
    return [segment for place, segment in enumerate(segments) if place not in chosen]


def _living(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


# Postings, encoded and read back


def _places(stream: str) -> tuple[dict[str, list[int]], int]:
    """Where every term of an analysed stream stands, and how many terms there are.

    >>> sorted(_places("عقدت|عقد الجوله عقد")[0].items())
    ({'الجوله': [1], 'عقد': [0, 2], 'عقدت': [0]}, 4)
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for position, terms in enumerate(stream.split(" ")):
        places[terms].append(position)
    length = sum(map(len, places.values()))
    for terms in [terms for terms in places if STACK in terms or not terms]:
        held = places.pop(terms)
        stacked = [term for term in terms.split(STACK) if term]
        length += len(held) * (len(stacked) - 1)
        for term in stacked:
            places[term] = sorted(places[term] + held) if term in places else held
    return places, length


def _stream_postings(places: Mapping[str, list[int]]) -> Iterator[tuple[str, float, bytes]]:
    one = _ONE
    for term, held in places.items():
        count = len(held)
        if count == 1 and held[0] < COMMON_PLACES:
            yield term, 1.0, one[held[0]]
        else:
            yield term, count, _positions(held)


def _positions(places: list[int]) -> bytes:
    """Whoosh's value of a posting with positions: their number, then the pickled differences."""
    deltas = [places[0], *(after - before for before, after in pairwise(places))]
    return len(places).to_bytes(4, "big") + dumps(deltas, 2)


# Most terms stand once in a text: one object for each place, shared by all of them.
_ONE = [_positions([place]) for place in range(COMMON_PLACES)]


def _terms(reader: Any) -> Iterator[tuple[str, bytes, Columns]]:
    """Every term of a segment with its postings, deleted documents among them."""
    terms = reader._terms
    for field, term in terms.terms():
        if field in reader.schema:
            yield field, term, _columns(terms.matcher(field, term, reader.schema[field].format))


def _columns(matcher: W3LeafMatcher) -> Columns:
    """All postings of a term, a block at a time."""
    columns = Columns(array("I"), array("f"), [])
    while not matcher._atend:
        matcher._read_ids(), matcher._read_weights(), matcher._read_values()
        columns.documents.extend(matcher._ids)
        columns.weights.extend(matcher._weights)
        columns.values.extend(matcher._values if matcher._values[0] is not None else [b""] * len(matcher._ids))
        matcher._next_block()
    return columns


def _moved(columns: Columns, first: int, renumbered: dict[int, int] | None) -> Columns:
    """The postings under the numbers of the new segment, without those of deleted documents."""
    if renumbered is None:
        return Columns(array("I", (first + number for number in columns.documents)), columns.weights, columns.values)
    kept = [place for place, number in enumerate(columns.documents) if number in renumbered]
    return Columns(
        array("I", (renumbered[columns.documents[place]] for place in kept)),
        array("f", (columns.weights[place] for place in kept)),
        [columns.values[place] for place in kept],
    )
