"""Files within a segment are read where they lie: by position, without a state, and never beyond their end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine.whoosh.files.segment_files import SegmentFile

BYTES = b"before" + bytes(range(100)) + b"behind"


class Segment:
    """A segment on disk with one file of a hundred bytes in it."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(BYTES)
        self.file = path.open("rb")
        self.descriptor = self.file.fileno()


@pytest.fixture
def stretch(tmp_path: Path) -> Iterator[SegmentFile]:
    segment = Segment(tmp_path / "one.seg")
    yield SegmentFile(segment, 6, 100, "numbers")  # type: ignore[arg-type]
    segment.file.close()


def test_bytes_are_read_by_their_place_in_the_file(stretch: SegmentFile) -> None:
    assert stretch.get(0, 3) == bytes((0, 1, 2))
    assert stretch.get(97, 3) == bytes((97, 98, 99))
    assert stretch.get(50, 0) == b""


@pytest.mark.parametrize(("position", "length", "read"), [(98, 9, 2), (100, 9, 0), (150, 9, 0)])
def test_nothing_is_read_of_what_stands_behind_the_file(
    stretch: SegmentFile, position: int, length: int, read: int
) -> None:
    assert len(stretch.get(position, length)) == read


def test_a_stretch_of_a_stretch_has_its_own_beginning(stretch: SegmentFile) -> None:
    inside = stretch.subset(10, 5)
    assert inside.get(0, 9) == bytes(range(10, 15))
    assert inside.subset(2, 9).get(0, 2) == bytes((12, 13))


def test_it_is_read_as_a_file_is_by_several_at_once(stretch: SegmentFile) -> None:
    one, other = stretch.subset(0, 100).file, stretch.subset(0, 100).file
    assert one.read(4) == other.read(4) == bytes(range(4))
    assert one.tell() == 4
    assert one.seek(-2, io.SEEK_END) == 98 and one.read() == bytes((98, 99))
    assert other.seek(1, io.SEEK_CUR) == 5 and other.read(1) == bytes((5,))
    for reader in (one, other):
        reader.detach()


def test_a_segment_that_was_cut_short_is_an_error_and_no_wrong_answer(tmp_path: Path) -> None:
    segment = Segment(tmp_path / "one.seg")
    held = SegmentFile(segment, 6, 100, "numbers")  # type: ignore[arg-type]
    with (tmp_path / "one.seg").open("r+b") as file:
        file.truncate(50)
    assert held.get(0, 10) == bytes(range(10))
    with pytest.raises(EOFError, match="numbers is cut short"):
        held.get(40, 10)
    segment.file.close()
