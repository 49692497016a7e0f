"""Nobody else on the machine reads the state of an archive, whatever the umask of who starts it."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from functools import partial
from pathlib import Path

from config.private import is_private, tighten
from tests.faults.archive import Archive

CARELESS = partial(os.umask, 0)  # of whoever starts the processes


def readable_by_others(folder: Path) -> list[str]:
    """Everything in a folder, itself included, that group or others may do something with."""
    return [str(path) for path in (folder, *folder.rglob("*")) if _is_open(path)]


def _is_open(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:  # a journal, which a server beside has taken away meanwhile
        return False
    return not stat.S_ISLNK(mode) and bool(mode & 0o077)


def test_what_an_archive_makes_is_its_owners_alone(tmp_path: Path) -> None:
    """From the first command to pages, pictures, a publication and a backup."""
    archive = Archive(tmp_path / "archive")
    try:
        archive.log = tmp_path / "log"
        archive.run("manage.py", "prepare", preexec_fn=CARELESS)
        archive.serve("manage.py", "serve", preexec_fn=CARELESS)
        archive.until(archive.is_ready, "the archive is ready")
        for path in ("/", "/search/?q=قطر", "/search/picture.png?q=قطر"):
            assert archive.status(path) == 200
        archive.run("-m", "tests.faults.deeds", "publish", "3", "100", preexec_fn=CARELESS)
        archive.until(archive.is_ready, "the change is in the index")
        made = {path.name for path in archive.folder.iterdir()}
        assert {"captures", "diwan.sqlite3", "index", "pages", "static"} <= made
        assert readable_by_others(archive.folder) == []
        archive.run("manage.py", "backup", str(tmp_path / "saved"), preexec_fn=CARELESS)
        assert readable_by_others(tmp_path / "saved") == []
    finally:
        archive.stop_all()


def test_a_key_made_by_make_is_its_owners_alone(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "none")
    archive.run("-m", "config.secret_key", str(tmp_path / "state" / "secret_key"), preexec_fn=CARELESS)
    assert readable_by_others(tmp_path / "state") == []


def test_prepare_closes_what_an_earlier_release_left_open(own_archive: Archive) -> None:
    for path in [own_archive.folder, *own_archive.folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o777 if path.is_dir() else 0o644)
    with closing(sqlite3.connect(own_archive.folder / "diwan.sqlite3")) as held:  # has its -wal and -shm lie there
        held.execute("SELECT count(*) FROM articles_article").fetchone()
        assert len(readable_by_others(own_archive.folder)) > 40
        own_archive.run("manage.py", "prepare", preexec_fn=CARELESS)
        assert readable_by_others(own_archive.folder) == []
    own_archive.invariants()


def test_an_open_state_folder_is_told_of(own_archive: Archive) -> None:
    own_archive.folder.chmod(0o755)
    own_archive.serve()
    assert any("other users" in warning for warning in own_archive.readiness()[1]["warnings"])


def test_closing_follows_no_link_and_blocks_on_no_pipe(tmp_path: Path) -> None:
    elsewhere, state = tmp_path / "elsewhere", tmp_path / "state"
    for folder in (elsewhere, state):
        folder.mkdir()
        folder.chmod(0o755)
    (elsewhere / "file").touch()
    (elsewhere / "file").chmod(0o644)
    (state / "folder").symlink_to(elsewhere)
    (state / "file").symlink_to(elsewhere / "file")
    os.mkfifo(state / "pipe")
    (state / "pipe").chmod(0o666)
    assert tighten([state]) == []
    assert readable_by_others(state) == []
    assert not is_private(elsewhere) and stat.S_IMODE((elsewhere / "file").stat().st_mode) == 0o644


def test_a_folder_that_an_operator_keeps_elsewhere_is_closed_through_its_link(tmp_path: Path) -> None:
    captures = tmp_path / "disk" / "captures"
    (captures / "ab").mkdir(parents=True)
    (captures / "ab" / "cd").touch()
    (captures / "ab" / "cd").chmod(0o444)
    (tmp_path / "link").symlink_to(captures)
    assert tighten([tmp_path / "link"]) == []
    assert readable_by_others(captures) == []
    assert stat.S_IMODE((captures / "ab" / "cd").stat().st_mode) == 0o400, "what may not be written stays so"
