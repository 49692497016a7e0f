"""A segment written in bulk tells what Whoosh's own writer makes of the same documents."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from haystack import connections
from whoosh import index as whoosh_index
from whoosh.formats import Positions

from search.documents.entries import Entry
from search.documents.fields import document_of
from search.documents.inverting import invert
from search.documents.vocabulary import Vocabulary
from search.engine.whoosh.files import posting_lists_file
from search.engine.whoosh.files.arrays_file import read_arrays
from search.engine.whoosh.schema import whoosh_schema
from search.engine.whoosh.writing import bulk, runs
from search.engine.whoosh.writing.bulk import BulkWriter
from tests.unit.search.documents.test_inverting import ODD, TEXTS, entry


def schema() -> Any:
    return whoosh_schema(connections["default"].get_unified_index().all_searchfields())


def entries() -> list[Entry]:
    """Three hundred: the paragraphs of the five captures, some of them long, some odd, with and without dates."""
    parts = [part for text in [*TEXTS, *ODD] for part in (text, *text.split("\n\n"))]
    made = [entry(parts[number % len(parts)], number, parts[number % 7][:60]) for number in range(300)]
    made[11] = replace(made[11], body=" ".join(TEXTS) * 3)
    day = datetime.date(2023, 10, 7)
    return [replace(one, dated_on=day, precision="day") if one.key % 3 else one for one in made]


def common(one: Entry) -> dict[str, str]:
    return {"id": f"articles.article.{one.key}", "django_ct": "articles.article", "django_id": str(one.key)}


def by_whoosh(folder: Path, held: list[Entry]) -> Any:
    index = whoosh_index.create_in(str(folder), schema())
    with index.writer() as writer:
        for one in held:
            writer.add_document(**document_of(one), **common(one))
    return index


def in_bulk(folder: Path, held: list[Entry], batch: int, **options: Any) -> Any:
    index = whoosh_index.create_in(str(folder), schema())
    words = Vocabulary()
    writer = BulkWriter(index, words, **options)
    for start in range(0, len(held), batch):
        chosen = held[start : start + batch]
        writer.add_batch(invert(chosen, words), [common(one) for one in chosen])
    writer.commit()
    return index


def test_what_waits_on_disk_is_mapped_once_for_each_time_it_was_written(tmp_path: Path) -> None:
    held = runs.Runs(tmp_path, "MAIN", limit=2000)
    numbers = np.arange(100)
    for batch in range(40):
        for field in ("title_norm", "text_norm", "text_stem"):
            held.add(field, 100 * batch, numbers, numbers % 7, numbers % 3)
    files = list(tmp_path.glob("*.run"))
    mapped = [line for line in Path("/proc/self/maps").read_text().splitlines() if str(tmp_path) in line]
    assert 1 < len(files) == len(mapped) < 120
    order = held.present("text_norm")
    found = [postings.documents.tolist() for _low, postings in held.postings("text_norm", 100, order, True)]
    assert sum(map(len, found)) == 40 * 100
    held.remove()


def told(index: Any) -> list[Any]:
    """Everything that a reader can tell of an index."""
    with index.reader() as reader:
        terms = [(field, term, *_term(reader, field, term)) for field, term in reader.all_terms()]
        count = reader.doc_count_all()
        stored = [reader.stored_fields(number) for number in range(count)]
        names = sorted(reader.schema.scorable_names())
        lengths = [[reader.doc_field_length(number, name) or 0 for name in names] for number in range(count)]
        totals = [(name, reader.field_length(name)) for name in names]
    return [terms, stored, lengths, totals]


def _term(reader: Any, field: str, term: bytes) -> tuple[Any, ...]:
    info, matcher = reader.term_info(field, term), reader.postings(field, term)
    has_positions = isinstance(reader.schema[field].format, Positions)
    postings = []
    while matcher.is_active():
        value = matcher.value_as("positions") if has_positions else None
        postings.append((matcher.id(), matcher.weight(), value, matcher.block_max_weight(), matcher.block_min_length()))
        matcher.next()
    facts = (info.weight(), info.doc_frequency(), info.min_length(), info.max_length(), info.max_weight())
    return (*facts, info.min_id(), info.max_id(), postings)


@pytest.mark.parametrize(("batch", "limit", "cells"), [(300, 1 << 30, 1 << 20), (37, 100_000, 1000)])
def test_a_segment_written_in_bulk_tells_the_same_as_whooshs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, limit: int, cells: int
) -> None:
    monkeypatch.setattr(runs, "CELLS_AT_ONCE", cells)
    for name in ("theirs", "ours"):
        (tmp_path / name).mkdir()
    theirs = told(by_whoosh(tmp_path / "theirs", entries()))
    ours = told(in_bulk(tmp_path / "ours", entries(), batch, limit=limit))
    for one, other in zip(theirs, ours, strict=True):
        assert one == other
    assert not list(tmp_path.rglob("*.run"))


def test_posting_lists_written_beside_are_those_that_would_be_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "FEWEST", 10)
    index = in_bulk(tmp_path, entries(), 100)
    (path,) = tmp_path.glob("*.postings")
    with index.reader() as reader:
        (segment,) = (leaf for leaf, _first in reader.leaf_readers())
        about = posting_lists_file.about(segment.segment().segment_id(), segment.doc_count_all())
        ours = read_arrays(path, about)
        posting_lists_file.write_posting_lists(segment, path)
    theirs = read_arrays(path, about)
    assert ours is not None and theirs is not None
    assert {name: array.tolist() for name, array in ours.arrays.items()} == {
        name: array.tolist() for name, array in theirs.arrays.items()
    }


def test_segments_joined_in_bulk_tell_the_same_as_one(tmp_path: Path) -> None:
    for name in ("one", "joined"):
        (tmp_path / name).mkdir()
    held = entries()
    index = in_bulk(tmp_path / "joined", held[:100], 100)
    gone = [one.identifier for one in held[:100:7]]
    words = Vocabulary()
    writer = BulkWriter(index, words)
    assert writer.remove("identifier", gone) == len(gone)
    writer.add_batch(invert(held[100:], words), [common(one) for one in held[100:]])
    writer.commit()  # which takes in the smaller one
    assert len(list((tmp_path / "joined").glob("*.seg"))) == 1
    kept = [*held[100:], *(one for one in held[:100] if one.identifier not in gone)]
    assert told(index) == told(in_bulk(tmp_path / "one", kept, 300))
