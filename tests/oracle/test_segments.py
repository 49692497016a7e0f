"""A segment written by arrays tells what Whoosh's own writer makes of the same documents, written out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index

from search.documents.entries import IndexEntry
from search.documents.vocabulary import Vocabulary
from search.engine.whoosh.files import posting_lists_file
from search.engine.whoosh.files.arrays_file import read_arrays
from search.engine.whoosh.schema import is_in_whoosh
from search.engine.whoosh.writing import merging, runs
from search.engine.whoosh.writing.building import add_entries
from search.engine.whoosh.writing.merge_policy import merge_more
from search.engine.whoosh.writing.writer import ArticleWriter
from tests.oracle.articles import add, empty_index, three_hundred
from tests.oracle.written_out import document_of, schema
from tests.unit.search.engine.whoosh.archive import write_files


def by_whoosh(folder: Path, held: list[IndexEntry]) -> Any:
    folder.mkdir()
    index = whoosh_index.create_in(str(folder), schema())
    with index.writer() as theirs:
        for one in held:
            name = f"articles.article.{one.key}"
            theirs.add_document(
                **document_of(one), id=name, django_ct="articles.article", django_id=name.rpartition(".")[2]
            )
    return index


def told(index: Any) -> list[Any]:
    """Everything that a reader can tell of an index, of what ours leaves to Whoosh: no positions, no other layers."""
    with index.reader() as reader:
        held = {name for name, field in reader.schema.items() if is_in_whoosh(name, field)}
        terms = [(field, term, *_term(reader, field, term)) for field, term in reader.all_terms() if field in held]
        count = reader.doc_count_all()
        stored = [reader.stored_fields(number) for number in range(count)]
        names = sorted(reader.schema.scorable_names())
        lengths = [[reader.doc_field_length(number, name) or 0 for name in names] for number in range(count)]
        totals = [(name, reader.field_length(name)) for name in names]
    return [terms, stored, lengths, totals]


def _term(reader: Any, field: str, term: bytes) -> tuple[Any, ...]:
    info, matcher = reader.term_info(field, term), reader.postings(field, term)
    postings = []
    while matcher.is_active():
        postings.append((matcher.id(), matcher.weight(), matcher.block_max_weight(), matcher.block_min_length()))
        matcher.next()
    facts = (info.weight(), info.doc_frequency(), info.min_length(), info.max_length(), info.max_weight())
    return (*facts, info.min_id(), info.max_id(), postings)


def lists(index: Any) -> dict[str, list[Any]]:
    """The posting lists beside the one segment of an index."""
    (path,) = Path(index.storage.folder).glob("*.postings")
    with index.reader() as reader:
        ((segment, _first),) = reader.leaf_readers()
        found = read_arrays(path, posting_lists_file.about(segment.segment()))
    assert found is not None
    return {name: array.tolist() for name, array in found.arrays.items()}


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Any:
    index = by_whoosh(tmp_path_factory.mktemp("theirs") / "index", three_hundred())
    write_files(index)
    return index


@pytest.mark.parametrize(("batch", "limit", "cells"), [(300, 1 << 30, 1 << 20), (37, 100_000, 1000)])
def test_a_segment_tells_the_same_as_whooshs(
    theirs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, limit: int, cells: int
) -> None:
    monkeypatch.setattr(runs, "CELLS_AT_ONCE", cells)
    ours = add(empty_index(tmp_path), three_hundred(), batch, limit=limit)
    for one, other in zip(told(theirs), told(ours), strict=True):
        assert one == other
    expected, found = lists(theirs), lists(ours)
    assert expected.keys() == found.keys()
    assert [name for name in expected if expected[name] != found[name]] == []
    assert not list(tmp_path.rglob("*.run"))


def test_segments_joined_by_a_commit_tell_the_same_as_one(tmp_path: Path) -> None:
    held = three_hundred()
    index = add(empty_index(tmp_path / "joined"), held[:100])
    gone = [one.identifier for one in held[:100:7]]
    ours = ArticleWriter(index, Vocabulary())
    assert ours.remove("identifier", gone) == len(gone)
    add_entries(ours, held[100:])
    ours.commit()  # which takes in the smaller one
    assert len(list((tmp_path / "joined").glob("*.seg"))) == 1
    kept = [*held[100:], *(one for one in held[:100] if one.identifier not in gone)]
    one = add(empty_index(tmp_path / "one"), kept)
    assert told(index) == told(one) and lists(index) == lists(one)


@pytest.mark.parametrize("bits", [32, 20], ids=["in one run", "in ranges of documents"])
def test_segments_joined_by_an_idle_writer_tell_the_same_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bits: int
) -> None:
    """However few terms are decoded together, and where documents and positions do not fit into one number."""
    held = three_hundred()
    index = add(empty_index(tmp_path / "many"), held[:100])
    for part in (held[100:200], held[200:]):
        ours = ArticleWriter(index, Vocabulary())
        add_entries(ours, part)
        ours.commit(mergetype=lambda _writer, segments: segments)
    monkeypatch.setattr(merging, "POSTINGS_AT_ONCE", 500)
    monkeypatch.setattr(runs, "MOST_BITS", bits)
    gone = [one.identifier for one in held[::7]]
    ours = ArticleWriter(index, Vocabulary())
    assert ours.remove("identifier", gone) == len(gone)
    ours.commit(mergetype=merge_more)
    kept = [one for one in held if one.identifier not in gone]
    assert len(list((tmp_path / "many").glob("*.seg"))) == 1
    monkeypatch.undo()
    one = add(empty_index(tmp_path / "one"), kept)
    assert told(index) == told(one) and lists(index) == lists(one)
