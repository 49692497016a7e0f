"""What a segment has, in columns: day, arrival, identifier, digest, lengths, facet values; and how its words look.

A segment never changes but for its deletions, so its columns hold deleted documents, too, and are made once: when the
segment is committed, or by the first who reads it. Facet values are kept both ways: the documents of each value, and
the values of each document (as compressed sparse rows), so that a choice is a slice and a count is one bincount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length

from search.engine.whoosh.evaluating.matches import Numbers, flags
from search.engine.whoosh.evaluating.spans import ranges
from search.engine.whoosh.files.arrays_file import MappedFile
from search.engine.whoosh.files.posting_lists import PostingLists
from search.engine.whoosh.files.postings import SegmentPostings
from search.engine.whoosh.files.term_table import TermEntry, entries
from search.engine.whoosh.files.texts import Texts, bag_of, bags_and_lengths

Arrays = Mapping[str, NDArray]

LENGTHS = np.array([byte_to_length(code) for code in range(256)], np.float64)

# Fields of folded words, whose terms prefixes and misspellings are looked up in.
EXPANDED = "_norm"

# A part of the documents from which on facets are counted along the lists of their values.
_MANY = 4

# Time as one number, newest highest: the day, then the order of arrival.
_ARRIVALS = 2**41
_LAST_DAY = 2**22 - 1


@dataclass(frozen=True)
class FacetColumn:
    """Value v is had by `docs[starts[v]:starts[v + 1]]`; document d has `values[rows[d]:rows[d + 1]]`."""

    names: tuple[str, ...]
    starts: NDArray[np.uint32]
    docs: NDArray[np.uint32]
    rows: NDArray[np.uint32]
    values: NDArray[np.uint32]

    def having(self, chosen: Iterable[int]) -> Numbers:
        """The documents that have any of these values, perhaps several times. O(documents found)."""
        parts = [self.docs[self.starts[value] : self.starts[value + 1]] for value in chosen]
        return np.concatenate(parts).astype(np.intp) if parts else np.empty(0, np.intp)

    def counts(self, ids: Numbers) -> NDArray[np.intp]:
        """How many of these documents have each value. O(values of these documents).

        Of many documents, the lists of the values are summed up along: half the cost of going from document to value.
        """
        if self.is_single:
            return np.bincount(self.values[ids], minlength=len(self.names))
        documents = len(self.rows) - 1
        if len(ids) * _MANY > documents:
            sums = np.zeros(len(self.docs) + 1, np.intp)
            np.cumsum(flags(ids, documents)[self.docs], out=sums[1:])
            return sums[self.starts[1:]] - sums[self.starts[:-1]]
        _which, place = ranges(self.rows[ids].astype(np.intp), self.rows[ids + 1].astype(np.intp))
        return np.bincount(self.values[place], minlength=len(self.names))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each value by its name."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def is_single(self) -> bool:
        """Whether every document has exactly one value."""
        return bool((self.rows == np.arange(len(self.rows))).all())


class SegmentColumns:
    """The columns as arrays by name, made here or mapped from a file (see `columns_file`).

    The words themselves are those of the posting lists; without these, as an earlier version left it, columns of them.
    """

    def __init__(
        self,
        arrays: Arrays,
        names: Mapping[str, tuple[str, ...]],
        lists: PostingLists | None,
        file: MappedFile | None = None,
    ) -> None:
        self.arrays = arrays
        self.lists = lists
        self.file = file
        self.names = names
        self.days = arrays["day"]
        self.arrivals = arrays["arrival"]
        self.identifiers = self._texts("identifier")
        self.digests = self._texts("digest")
        ends = ".terms.bags"
        fields = [name.removesuffix(ends) for name in arrays if name.endswith(ends)]
        self.terms = {field: lists.fields[field].terms if lists else self._texts(f"{field}.terms") for field in fields}

    def term_documents(self, field: str, low: int, high: int) -> NDArray[np.integer]:
        """How many documents have each of neighbouring terms of an expanded field, deleted ones among them."""
        if self.lists is not None:
            return self.lists.fields[field].frequencies(low, high)
        return self.arrays[f"{field}.terms.documents"][low:high]

    def alike(self, field: str, word: str, distance: int, least: int = 0, prefix: str = "") -> list[bytes]:
        """Terms of an expanded field that begin with `prefix` and may be within so many edits of a word.

        Those of fewer than `least` documents of the segment are left out.
        An edit adds or takes away at most one letter, or exchanges one for another: a term whose letters differ in more
        than two for each edit, or whose length differs by more than one, is ruled out. O(terms with the prefix).
        """
        terms = self.terms.get(field)
        if terms is None or not word:
            return []
        low, high = terms.range(prefix.encode()) if prefix else (0, len(terms))
        other = np.bitwise_count(self.arrays[f"{field}.terms.bags"][low:high] ^ bag_of(word))
        longer = np.abs(
            self.arrays[f"{field}.terms.lengths"][low:high].astype(np.int16) - np.int16(min(len(word), 255))
        )
        kept = (other <= 2 * distance) & (longer <= distance)
        if least > 1:
            kept &= self.term_documents(field, low, high) >= least
        places = np.flatnonzero(kept)
        return [terms.encoded(low + place) for place in places.tolist()]

    def _texts(self, name: str) -> Texts:
        return Texts(self.arrays[f"{name}.starts"], self.arrays[f"{name}.letters"])

    def __len__(self) -> int:
        return len(self.days)

    @cached_property
    def newest(self) -> NDArray[np.int64]:
        """Rises with the day, then with the order of arrival; undated documents are the lowest."""
        return np.asarray(self.days * _ARRIVALS + self.arrivals)

    @cached_property
    def oldest(self) -> NDArray[np.int64]:
        """Falls with the day, then with the order of arrival; undated documents are the lowest."""
        return np.asarray(-(np.where(self.days == 0, _LAST_DAY, self.days) * _ARRIVALS + self.arrivals))

    @cached_property
    def facets(self) -> dict[str, FacetColumn]:
        parts = ("starts", "docs", "rows", "values")
        return {
            facet: FacetColumn(names, *(self.arrays[f"{facet}.{part}"] for part in parts))
            for facet, names in self.names.items()
        }

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """The length of a field in every document as the byte that Whoosh keeps; `LENGTHS` says what it means."""
        return self.arrays[f"{field}.length"]


def build_columns(reader: SegmentReader, lists: PostingLists | None, facets: Iterable[str]) -> SegmentColumns:
    """Make the columns of a segment of its posting lists and of what Whoosh keeps.

    Without lists, as an earlier version left it, Whoosh has those, too. O(documents · stored fields + postings of the
    facets).
    """
    arrays = _stored(reader) | _lengths(reader) | _vocabulary(reader, lists)
    names = {}
    for facet in facets:
        names[facet], parts = _facet(reader.doc_count_all(), *_values(reader, lists, facet))
        arrays |= {f"{facet}.{part}": held for part, held in parts.items()}
    return SegmentColumns(arrays, names, lists)


def _stored(reader: SegmentReader) -> dict[str, NDArray]:
    documents = reader.doc_count_all()
    held = [reader.stored_fields(number) for number in range(documents)]
    return {
        "day": np.fromiter((fields["day"] for fields in held), np.int64, documents),
        "arrival": np.fromiter((fields["arrival"] for fields in held), np.int64, documents),
        **_named("identifier", Texts.of(fields["identifier"].encode() for fields in held)),
        **_named("digest", Texts.of(fields["digest"].encode() for fields in held)),
    }


def _vocabulary(reader: SegmentReader, lists: PostingLists | None) -> dict[str, NDArray]:
    """What tells apart the terms of the expanded fields, in the order of their bytes; without lists also these."""
    found: dict[str, NDArray] = {}
    for field, (terms, documents) in (_in_lists(lists) if lists else _in_whoosh(reader)).items():
        bags, lengths = bags_and_lengths(terms)
        found |= {f"{field}.terms.bags": bags, f"{field}.terms.lengths": lengths}
        if documents is not None:
            found |= {**_named(f"{field}.terms", terms), f"{field}.terms.documents": documents}
    return found


def _in_lists(lists: PostingLists) -> dict[str, tuple[Texts, None]]:
    return {name: (held.terms, None) for name, held in lists.fields.items() if name.endswith(EXPANDED)}


def _in_whoosh(reader: SegmentReader) -> dict[str, tuple[Texts, NDArray[np.uint32]]]:
    """With how many documents have each."""
    held: dict[str, list[TermEntry]] = {name: [] for name in reader.schema.scorable_names() if name.endswith(EXPANDED)}
    for entry in entries(SegmentPostings(reader)):
        if entry.field in held:
            held[entry.field].append(entry)
    return {
        name: (Texts.of(entry.term for entry in rows), np.array([entry.documents for entry in rows], np.uint32))
        for name, rows in held.items()
    }


def _named(name: str, texts: Texts) -> dict[str, NDArray]:
    return {f"{name}.starts": texts.starts, f"{name}.letters": texts.letters}


def _lengths(reader: SegmentReader) -> dict[str, NDArray]:
    """Whoosh's own columns of lengths; what they lack at their end is 0."""
    storage, documents = reader.storage(), reader.doc_count_all()
    found = {}
    for field in reader.schema.scorable_names():
        name = W3Codec.column_filename(reader.segment(), f"_{field}_len")
        held = np.zeros(documents, np.uint8)
        if storage.file_exists(name):
            codes = np.frombuffer(storage.open_file(name).get(0, storage.file_length(name)), np.uint8)
            held[: len(codes)] = codes[:documents]
        found[f"{field}.length"] = held
    return found


