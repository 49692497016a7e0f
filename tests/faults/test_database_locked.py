"""R8: another process keeps the database locked; readers go on, writers wait, then get 503, and nothing is lost."""

from __future__ import annotations

import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.pages import EVERY_PATH
from tests.faults.archive import PASSWORD, Archive
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


def test_r8_every_page_is_read_while_another_process_writes(archive: Archive) -> None:
    """A page that took the lock, or wrote, would wait for it, and then be a 503."""
    archive.serve_with_curator({"DIWAN_LOCK_SECONDS": "1", "DIWAN_PAGES_KEPT": "0"})
    assert all(archive.status(urllib.parse.quote(path, safe="/?=&()")) == 200 for path in EVERY_PATH)
    holder = archive.start("-m", "tests.faults.deeds", "hold_lock", "1200")
    archive.until(lambda: b"locked" in archive.log.read_bytes(), "the database is locked")
    answers = {path: archive.status(urllib.parse.quote(path, safe="/?=&()")) for path in EVERY_PATH}
    assert holder.poll() is None
    assert set(answers.values()) == {200}, answers


def test_r8_nobody_hears_of_a_lock_while_web_writer_queue_and_intake_write(archive: Archive, tmp_path: Path) -> None:
    """Two curators save, the queue changes every article, an intake takes pages in, the writer follows all of it."""
    archive.tell("keeper", PASSWORD)
    archive.tell("save_pages", str(tmp_path / "pages"), 40, 9300)
    archive.more = {"DIWAN_WORKERS": "2"}
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the archive is ready")
    first = archive.tell("first_key")
    curators = [Curator(archive) for _one in range(2)]
    importer = archive.start("manage.py", "import_articles", str(tmp_path / "pages"), "--publish")
    archive.tell("withdraw_in_the_background")

    def save(number: int) -> list[int]:
        """Save an article of one's own until the intake is done; what each page and each save was answered with."""
        path, answers = f"/admin/articles/article/{first + number}/change/", []
        while importer.poll() is None or len(answers) < 8:
            status, page = curators[number].get(path)
            answers.append(status)
            form = FormFields(page).held | {"byline": f"كاتب {len(answers)}", "_save": "Save"}
            answers.append(curators[number].post(path, form)[0])
        return answers

    with ThreadPoolExecutor(2) as hands:
        saved = list(hands.map(save, range(2)))
    assert importer.wait(1) == 0
    assert {status for answers in saved for status in answers} == {200}, saved
    archive.until(lambda: archive.tell("work_state")["state"] == "done", "the queue is done")
    archive.until(archive.is_ready, "all changes are applied")
    log = archive.log.read_text("utf-8", "replace")
    assert "locked" not in log and "Traceback" not in log and " ERROR " not in log, log[-3000:]
    archive.invariants()
