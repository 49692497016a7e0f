"""A segment that goes into another one: its occurrences, decoded for all terms of a field at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from whoosh.formats import Positions
from whoosh.reading import SegmentReader

from search.engine.whoosh.files.postings import Block, SegmentPostings, position_lists, running
from search.engine.whoosh.files.term_table import TermEntry, entries
from search.engine.whoosh.writing.encoding import Numbers


class Occurrences(NamedTuple):
    """Those of one field: for each the place of its term in `terms`, its document and its position."""

    field: str
    terms: list[bytes]
    owners: Numbers
    documents: Numbers
    positions: Numbers


def occurrences(reader: SegmentReader) -> Iterator[Occurrences]:
    """Every occurrence in a segment, those in deleted documents among them; a field without positions has zeros."""
    postings = SegmentPostings(reader)
    for name, found in groupby(entries(postings), key=itemgetter(0)):
        yield _decoded(name, list(found), postings, type(reader.schema[name].format) is Positions)


def _decoded(name: str, found: Sequence[TermEntry], postings: SegmentPostings, positioned: bool) -> Occurrences:
    held = [list(postings.blocks_of(entry.value)) for entry in found]
    blocks = list(chain.from_iterable(held))
    counts = [sum(len(block[0]) for block in own) for own in held]
    owners = np.repeat(np.arange(len(found)), counts)
    documents = _documents(blocks)
    positions = np.zeros(len(documents), np.int64)
    if positioned:
        lengths, places = position_lists(value for block in blocks for value in block[2])
        owners, documents, positions = (
            np.repeat(owners, lengths),
            np.repeat(documents, lengths),
            places.astype(np.int64),
        )
    return Occurrences(name, [entry.term for entry in found], owners, documents, positions)


def _documents(blocks: Sequence[Block]) -> Numbers:
    sizes = np.fromiter((len(block[0]) for block in blocks), np.int64, len(blocks))
    steps = np.fromiter(chain.from_iterable(block[0] for block in blocks), np.int64, int(sizes.sum()))
    return running(steps, sizes).astype(np.int64)