def _values(
    reader: SegmentReader, lists: PostingLists | None, facet: str
) -> tuple[Sequence[bytes], NDArray[np.int64], NDArray[np.uint32]]:
    """The values of a facet in order, how many documents have each, and these, value by value."""
    if lists is not None:
        held = lists.fields.get(facet)
        if held is None:
            return (), np.empty(0, np.int64), np.empty(0, np.uint32)
        count = len(held.terms)
        return held.terms.between(0, count), held.frequencies(0, count), held.stretch(0, count).ids.astype(np.uint32)
    postings, terms = SegmentPostings(reader), list(reader.lexicon(facet))
    found = [postings.postings(facet, term).ids for term in terms]
    docs = np.concatenate([np.empty(0, np.uint32), *found])
    return terms, np.fromiter(map(len, found), np.int64, len(found)), docs


def _facet(
    documents: int, terms: Sequence[bytes], lengths: NDArray[np.int64], docs: NDArray[np.uint32]
) -> tuple[tuple[str, ...], dict[str, NDArray]]:
    order = np.argsort(docs, kind="stable")
    rows = np.searchsorted(docs[order], np.arange(documents + 1))
    values = np.repeat(np.arange(len(terms)), lengths)[order]
    return tuple(term.decode() for term in terms), {
        "starts": np.concatenate(([0], np.cumsum(lengths))).astype(np.uint32),
        "docs": docs,
        "rows": rows.astype(np.uint32),
        "values": values.astype(np.uint32),
    }
