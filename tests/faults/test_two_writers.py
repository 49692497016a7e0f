"""R9: a second writer waits or refuses and says so, importers that begin together lose nothing."""

from __future__ import annotations

from pathlib import Path

from tests.faults.archive import Archive


def test_r9_two_watching_writers_take_turns(archive: Archive) -> None:
    archive.start_writer()
    archive.start_writer()
    archive.tell("publish", 6, 2000)
    archive.tell("withdraw", 2)
    archive.until_equal()
    archive.invariants()


def test_r9_a_second_writer_refuses_while_the_first_writes(archive: Archive) -> None:
    archive.tell("edit", 1, 9)
    holder = archive.start("-m", "tests.faults.deeds", "hold_index", "30")
    archive.until(lambda: b"holding" in archive.log.read_bytes(), "the first writer holds the index")
    assert "another process is writing the index" in archive.run("manage.py", "sync_index", fails=True)
    archive.kill(holder)
    assert archive.tell("mend") == []


def test_r9_two_importers_of_the_same_pages_take_turns(archive: Archive, tmp_path: Path) -> None:
    """Begun in the same moment: every page is once in the archive, and each importer ends with 0."""
    archive.tell("save_pages", str(tmp_path / "pages"), 40, 8000)
    before = archive.tell("counted")["published"]
    importers = [archive.start("manage.py", "import_articles", str(tmp_path / "pages"), "--publish") for _one in "ab"]
    ended = [importer.wait(120) for importer in importers]
    log = archive.log.read_text("utf-8", "replace")
    assert ended == [0, 0], "\n".join(line for line in log.splitlines() if not line.startswith(("added", "unchanged")))
    assert "database is locked" not in log and "Traceback" not in log
    assert archive.tell("counted") == {"draft": 0, "published": before + 40, "withdrawn": 0}
    assert log.count("added      ") == 40 and log.count("unchanged  ") == 40
    assert "belong to no capture" not in archive.run("manage.py", "check_fixity")
    archive.recovers()


def test_r9_intakes_that_begin_in_one_moment_trace_what_is_held_once(archive: Archive) -> None:
    assert archive.tell("trace_at_once") == []


def test_r9_a_card_made_anew_while_a_curator_saves_says_what_was_saved(archive: Archive) -> None:
    told = archive.tell("card_made_while_a_curator_saves")
    assert told["kept"] == told["due"]


def test_r9_two_importers_of_other_pages_lose_nothing(archive: Archive, tmp_path: Path) -> None:
    for number, first in enumerate((8100, 8200)):
        archive.tell("save_pages", str(tmp_path / str(number)), 20, first)
    before = archive.tell("counted")["published"]
    started = [archive.start("manage.py", "import_articles", str(tmp_path / one), "--publish") for one in "01"]
    assert [importer.wait(120) for importer in started] == [0, 0]
    assert archive.tell("counted")["published"] == before + 40
    archive.recovers()
