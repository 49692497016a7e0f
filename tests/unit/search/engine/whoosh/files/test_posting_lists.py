"""Posting lists beside a segment: those of Whoosh's blocks, for every term; used whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from whoosh.index import TOC, Index

from search.engine.protocol import Question
from search.engine.whoosh.counting.execution import answer
from search.engine.whoosh.evaluating.postings_cache import PostingsCache
from search.engine.whoosh.evaluating.segment import Segment
from search.engine.whoosh.files.arrays_file import ArraysDamaged
from search.engine.whoosh.files.columns_file import columns_of
from search.engine.whoosh.files.posting_lists import PostingLists
from search.engine.whoosh.files.postings import SegmentPostings
from search.engine.whoosh.files.side_files import SideFiles, mend
from search.engine.whoosh.files.texts import Texts
from search.engine.whoosh.snapshot import Snapshot
from search.tree import Fuzzy, Or, Phrase, Prefix, Word
from tests.oracle.articles import add, empty_index, three_hundred
from tests.unit.search.engine.whoosh.archive import (
    BOUND,
    new_index,
    paragraphs,
    snapshot,
    write,
    write_files,
    write_lists,
)

ASKED = (Word("وزير"), Phrase(("وزير", "الخارجيه"), 1), Prefix("ال"), Or((Prefix("وز"), Fuzzy("الخارجيه", 2))))
FIELDS = ("text_norm", "text_stem", "title_norm", "country", "lang", "year")


@pytest.fixture(autouse=True)
def for_small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.unit.search.engine.whoosh.archive.FEWEST", 5)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = new_index(tmp_path)
    write(index.writer(), list(paragraphs())[:24])
    return index


def lists_of(segment: Segment) -> PostingLists:
    assert segment.lists is not None
    return segment.lists


def every_term(segment: Segment) -> Iterator[tuple[str, bytes]]:
    for field in FIELDS:
        yield from ((field, term) for term in segment.reader.lexicon(field))


def files(index: Index) -> list[Path]:
    return sorted(Path(index.storage.folder).glob("*.postings"))


def test_every_list_is_the_one_that_whoosh_keeps(index: Index) -> None:
    (segment,) = snapshot(index).segments
    lists, whoosh = lists_of(segment), SegmentPostings(segment.reader)
    terms = list(every_term(segment))
    assert len(terms) > 1000
    for field, term in terms:
        ours, theirs = lists.postings(field, term), whoosh.postings(field, term)
        assert ours.ids.tolist() == theirs.ids.tolist() == list(segment.reader.postings(field, term).all_ids())
        assert np.array_equal(*np.broadcast_arrays(ours.weights, theirs.weights))
        assert lists.frequency(field, term) == len(theirs.ids)


def test_every_word_stands_where_whoosh_has_it(index: Index) -> None:
    (segment,) = snapshot(index).segments
    lists, whoosh = lists_of(segment), SegmentPostings(segment.reader)
    for field, term in every_term(segment):
        if field.startswith(("text", "title")):
            ours, theirs = lists.positions(field, term), whoosh.positions(field, term)
            assert ours.places.tolist() == theirs.places.tolist()
            assert ours.starts.tolist() == theirs.starts.tolist()


def test_a_term_or_a_field_that_is_not_there_has_no_documents(index: Index) -> None:
    lists = lists_of(snapshot(index).segments[0])
    for field, term in (("text_norm", "نیست"), ("text_norm", ""), ("text_norm", "\U0010ffff"), ("nothing", "a")):
        assert not len(lists.postings(field, term.encode()).ids)
        assert not len(lists.positions(field, term.encode()).places)
        assert not lists.frequency(field, term.encode())
    with pytest.raises(TypeError):
        lists.positions("lang", b"ar")


def test_numbers_are_as_narrow_as_they_may_be_and_mapped(index: Index) -> None:
    held = lists_of(snapshot(index).segments[0]).fields["text_norm"]
    assert (held.docs.dtype, held.weights.dtype) == (np.uint8, np.uint8)
    assert not held.docs.flags.owndata and not held.docs.flags.writeable


@pytest.mark.parametrize("change", ["gone", "empty", "short", "flipped", "foreign", "noise"])
def test_lists_of_an_earlier_version_that_cannot_be_trusted_are_done_without(index: Index, change: str) -> None:
    trees = [Question(tree, size=50) for tree in ASKED]
    expected = [answer(snapshot(index), question) for question in trees]
    (path,) = files(index)
    whole = path.read_bytes()
    path.unlink()
    if change != "gone":
        path.write_bytes(spoiled(whole, change))
    held = Snapshot(index, "1", PostingsCache(BOUND))
    assert held.segments[0].lists is None
    assert [answer(held, question) for question in trees] == expected


def test_an_index_of_the_landing_before_answers_from_its_own_lists_and_columns(index: Index) -> None:
    """Large segments had a copy of their lists and all had their words in columns; both are used as they lie there."""
    questions = [Question(tree, size=50) for tree in ASKED]
    expected = [answer(snapshot(index), question) for question in questions]
    folder = Path(index.storage.folder)
    with index.reader() as reader:
        ((segment, _first),) = reader.leaf_readers()
        write_lists(segment, *files(index), version=1)
        (columns,) = folder.glob("*.columns")
        columns.unlink()
        assert columns_of(segment, folder, None).lists is None
    written = [path.read_bytes() for path in (*files(index), columns)]
    held = Snapshot(index, "1", PostingsCache(BOUND))
    assert lists_of(held.segments[0]).is_copy
    assert [answer(held, question) for question in questions] == expected
    assert [path.read_bytes() for path in (*files(index), columns)] == written


@pytest.mark.parametrize("change", ["gone", "empty", "short", "flipped", "foreign", "noise"])
def test_nothing_is_answered_without_lists_that_are_the_only_ones(tmp_path: Path, change: str) -> None:
    """A damaged file is taken away, so that the writer sees at once that the index is to be built anew."""
    index = add(empty_index(tmp_path), three_hundred()[:24])
    assert Snapshot(index, "1", PostingsCache(BOUND)).total == 24
    (path,) = files(index)
    whole = path.read_bytes()
    path.unlink()
    if change != "gone":
        path.write_bytes(spoiled(whole, change))
    with pytest.raises(FileNotFoundError if change == "gone" else ArraysDamaged):
        Snapshot(index, "1", PostingsCache(BOUND))
    assert not path.exists()


def test_only_what_a_query_may_ask_for_is_kept(tmp_path: Path) -> None:
    """Where loose stems stand nobody asks; Whoosh has the folded words alone."""
    index = add(empty_index(tmp_path), three_hundred()[:24])
    (segment,) = Snapshot(index, "1", PostingsCache(BOUND)).segments
    held = lists_of(segment).fields
    positioned = {name for name, lists in held.items() if len(lists.places)}
    layers = ("norm", "stem", "names")
    assert positioned == {f"{name}_{layer}" for name in ("title", "text") for layer in layers}
    assert len(held["text_loose"].docs) and not len(held["text_loose"].places)
    texts = {name for name in segment.reader.indexed_field_names() if name.startswith(("title", "text"))}
    assert texts == {"title_norm", "text_norm"}


def spoiled(whole: bytes, change: str) -> bytes:
    if change == "foreign":
        return whole.replace(b'"documents": 24', b'"documents": 23')
    if change == "flipped":
        return whole[:3000] + bytes([whole[3000] ^ 4]) + whole[3001:]
    return {"empty": b"", "short": whole[:-64], "noise": b"no lists at all"}[change]


@pytest.mark.parametrize("change", ["gone", "empty", "short", "flipped", "foreign", "noise"])
def test_the_writer_sees_what_is_not_whole_and_makes_it_anew(index: Index, change: str) -> None:
    write_files(index)
    folder, looked = Path(index.storage.folder), SideFiles()
    segments = TOC.read(index.storage, "MAIN").segments
    assert looked.not_whole(folder, segments) == []
    (path,) = folder.glob("*.columns")
    whole = path.read_bytes()
    path.write_bytes(spoiled(whole, change)) if change != "gone" else path.unlink()
    assert looked.not_whole(folder, segments) == [path]
    mend(index, [path])
    assert looked.not_whole(folder, segments) == []
    assert path.read_bytes() == whole


def test_a_merge_takes_the_lists_of_what_it_merged_away_and_leaves_nothing_else(index: Index) -> None:
    snapshot(index)
    before = files(index)
    write(index.writer(), list(paragraphs())[24:36], optimize=True)
    snapshot(index)
    assert len(files(index)) == 1 and files(index) != before
    assert not [path for path in Path(index.storage.folder).iterdir() if path.name.endswith("_")]


def test_beginnings_are_answered_alike_from_lists_and_from_blocks(index: Index) -> None:
    write(index.writer(), list(paragraphs())[24:36])
    write(index.writer(), list(paragraphs())[36:39])
    mixed = snapshot(index)
    assert [segment.lists is None for segment in mixed.segments] == [False, False, True]
    for path in files(index):
        path.unlink()
    blocks = Snapshot(index, "1", PostingsCache(BOUND))
    for prefix in ("ال", "و", "وزير", "خ", "zz"):
        ours, theirs = (answer(held, Question(Prefix(prefix), size=99)) for held in (mixed, blocks))
        assert [name for name, _score in ours.found] == [name for name, _score in theirs.found]
        assert [score for _name, score in ours.found] == pytest.approx([score for _name, score in theirs.found])


words_of_few_letters = st.text("ابتث۱ab", min_size=1, max_size=6)


@given(st.lists(words_of_few_letters, unique=True), words_of_few_letters, st.sampled_from([1, 2, 5, 64]))
@settings(max_examples=80)
def test_texts_are_found_by_themselves_and_by_their_beginning(words: list[str], asked: str, step: int) -> None:
    ordered = sorted(word.encode() for word in words)
    held = Texts.of(ordered)
    held.step = step
    found = held.find(asked.encode())
    assert (found >= 0) == (asked in words) and (found < 0 or held.text(found) == asked)
    assert held.starting_with(asked.encode()) == [word for word in ordered if word.startswith(asked.encode())]


def test_no_word_spelled_alike_is_ruled_out(index: Index) -> None:
    write(index.writer(), list(paragraphs())[24:])
    reader = snapshot(index).reader
    every = sorted({term.decode() for segment in reader.segments for term in segment.terms("text_norm", b"")})
    for word in (*every[::40], "الخارجيه", "xyz", "و"):
        for distance in (1, 2):
            expected = {t: d for t in every if t[0] == word[0] and (d := OSA.distance(word, t)) <= distance}
            assert dict(reader.near("text_norm", word, distance)) == expected
