"""What a process serves: the last commit, to all threads at once, never an earlier one after a later one was seen."""

from __future__ import annotations

import gc
import os
import threading
from pathlib import Path

import pytest
from whoosh.index import Index, open_dir

from search.engine.protocol import Answer, Question
from search.engine.whoosh.counting.execution import answer
from search.engine.whoosh.files.side_files import write_side_files
from search.engine.whoosh.snapshot import SnapshotCache
from search.tree import Word
from tests.unit.search.engine.whoosh.archive import BOUND, new_index, paragraphs, write, write_files

READERS = 4


class Folder:
    """An index on disk whose generation is the number of its last commit."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def generation(self) -> str:
        return str(self.index.latest_generation())

    def open(self) -> tuple[str, Index]:
        return self.generation(), open_dir(self.index.storage.folder)


def test_a_commit_is_seen_by_the_next_question(tmp_path: Path) -> None:
    folder, cache = Folder(new_index(tmp_path)), SnapshotCache(BOUND, BOUND)
    for number, document in enumerate(paragraphs()[:6], start=1):
        write(folder.index.writer(), [document])
        assert answer(cache.get(folder), Question()).total == number


def test_without_a_commit_nothing_is_opened_anew(tmp_path: Path) -> None:
    folder, cache = Folder(new_index(tmp_path)), SnapshotCache(BOUND, BOUND)
    assert cache.get(folder) is cache.get(folder)


def test_what_a_replaced_snapshot_has_open_is_closed_at_once(tmp_path: Path) -> None:
    """Not only when garbage is collected: until then every commit would leave its descriptors behind."""
    folder, cache = Folder(new_index(tmp_path)), SnapshotCache(BOUND, BOUND)
    held = []
    gc.collect()
    gc.disable()
    try:
        for document in paragraphs()[:4]:
            write(folder.index.writer(), [document], optimize=True)
            assert answer(cache.get(folder), Question(Word("وزير"))).archive_total
            assert [dict(fields) for fields in cache.get(folder).searcher.reader().all_stored_fields()]
            held.append(len(list(Path("/proc/self/fd").iterdir())))
    finally:
        gc.enable()
    assert held[-1] <= held[0]


def test_answers_of_an_earlier_commit_and_postings_of_a_segment_that_is_gone_are_not_kept(tmp_path: Path) -> None:
    folder, cache = Folder(new_index(tmp_path)), SnapshotCache(BOUND, BOUND)
    held = []
    for _commit in range(3):
        write(folder.index.writer(), [paragraphs()[0]], optimize=True)
        for word in ("وزير", "قطر", "الخارجيه"):
            answer(cache.get(folder), Question(Word(word)))
        held.append(len(cache.postings))
    assert held[0] and held == [held[0]] * 3


@pytest.mark.parametrize("extension", ["columns", "postings"])
@pytest.mark.parametrize("length", [0, 1000, 10**6])
def test_a_mapped_file_that_is_changed_where_it_lies_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extension: str, length: int
) -> None:
    """Reading beyond its end would end this process; longer than it was it is not what was written, either."""
    monkeypatch.setattr("tests.unit.search.engine.whoosh.archive.FEWEST", 5)
    folder, cache = Folder(new_index(tmp_path)), SnapshotCache(BOUND, BOUND)
    write(folder.index.writer(), list(paragraphs()))
    write_files(folder.index)

    def asked() -> Answer:
        return answer(cache.get(folder), Question(Word("وزير")))

    expected = asked()
    (path,) = tmp_path.glob(f"*.{extension}")
    os.truncate(path, length)
    assert asked() == expected
    assert cache.get(folder) is cache.get(folder)


def test_a_mapped_file_that_is_deleted_is_read_on(tmp_path: Path) -> None:
    folder, cache = Folder(new_index(tmp_path)), SnapshotCache(BOUND, BOUND)
    write(folder.index.writer(), list(paragraphs()))
    write_side_files(folder.index)
    held = cache.get(folder)
    assert held.segments[0].columns.identifiers.text(0)
    (path,) = tmp_path.glob("*.columns")
    path.unlink()
    assert cache.get(folder) is held


def test_threads_read_on_while_documents_are_added_and_segments_merged(tmp_path: Path) -> None:
    folder, cache = Folder(new_index(tmp_path)), SnapshotCache(BOUND, BOUND)
    write(folder.index.writer(), [paragraphs()[0]])
    done, totals, failures = threading.Event(), [list[int]() for _ in range(READERS)], []

    def read(seen: list[int]) -> None:
        try:
            while not done.is_set():
                answer(cache.get(folder), Question(Word("وزير")))
                seen.append(answer(cache.get(folder), Question()).total)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=read, args=(seen,)) for seen in totals]
    for thread in threads:
        thread.start()
    for number, document in enumerate(paragraphs()[1:12]):
        write(folder.index.writer(), [document], merge=True, optimize=number % 4 == 3)
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert all(seen == sorted(seen) for seen in totals)
    assert cache.get(folder).total == 12


def test_a_state_that_a_commit_takes_away_while_it_is_opened_is_looked_for_anew(tmp_path: Path) -> None:
    index, asked = new_index(tmp_path), []
    write(index.writer(), [paragraphs()[0]])

    class Hurried(Folder):
        """The first time a commit replaces the list of segments between its name and its bytes."""

        def open(self) -> tuple[str, Index]:
            asked.append(1)
            if len(asked) == 1:
                (tmp_path / "a list of segments.toc").read_bytes()
            return super().open()

    assert SnapshotCache(BOUND, BOUND).get(Hurried(index)).total == 1
    assert len(asked) == 2
