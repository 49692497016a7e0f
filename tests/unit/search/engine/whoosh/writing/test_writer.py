"""The writer of the index: few segments however many commits, and a manifest that vouches for each of them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from search.documents.vocabulary import Vocabulary
from search.engine.whoosh.files import manifest
from search.engine.whoosh.writing import runs
from search.engine.whoosh.writing.building import add_entries
from search.engine.whoosh.writing.merge_policy import to_merge, to_tidy
from search.engine.whoosh.writing.writer import ArticleWriter
from tests.oracle.articles import ODD, add, empty_index, entry

SHORT = [entry(text, number) for number, text in enumerate(ODD * 11)]


@pytest.mark.parametrize(
    ("sizes", "new", "chosen"),
    [
        ([], 1, set()),
        ([1], 1, {0}),
        ([1000, 1, 2, 4], 1, {1, 2, 3}),
        ([1000, 0], 1, {1}),
        ([5, 5], 1, set()),
        ([150, 150], 500, {0}),  # not more than 200 besides its own
    ],
)
def test_a_commit_takes_in_what_is_not_larger_than_itself(sizes: list[int], new: int, chosen: set[int]) -> None:
    assert to_merge(sizes, new, 200) == chosen


def test_segments_stay_few_however_many_commits_there_are(tmp_path: Path) -> None:
    index = empty_index(tmp_path)
    for one in SHORT[:40]:
        add(index, [one])
    assert len(list(tmp_path.glob("*.seg"))) <= 6
    assert index.doc_count() == 40


class Segment(NamedTuple):
    documents: int
    deleted: int

    def doc_count_all(self) -> int:
        return self.documents

    def deleted_count(self) -> int:
        return self.deleted


@pytest.mark.parametrize(
    ("segments", "chosen"),
    [
        ([Segment(60_000, 0)], set()),
        ([Segment(3000, 900)], {0}),
        ([Segment(60_000, 20_000)], set()),
        ([Segment(60_000, 40_000)], {0}),
        ([Segment(60_000, 0), Segment(10, 0), Segment(15, 0)], {1, 2}),
    ],
)
def test_an_idle_writer_rewrites_small_segments_and_waste(segments: list[Segment], chosen: set[int]) -> None:
    assert to_tidy(segments) == chosen


def test_the_manifest_names_what_the_commit_left(tmp_path: Path) -> None:
    add(empty_index(tmp_path), SHORT[:5])
    entries = manifest.read(tmp_path)
    assert {path.name for path in tmp_path.iterdir() if path.suffix in {".toc", ".seg"}} - {"_MAIN_0.toc"} <= set(
        entries
    )
    assert manifest.damaged(tmp_path, entries) == []
    (segment,) = tmp_path.glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-1] + b"?")
    assert manifest.damaged(tmp_path, entries) == [segment.name]
    assert manifest.damaged(tmp_path, entries, thoroughly=False) == []


def test_a_commit_does_not_vouch_for_what_it_did_not_write(tmp_path: Path) -> None:
    index = add(empty_index(tmp_path), SHORT[:5])
    (tmp_path / manifest.MANIFEST).unlink()
    writer = ArticleWriter(index, Vocabulary())
    add_entries(writer, SHORT[5:6])
    with pytest.raises(manifest.ManifestUnreadable, match="no commit vouched"):
        writer.commit(mergetype=lambda _writer, segments: segments)
    writer._finish()


def test_the_index_names_no_class_of_ours(tmp_path: Path) -> None:
    """So that code may move without an index having to be built anew, and Whoosh alone reads it."""
    add(empty_index(tmp_path), SHORT[:5])
    for path in tmp_path.glob("*.toc"):
        assert b"search." not in path.read_bytes() and b"whoosh.fields" in path.read_bytes()


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
