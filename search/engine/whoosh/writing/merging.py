"""A segment that goes into another one: its occurrences, decoded for many terms of a field at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from whoosh.formats import Positions
from whoosh.reading import SegmentReader

from search.engine.whoosh.files.postings import SegmentPostings, document_numbers, position_lists
from search.engine.whoosh.files.term_table import TermEntry, entries
from search.engine.whoosh.writing.encoding import Numbers

POSTINGS_AT_ONCE = 500_000  # that are decoded together


class FieldOccurrences(NamedTuple):
    """Those of some terms of one field: for each the place of its term in `terms`, its document and its position."""

    field: str
    terms: list[bytes]
    owners: Numbers
    documents: Numbers
    positions: Numbers


def occurrences(reader: SegmentReader) -> Iterator[FieldOccurrences]:
    """Every occurrence in a segment, those in deleted documents among them, so many terms of a field at a time.

    A field without positions has zeros. Memory is bounded by `POSTINGS_AT_ONCE` and the postings of one term.
    """
    postings = SegmentPostings(reader)
    for name, found in groupby(entries(postings), key=itemgetter(0)):
        positioned = type(reader.schema[name].format) is Positions
        for some in _portions(found):
            yield _decoded(name, some, postings, positioned)


def _portions(found: Iterable[TermEntry]) -> Iterator[list[TermEntry]]:
    held: list[TermEntry] = []
    size = 0
    for entry in found:
        held.append(entry)
        size += entry.documents
        if size > POSTINGS_AT_ONCE:
            yield held
            held, size = [], 0
    if held:
        yield held


def _decoded(name: str, found: Sequence[TermEntry], postings: SegmentPostings, positioned: bool) -> FieldOccurrences:
    held = [list(postings.blocks_of(entry.value)) for entry in found]
    blocks = list(chain.from_iterable(held))
    counts = [sum(len(block[0]) for block in own) for own in held]
    owners = np.repeat(np.arange(len(found)), counts)
    documents = document_numbers(blocks).astype(np.int64)
    positions = np.zeros(len(documents), np.int64)
    if positioned:
        lengths, places = position_lists(value for block in blocks for value in block[2])
        owners, documents, positions = (
            np.repeat(owners, lengths),
            np.repeat(documents, lengths),
            places.astype(np.int64),
        )
    return FieldOccurrences(name, [entry.term for entry in found], owners, documents, positions)
