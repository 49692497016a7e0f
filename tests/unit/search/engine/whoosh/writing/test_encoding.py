"""Posting lists laid out by arrays are what Whoosh's blocks hold: unpickled, they give back what was put in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from whoosh.codec.whoosh3 import W3TermInfo

from search.engine.whoosh.files.postings import Block, _decoded, document_numbers
from search.engine.whoosh.writing.encoding import TermPostings, encode

# Each term: its documents, and where it stands in each. Numbers of one, two and four bytes; more than a block of 128.
TERMS = [
    {0: [5]},
    {3: [0, 255, 256, 70_000], 4: [1], 300: [2, 3]},
    {number: [number % 7, 400 + number] for number in range(0, 90_000, 300)},
    {number: [1] for number in range(128)},
    {65_536: list(range(0, 3000, 2))},
]


def postings(terms: list[dict[int, list[int]]]) -> TermPostings:
    documents = [number for term in terms for number in term]
    weights = [len(row) for term in terms for row in term.values()]
    starts = np.cumsum([0, *map(len, terms)])[:-1]
    return TermPostings(
        starts.astype(np.int64),
        np.array(documents, np.int64),
        np.array(weights, np.int64),
        np.cumsum([0, *weights]).astype(np.int64),
        None,
    )


def test_a_posting_list_gives_back_its_documents_and_weights() -> None:
    lists, _infos = encode(postings(TERMS), np.full(100_000, 40, np.uint8), 0)
    assert [bool(data) for data in lists] == [len(term) > 1 for term in TERMS]
    for term, data in zip(TERMS, lists, strict=True):
        if not data:
            continue  # a single posting, noted in the table
        blocks = list(_decoded(data))
        assert document_numbers(blocks).tolist() == list(term)
        assert all(len(block[0]) <= 128 for block in blocks)
        assert weights_of(blocks) == [len(row) for row in term.values()]
        assert {block[2] for block in blocks} == {None}


def weights_of(blocks: list[Block]) -> list[int]:
    held = [(len(steps), 1 if weights is None else weights) for steps, weights, _values in blocks]
    return [int(weight) for count, weights in held for weight in np.broadcast_to(weights, count)]


def test_what_is_noted_of_a_term_tells_where_its_list_is_and_how_long() -> None:
    lists, infos = encode(postings(TERMS), np.full(100_000, 40, np.uint8), 1000)
    notes = [W3TermInfo.from_bytes(info) for info in infos]
    places = np.cumsum([1000, *map(len, lists)]).tolist()
    for term, note, (low, high) in zip(TERMS, notes, pairwise(places), strict=True):
        assert (note.doc_frequency(), note.weight()) == (len(term), sum(map(len, term.values())))
        assert (note.min_id(), note.max_id(), note.max_weight()) == (min(term), max(term), max(map(len, term.values())))
        if note.is_inlined():
            (document, row), *more = term.items()
            assert note.inlined_postings() == ((document,), (float(len(row)),), (b"",)) and not more
        else:
            offset, length = note.extent()
            assert (offset, *length) == (low, high - low)
