"""Mapped files: what was read of them counts as resident only up to a bound, and reads the same after it was let go."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from search.engine.whoosh.files import mapped
from search.engine.whoosh.files.arrays_file import read_arrays, writing
from search.engine.whoosh.files.mapped import Bound, let_go, resident

ABOUT = {"segment": "MAIN_1"}
SIZE = 16 << 20
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what is resident")


@pytest.fixture
def numbers(tmp_path: Path) -> np.ndarray:
    path = tmp_path / "MAIN_1.postings"
    with writing(path) as file:
        file.add("docs", np.uint32, [np.arange(SIZE // 4)])
        file.finish(ABOUT, {})
    found = read_arrays(path, ABOUT)
    assert found is not None
    return found.arrays["docs"]


@linux
def test_a_file_is_checked_without_becoming_resident(tmp_path: Path) -> None:
    before = resident()
    path = tmp_path / "MAIN_1.postings"
    with writing(path) as file:
        file.add("docs", np.uint32, [np.arange(SIZE // 4)])
        file.finish(ABOUT, {})
    assert read_arrays(path, ABOUT) is not None
    assert resident() - before < SIZE // 4


@linux
def test_what_was_read_is_let_go_and_reads_the_same(numbers: np.ndarray) -> None:
    total = int(numbers.sum(dtype=np.int64))
    before = resident()
    let_go()
    assert before - resident() > SIZE // 2
    assert int(numbers.sum(dtype=np.int64)) == total


@linux
@pytest.mark.parametrize(("bound", "stays"), [(SIZE // 4, False), (4 * SIZE, True)])
def test_a_process_lets_go_only_above_its_bound(
    numbers: np.ndarray, monkeypatch: pytest.MonkeyPatch, bound: int, stays: bool
) -> None:
    monkeypatch.setattr(mapped, "BETWEEN", 0.0)
    held = Bound(bound)
    held.look()
    numbers.sum(dtype=np.int64)
    before = resident()
    held.look()
    assert (before - resident() < SIZE // 2) is stays
