"""The side file of a segment: it is trusted only whole, and made anew by whoever finds it otherwise."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np
import pytest
from whoosh.index import Index

from search.engine.protocol import Answer, Question
from search.engine.whoosh.counting.execution import answer
from search.engine.whoosh.evaluating.postings_cache import PostingsCache
from search.engine.whoosh.files.columns_file import columns_of, folder_of
from search.engine.whoosh.snapshot import Snapshot
from search.tree import And, Phrase, Word
from tests.unit.search.engine.whoosh.archive import new_index, paragraphs, snapshot, write, write_files

ASKED = (Question(), Question(Word("وزير")), Question(And((Word("في"), Phrase(("وزير", "الخارجيه"), 1)))))


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = new_index(tmp_path)
    write(index.writer(), list(paragraphs())[:24])
    write_files(index)
    return index


def side_files(index: Index) -> list[Path]:
    return sorted(Path(index.storage.folder).glob("*.columns"))


def answers(held: Snapshot) -> list[Answer]:
    return [answer(held, question) for question in ASKED]


def test_a_commit_leaves_a_side_file_for_every_segment(index: Index) -> None:
    write(index.writer(), list(paragraphs())[24:30])
    write_files(index)
    assert [path.stem for path in side_files(index)] == sorted(s.name for s in snapshot(index).segments)


def test_a_merge_takes_the_side_files_of_what_it_merged_away(index: Index) -> None:
    before = side_files(index)
    write(index.writer(), list(paragraphs())[24:30], optimize=True)
    write_files(index)
    after = side_files(index)
    assert len(after) == 1
    assert not set(before) & set(after)


@pytest.mark.parametrize("change", ["gone", "empty", "short", "flipped", "foreign", "noise"])
def test_a_side_file_that_cannot_be_trusted_is_made_anew(index: Index, change: str, tmp_path: Path) -> None:
    (path,) = side_files(index)
    whole, expected = path.read_bytes(), answers(snapshot(index))
    if change == "gone":
        path.unlink()
    else:
        path.unlink()
        path.write_bytes(spoiled(whole, change))
    assert answers(snapshot(index)) == expected
    assert path.read_bytes() == whole


def spoiled(whole: bytes, change: str) -> bytes:
    if change == "foreign":
        return whole.replace(b'"documents": 24', b'"documents": 23')
    if change == "flipped":
        return whole[:-100] + bytes([whole[-100] ^ 4]) + whole[-99:]
    return {"empty": b"", "short": whole[:-64], "noise": b"no columns at all"}[change]


def test_an_index_whose_folder_cannot_be_written_is_answered_from_memory(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = answers(snapshot(index))
    side_files(index)[0].unlink()

    def full(*_arguments: object, **_named: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("search.engine.whoosh.files.columns_file.write_columns", full)
    assert answers(snapshot(index)) == expected
    assert not side_files(index)


def test_columns_of_a_segment_that_is_merged_away_while_they_are_written_are_no_line_of_the_log(
    index: Index, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    held, flush = index.reader(), os.fsync
    side_files(index)[0].unlink()

    def merged_meanwhile(handle: int) -> None:
        monkeypatch.setattr("search.engine.whoosh.files.arrays_file.os.fsync", flush)
        flush(handle)
        write(index.writer(), list(paragraphs())[24:30], optimize=True)

    monkeypatch.setattr("search.engine.whoosh.files.arrays_file.os.fsync", merged_meanwhile)
    assert columns_of(held, folder_of(index), None).days.size == 24
    assert not side_files(index) and not caplog.records


def test_columns_are_shared_through_the_page_cache(index: Index) -> None:
    columns = snapshot(index).segments[0].columns
    assert not columns.days.flags.owndata
    assert not columns.days.flags.writeable


def test_unchanged_segments_keep_their_columns_in_the_next_generation(index: Index) -> None:
    first = snapshot(index)
    kept = first.segments[0].columns
    writer = index.writer()
    writer.delete_by_term("identifier", "p3")
    writer.commit(merge=False)
    second = snapshot(index, "2", first)
    assert second.segments[0].columns is kept
    assert second.total == first.total - 1
    assert answer(second, Question(size=50)).total == 23


def test_what_is_decoded_stays_under_its_bound(index: Index) -> None:
    cache = PostingsCache(20_000)
    held = Snapshot(index, "1", cache)
    assert answers(held) == answers(snapshot(index))
    assert 0 < cache.held_bytes <= 20_000


def test_threads_ask_at_once(index: Index) -> None:
    expected = answers(snapshot(index))
    held = snapshot(index)
    seen: list[list[Answer]] = []
    threads = [threading.Thread(target=lambda: seen.append(answers(held))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [expected] * 8


def test_words_are_found_by_their_beginning_as_whoosh_finds_them(index: Index) -> None:
    (segment,) = snapshot(index).segments
    for prefix in ("", "و", "وز", "الخ", "یی", "\U0010ffff"):
        expected = list(segment.reader.expand_prefix("text_norm", prefix))
        assert segment.terms("text_norm", prefix.encode()) == expected


def test_words_spelled_alike_are_found_with_their_distance(index: Index) -> None:
    held = snapshot(index).reader.near("text_norm", "وزيره", 1)
    assert ("وزير", 1) in held
    assert {word[0] for word, _edits in held} == {"و"}
    assert all(edits <= 1 for _word, edits in held)


def test_an_empty_index_answers_nothing() -> None:
    held = snapshot(new_index())
    assert answer(held, Question(Word("وزير"))).total == 0
    assert not held.total and not dict(held.digests())


def test_a_segment_cut_short_under_an_open_snapshot_is_an_error_and_not_the_end_of_the_process(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.unit.search.engine.whoosh.archive.FEWEST", 1000)  # its terms are in the segment
    held = snapshot(index)
    assert answer(held, Question(Word("وزير"))).total
    (segment,) = Path(index.storage.folder).glob("*.seg")
    os.truncate(segment, 4000)
    with pytest.raises(EOFError, match="cut short"):
        answer(held, Question(Phrase(("الخارجيه", "في"), 1)))


def test_a_file_within_a_segment_reads_as_a_file_does(index: Index) -> None:
    files = snapshot(index).segments[0].reader.storage().a
    name = max(files.list(), key=files.file_length)
    file, whole = files.open_file(name), files.open_file(name).get(0, files.file_length(name))
    assert len(whole) == files.file_length(name)
    assert file.get(len(whole) - 3, 10) == whole[-3:]
    file.seek(40)
    assert (file.read(5), file.tell()) == (whole[40:45], 45)
    assert file.subset(10, 20).get(5, 5) == whole[15:20]
    assert file.read() == whole[45:]


def test_another_page_or_order_of_a_question_is_not_worked_out_again(index: Index) -> None:
    held = snapshot(index)
    first = answer(held, Question(Word("وزير"), size=2))
    kept = len(held.cache)
    second = answer(held, Question(Word("وزير"), start=2, size=2, order="oldest", by_day=True))
    assert len(held.cache) == kept
    assert (second.total, second.counts) == (first.total, first.counts)
    assert second.found != first.found and sum(second.days.values()) == first.total


def test_facets_are_counted_alike_along_their_values_and_along_the_documents(index: Index) -> None:
    (segment,) = snapshot(index).segments
    for name, facet in segment.columns.facets.items():
        for step in (1, 2, 23):
            ids = np.arange(0, segment.documents, step)
            expected = np.zeros(len(facet.names), np.intp)
            for number in ids.tolist():
                np.add.at(expected, facet.values[facet.rows[number] : facet.rows[number + 1]], 1)
            assert facet.counts(ids).tolist() == expected.tolist(), name
