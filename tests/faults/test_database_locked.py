"""R8: another process keeps the database locked; readers go on, writers wait, then get 503, and nothing is lost.

While all of them write at once nobody hears of a lock: in `make long` over twenty times as many pages (`FAULT_ROUNDS`).
"""

from __future__ import annotations

import subprocess
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.pages import EVERY_PATH
from tests.faults.archive import PASSWORD, ROUNDS, Archive
from tests.faults.browsing import Curator, FormFields


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


def test_r8_nobody_hears_of_a_lock_while_web_queue_intake_and_writer_write(archive: Archive, tmp_path: Path) -> None:
    """Two curators save, the queue withdraws every public article, an intake takes in pages, the writer follows all."""
    keys = archive.tell("make_busy", PASSWORD, tmp_path / "pages", 20 * ROUNDS, 9300)
    archive.more = {"DIWAN_WORKERS": "2"}
    archive.serve("manage.py", "serve")
    curators = [Curator(archive) for _key in keys]
    archive.tell("withdraw_in_the_background")
    importer = archive.start("manage.py", "import_articles", str(tmp_path / "pages"), "--publish")
    with ThreadPoolExecutor(len(keys)) as hands:
        saved = list(hands.map(lambda curator, key: save_while(importer, curator, key), curators, keys))
    assert importer.returncode == 0, archive.log.read_text("utf-8", "replace")[-3000:]
    archive.until(lambda: archive.is_ready() and archive.tell("work_state")["state"] == "done", "all is done")
    log = archive.log.read_text("utf-8", "replace")
    assert "locked" not in log and "Traceback" not in log and " ERROR " not in log, log[-3000:]
    written = {str(key): [byline, count] for key, (byline, count) in zip(keys, saved, strict=True)}
    assert archive.tell("bylines", *keys) == written, "what a curator was told to be saved is saved, once"
    archive.invariants()


def save_while(other: subprocess.Popen[bytes], curator: Curator, key: int) -> tuple[str, int]:
    """Save an article of one's own again and again until another process is done; the last byline, how many saves."""
    path, count, byline = f"/admin/articles/article/{key}/change/", 0, ""
    while other.poll() is None or count < 4:
        status, page = curator.get(path)
        assert status == 200, page[:2000]
        byline = f"خلف خلفوف {count}"
        status, page = curator.post(path, FormFields(page).held | {"byline": byline, "_save": "Save"})
        assert status == 200 and "errornote" not in page, page[:2000]
        count += 1
    return byline, count


def test_r8_captures_are_verified_while_another_process_writes_after_each(archive: Archive) -> None:
    """Whoever writes while rows are still being read has no time to wait in: SQLite says at once that it is locked."""
    assert archive.tell("verify_while_others_write") == {"intact": 45, "damaged": 0, "missing": 0}
