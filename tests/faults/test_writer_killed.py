"""R2: the writer is killed in the middle of a batch, a merge, a commit, a swap; nothing is lost, nobody repairs."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from tests.faults.archive import ROUNDS, Archive, children

BATCH = ("drain",)
POINTS = [
    ("while documents are prepared", "search.documents.vocabulary:Vocabulary.learn", 2, BATCH),
    ("while postings are written", "search.engine.whoosh.writing.blocks:BlockWriter.write_encoded", 5, BATCH),
    ("before the manifest is written", "search.engine.whoosh.files.manifest:write", 1, BATCH),
    ("between manifest and table of contents", "search.engine.whoosh.files.manifest:sync_folder", 3, BATCH),
    ("after the table of contents", "search.engine.whoosh.writing.commit:whoosh_index.clean_files", 1, BATCH),
    ("before the change leaves the log", "search.indexing.writer:_forget", 1, BATCH),
    ("in a merge", "search.engine.whoosh.writing.runs:Runs.add", 20, ("merge_all",)),
    ("at the end of a merge", "search.engine.whoosh.files.manifest:write", 1, ("merge_all",)),
    ("while articles are inverted", "search.engine.whoosh.writing.runs:Runs.add", 10, ("rebuild",)),
    ("while a segment is written", "search.engine.whoosh.writing.writer:ArticleWriter._write_field", 5, ("rebuild",)),
    ("before the swap", "search.engine.whoosh.files.folders:IndexFolders.swap", 1, ("rebuild",)),
    ("after the swap", "search.engine.whoosh.files.folders:IndexFolders.remove_others", 1, ("rebuild",)),
]

TAKING_IN = [
    ("before its first segment is taken in", "search.engine.whoosh.writing.writer:ArticleWriter.add_reader", 1),
    ("when the fields of the first are half read", "search.engine.whoosh.writing.merging:_occurrences", 6),
    ("between two segments", "search.engine.whoosh.writing.writer:ArticleWriter.add_reader", 2),
    ("when the new segment is written, beside those it took in", "search.engine.whoosh.writing.writer:commit", 1),
    (
        "when both are vouched for and the old ones still served",
        "search.engine.whoosh.files.manifest:sync_folder",
        3,
    ),
    (
        "before the files of those taken in go",
        "search.engine.whoosh.writing.commit:whoosh_index.clean_files",
        1,
    ),
]


@pytest.fixture(scope="module")
def survivor(template: object, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """One archive that lives through everything in this file."""
    folder = tmp_path_factory.mktemp("killed") / "archive"
    shutil.copytree(str(template), folder, symlinks=True)
    return Archive(folder)


@pytest.mark.parametrize("point", POINTS, ids=[point[0] for point in POINTS])
def test_r2_killed(survivor: Archive, point: tuple[str, str, int, tuple[str, ...]]) -> None:
    _when, target, count, deed = point
    survivor.tell("edit", 3, POINTS.index(point))
    if deed != BATCH:
        survivor.tell("drain")
    survivor.dies_at(target, count, *deed)
    assert survivor.tell("mend") == []


@pytest.mark.parametrize("point", TAKING_IN, ids=[point[0] for point in TAKING_IN])
def test_r2_killed_while_a_batch_takes_in_smaller_segments(survivor: Archive, point: tuple[str, str, int]) -> None:
    """Beside the large segment lie two of eight and four articles, which a batch of eight takes in."""
    _when, target, count = point
    survivor.tell("lay_out", 100 * (1 + TAKING_IN.index(point)))
    before = survivor.segments
    assert len(before) == 3
    survivor.dies_at(target, count, *BATCH)
    assert survivor.tell("mend") == []
    assert len(set(before) & set(survivor.segments)) == 1, "two were to be taken in"


def test_r2_killed_at_random_moments_under_load(archive: Archive) -> None:
    """The writer is killed again and again while articles are published, edited and withdrawn."""
    chosen = random.Random(20)  # noqa: S311
    for number in range(2 * ROUNDS):
        writer = archive.start_writer()
        archive.tell("publish", 3, 1000 + 10 * number)
        archive.tell("withdraw", 1)
        time.sleep(chosen.random() * 1.5)
        archive.kill(writer)
    archive.recovers()


def test_r2_processes_that_prepare_end_with_the_one_that_asked(archive: Archive) -> None:
    """Two processes index; the one that holds the lock is killed; they go, and the lock is free at once."""
    rebuild = archive.start("manage.py", "rebuild_index", "--processes", "2")
    archive.until(lambda: len(children(rebuild.pid, b"spawn")) >= 2, "two processes prepare documents")
    helpers = children(rebuild.pid, b"spawn")
    archive.kill(rebuild)
    assert archive.tell("mend") == []
    archive.until(lambda: not any(Path("/proc", str(number)).exists() for number in helpers), "they are gone")


def test_r2_several_processes_build_what_one_builds(archive: Archive) -> None:
    assert "articles indexed" in archive.run("manage.py", "rebuild_index", "--processes", "2")
    assert len(archive.segments) <= 2
    archive.invariants()
