"""Whoosh's segment writer fed by arrays: batches of inverted articles, and whole segments, without a call a posting.

Posting lists of all texts and identifiers go into the file beside the segment (`posting_lists_file`). What Whoosh needs
to answer by itself is written in its own format: folded words, identifiers, lengths, stored fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from search.documents.inverting import Inverted
from search.documents.term_numbers import TermNumbers
from search.documents.vocabulary import Vocabulary
from search.engine.whoosh.files.arrays_file import ArraysWriter, writing
from search.engine.whoosh.files.posting_lists_file import EXTENSION, Spooled, about, holds, posting_lists_of
from search.engine.whoosh.schema import has_positions, is_in_whoosh
from search.engine.whoosh.writing.blocks import BlockCodec
from search.engine.whoosh.writing.commit import commit
from search.engine.whoosh.writing.encoding import encode
from search.engine.whoosh.writing.merge_policy import merge_some
from search.engine.whoosh.writing.merging import occurrences
from search.engine.whoosh.writing.runs import Runs

RUNS_LIMIT: Final = 48 * 2**20  # bytes


class ArticleWriter(SegmentWriter):
    """Makes one segment of all that it is given, and takes in small ones with its commit.

    The words of all batches are those of one vocabulary; `limit` is the memory for their occurrences in bytes. Holds
    Whoosh's lock unless `lock` is False (a part of a rebuild).
    """

    def __init__(self, index: Any, vocabulary: Vocabulary, *, limit: int = RUNS_LIMIT, lock: bool = True) -> None:
        super().__init__(index, codec=BlockCodec(), _lk=lock)
        self.folder = Path(self.storage.folder)
        self.mergetype = merge_some
        self.vocabulary = vocabulary
        self.runs = Runs(Path(self._tempstorage.folder), self.newsegment.segment_id(), limit)
        self.others: dict[str, TermNumbers] = {}  # the terms of fields without positions
        self._counts: dict[str, list[NDArray[np.int64]]] = {}  # of the terms in each field of each document

    # What a segment is made of

    def add_batch(self, batch: Inverted, common: Sequence[Mapping[str, Any]]) -> None:
        """Add articles; `common` are the fields that Haystack gives each."""
        first = self.docnum
        for name, (terms, documents, positions) in batch.streams.items():
            kept = self.runs.add(name, first, terms, documents, positions)
            self._counts.setdefault(name, []).append(np.bincount(kept, minlength=len(batch.fields)))
        rows = [dict(fields) | dict(more) for fields, more in zip(batch.fields, common, strict=True)]
        self._add_identifiers(first, rows, sorted(rows[0]))
        for row in rows:
            self._store(row)
        self._added = True

    def add_reader(self, reader: Any) -> None:
        """Take over another segment of this version without its deleted documents, which are renumbered by arrays."""
        self._check_state()
        first, places = self.docnum, np.full(reader.doc_count_all(), -1, np.int64)
        rows = []
        for number, stored in reader.iter_docs():
            places[number] = self.docnum - first
            self._store(stored)
            rows.append(stored)
        self._add_identifiers(first, rows, [name for name, field in self.schema.items() if not holds(field)])
        living = self.docnum - first
        counts = {name: np.zeros(living, np.int64) for name in self.schema.scorable_names()}
        lists = posting_lists_of(reader, self.folder)
        for name, terms, owners, documents, positions in occurrences(lists) if lists else ():
            documents = places[documents]
            kept = documents >= 0
            numbers = self._numbered(name, terms)[owners[kept]]
            found = self.runs.add(name, first, numbers, documents[kept], positions[kept])
            if name in counts:
                counts[name] += np.bincount(found, minlength=living)
        for name, lengths in counts.items():
            self._counts.setdefault(name, []).append(lengths)
        self._added = True

    def remove(self, field: str, terms: Iterable[str]) -> int:
        """Delete the committed documents of these terms with one look at the index; give their number."""
        with self.reader() as reader:
            known = [term for term in terms if (field, term) in reader]
            numbers = {number for term in known for number in reader.postings(field, term).all_ids()}
        for number in numbers:
            self.delete_document(number)
        return len(numbers)

    def finish(self) -> Any:
        """Write what was added as a segment that no table of contents names yet, and give it."""
        self.vocabulary.forget_forms()  # nothing is added any more, and writing needs the memory
        return self._finalize_segment()

    def _numbered(self, name: str, terms: list[bytes]) -> NDArray[np.int64]:
        """The numbers that the terms of a field have here."""
        own = self.schema[name].scorable
        numbers = self.vocabulary.terms[_layer(name)] if own else self.others.setdefault(name, TermNumbers())
        return np.array(list(map(numbers.number, terms)), np.int64)

    def _store(self, row: Mapping[str, Any]) -> None:
        """Store what a document keeps as it is."""
        self.perdocwriter.start_doc(self.docnum)
        for name in sorted(row):
            field = self.schema[name]
            self.perdocwriter.add_field(name, field, row[name] if field.stored else None, 0)
        self.perdocwriter.finish_doc()
        self.docnum += 1

    def _add_identifiers(self, first: int, rows: Sequence[Mapping[str, Any]], names: Iterable[str]) -> None:
        """Add the terms of these fields, as far as they have any: identifiers and numbers."""
        for name in names:
            field = self.schema[name]
            if not field.indexed:
                continue
            number_of = self.others.setdefault(name, TermNumbers()).number
            found = [
                (number_of(term), place)
                for place, row in enumerate(rows)
                for term, _frequency, _weight, _value in field.index(row[name])
            ]
            terms, documents = np.array(found, np.int64).reshape(-1, 2).T
            self.runs.add(name, first, terms, documents, np.zeros(len(terms), np.int64))

    # How it is written

    def _flush_segment(self) -> None:
        lengths = {name: self._write_lengths(name, np.concatenate(counts)) for name, counts in self._counts.items()}
        self.perdocwriter.close()
        with self._lists_file() as file:
            for name in sorted(self.runs.fields):
                with self._spooled(name, file) as spooled:
                    self._write_field(name, lengths.get(name), spooled)
        self.fieldwriter.close()

    def _write_lengths(self, name: str, counts: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Write the lengths of a field as Whoosh keeps them, a byte each."""
        known, which = np.unique(counts, return_inverse=True)
        codes = np.array([length_to_byte(int(length)) for length in known], np.uint8)[which]
        writer = self.perdocwriter
        writer._create_column(f"_{name}_len", LENGTHS_COLUMN)
        column = writer._get_column(f"_{name}_len")
        column._dbfile.write(codes.tobytes())
        column._count = len(codes)
        writer._fieldlengths[name] = int(counts.sum())
        return codes

    def _write_field(self, name: str, lengths: NDArray[np.uint8] | None, spooled: Spooled | None) -> None:
        held = self.vocabulary.terms[_layer(name)] if lengths is not None else self.others[name]
        order = np.array(sorted(self.runs.present(name).tolist(), key=held.term), np.int64)
        for_whoosh = is_in_whoosh(name, self.schema[name])
        if for_whoosh:
            self.fieldwriter.begin(name)
        for low, postings in self.runs.postings(name, len(held), order, lengths is not None and has_positions(name)):
            chosen = list(map(held.term, order[low : low + len(postings.starts)].tolist()))
            if for_whoosh:
                lists, infos = encode(postings, lengths, self.fieldwriter.place)
                self.fieldwriter.write_encoded(chosen, lists, infos)
            if spooled is not None:
                spooled.take(chosen, postings)

    @property
    def _waiting(self) -> Path:
        """Where the posting lists wait, under no name of the segment's: Whoosh packs what has one into the segment."""
        return self.folder / f"waiting.{self.newsegment.segment_id()}{EXTENSION}"

    @contextmanager
    def _lists_file(self) -> Iterator[ArraysWriter]:
        with writing(self._waiting) as file:
            yield file
            file.finish(about(self.get_segment()), {})

    @contextmanager
    def _spooled(self, name: str, file: ArraysWriter) -> Iterator[Spooled | None]:
        if not holds(self.schema[name]):
            yield None
            return
        with Spooled(self.folder, name in self._counts and has_positions(name)) as spooled:
            yield spooled
            spooled.write(file, name)

    def _finalize_segment(self) -> Any:
        segment = super()._finalize_segment()
        if self._waiting.exists():
            self._waiting.replace(self.folder / segment.make_filename(EXTENSION))
        return segment

    def _close_segment(self) -> None:
        super()._close_segment()
        self.runs.remove()

    def _commit_toc(self, segments: Sequence[Any]) -> None:
        own = [segment for segment in segments if segment is self.newsegment]
        commit(self.storage, self.indexname, self.schema, segments, self.generation, own)


def _layer(field: str) -> str:
    """The layer of a stream's field: `stem` of `title_stem`."""
    return field.partition("_")[2]
