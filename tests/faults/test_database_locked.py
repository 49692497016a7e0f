"""R8: another process keeps the database locked; readers go on, writers wait, then get 503, and nothing is lost."""

from __future__ import annotations

import time
import urllib.parse
from pathlib import Path

from tests.browser.pages import EVERY_PATH
from tests.faults.archive import Archive


def test_r8_locked_for_a_while(archive: Archive) -> None:
    archive.serve()
    writer = archive.start_writer()
    archive.tell("edit", 2, 8)
    holder = archive.start("-m", "tests.faults.deeds", "hold_lock", "4")
    archive.until(lambda: b"locked" in archive.log.read_bytes(), "the database is locked")
    started = time.monotonic()
    assert archive.status("/search/") == 200
    assert archive.status("/") == 200
    assert time.monotonic() - started < 4
    archive.tell("withdraw", 1)  # waits for the lock
    holder.wait(30)
    archive.until_equal()
    archive.kill(writer)
    archive.invariants()


def test_r8_locked_for_too_long_is_an_honest_503(archive: Archive) -> None:
    """A login writes to the database."""
    archive.serve_with_curator({"DIWAN_LOCK_SECONDS": "1"})
    holder = archive.start("-m", "tests.faults.deeds", "hold_lock", "12")
    archive.until(lambda: b"locked" in archive.log.read_bytes(), "the database is locked")
    status, headers = archive.log_in()
    assert (status, headers.get("Retry-After")) == (503, "10")
    holder.wait(30)
    assert archive.log_in()[0] == 302


def test_r8_an_intake_that_cannot_begin_says_so(archive: Archive, tmp_path: Path) -> None:
    archive.tell("save_pages", str(tmp_path / "pages"), 1, 8300)
    holder = archive.start("-m", "tests.faults.deeds", "hold_lock", "60")
    archive.until(lambda: b"locked" in archive.log.read_bytes(), "the database is locked")
    archive.always["DIWAN_LOCK_SECONDS"] = "1"
    said = archive.run("manage.py", "import_articles", str(tmp_path / "pages"), fails=2)
    assert "Nothing was begun" in said and "Traceback" not in said
    archive.kill(holder)
    assert "1 added" in archive.run("manage.py", "import_articles", str(tmp_path / "pages"))


def test_r8_every_page_is_read_while_another_process_writes(archive: Archive) -> None:
    """A page that took the lock, or wrote, would wait for it, and then be a 503."""
    archive.serve_with_curator({"DIWAN_LOCK_SECONDS": "1", "DIWAN_PAGES_KEPT": "0"})
    assert all(archive.status(urllib.parse.quote(path, safe="/?=&()")) == 200 for path in EVERY_PATH)
    holder = archive.start("-m", "tests.faults.deeds", "hold_lock", "1200")
    archive.until(lambda: b"locked" in archive.log.read_bytes(), "the database is locked")
    answers = {path: archive.status(urllib.parse.quote(path, safe="/?=&()")) for path in EVERY_PATH}
    assert holder.poll() is None
    assert set(answers.values()) == {200}, answers
