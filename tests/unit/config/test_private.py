"""The state folder is its owner's alone; a link in it closes nothing elsewhere."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from config.private import is_private, tighten


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder as an earlier version left it: open to everybody."""
    folder = tmp_path / "var"
    (folder / "captures" / "ab").mkdir(parents=True)
    (folder / "diwan.sqlite3").write_text("rows")
    (folder / "captures" / "ab" / "cdef").write_text("a page")
    for path in (folder, folder / "captures", folder / "captures" / "ab"):
        path.chmod(0o755)
    (folder / "diwan.sqlite3").chmod(0o644)
    (folder / "captures" / "ab" / "cdef").chmod(0o440)
    return folder


def test_folders_and_files_are_closed_with_all_below_them(state: Path) -> None:
    assert not is_private(state)
    assert tighten([state]) == []
    assert is_private(state) and mode(state) == 0o700
    assert mode(state / "captures" / "ab") == 0o700
    assert mode(state / "diwan.sqlite3") == 0o600
    assert mode(state / "captures" / "ab" / "cdef") == 0o400  # what its owner may not write stays so


def test_a_link_below_is_neither_followed_nor_changed(state: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "page").write_text("of somebody else")
    (elsewhere / "page").chmod(0o644)
    elsewhere.chmod(0o755)
    (state / "link").symlink_to(elsewhere)
    (state / "captures" / "page").symlink_to(elsewhere / "page")
    assert tighten([state]) == []
    assert mode(elsewhere) == 0o755 and mode(elsewhere / "page") == 0o644


def test_the_state_folder_itself_may_be_a_link(state: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(state)
    tighten([tmp_path / "link"])
    assert mode(state) == 0o700 and mode(state / "diwan.sqlite3") == 0o600


def test_a_pipe_is_closed_without_waiting_for_whoever_writes_to_it(state: Path) -> None:
    os.mkfifo(state / "pipe", 0o644)
    (state / "pipe").chmod(0o644)
    assert tighten([state]) == []
    assert mode(state / "pipe") == 0o600


def test_what_is_missing_shows_nobody_anything(tmp_path: Path) -> None:
    assert is_private(tmp_path / "nothing")
    assert tighten([tmp_path / "nothing"]) == []


def test_one_file_is_closed_by_itself(state: Path) -> None:
    assert tighten([state / "diwan.sqlite3"]) == []
    assert mode(state / "diwan.sqlite3") == 0o600 and mode(state) == 0o755
