"""Posting lists laid out by arrays are what Whoosh's blocks hold: unpickled, they give back what was put in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from whoosh.codec.whoosh3 import W3TermInfo

from search.engine.whoosh.files.postings import _decoded, document_numbers, position_lists
from search.engine.whoosh.writing.encoding import TermPostings, encode

# Each term: its documents, and where it stands in each. Numbers of one, two and four bytes; more than a block of 128.
TERMS = [
    {0: [5]},
    {3: [0, 255, 256, 70_000], 4: [1], 300: [2, 3]},
    {number: [number % 7, 400 + number] for number in range(0, 90_000, 300)},
    {number: [1] for number in range(128)},
    {65_536: list(range(0, 3000, 2))},
]


def postings(terms: list[dict[int, list[int]]], positioned: bool) -> TermPostings:
    documents = [number for term in terms for number in term]
    places = [place for term in terms for row in term.values() for place in row]
    weights = [len(row) if positioned else 1 for term in terms for row in term.values()]
    starts = np.cumsum([0, *map(len, terms)])[:-1]
    return TermPostings(
        starts.astype(np.int64),
        np.array(documents, np.int64),
        np.array(weights, np.int64),
        np.cumsum([0, *weights]).astype(np.int64),
        np.array(places, np.int64) if positioned else None,
    )


@pytest.mark.parametrize("positioned", [True, False])
def test_a_posting_list_gives_back_its_documents_weights_and_positions(positioned: bool) -> None:
    lengths = np.full(100_000, 40, np.uint8)
    lists, _infos = encode(postings(TERMS, positioned), lengths, 0)
    for term, data in zip(TERMS, lists, strict=True):
        blocks = list(_decoded(data))
        assert document_numbers(blocks).tolist() == list(term)
        assert all(len(block[0]) <= 128 for block in blocks)
        if positioned:
            counts, places = position_lists(value for block in blocks for value in block[2])
            assert counts.tolist() == [len(row) for row in term.values()]
            assert places.tolist() == [place for row in term.values() for place in row]
        else:
            assert {block[1:] for block in blocks} == {(None, None)}


def test_what_is_noted_of_a_term_tells_where_its_list_is_and_how_long() -> None:
    lists, infos = encode(postings(TERMS, True), np.full(100_000, 40, np.uint8), 1000)
    notes = [W3TermInfo.from_bytes(info) for info in infos]
    places = np.cumsum([1000, *map(len, lists)]).tolist()
    for term, note, (low, high) in zip(TERMS, notes, pairwise(places), strict=True):
        assert (note.doc_frequency(), note.weight()) == (len(term), sum(map(len, term.values())))
        assert (note.min_id(), note.max_id(), note.max_weight()) == (min(term), max(term), max(map(len, term.values())))
        offset, length = note.extent()
        assert (offset, *length) == (low, high - low)
