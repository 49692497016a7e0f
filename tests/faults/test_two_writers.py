"""R9: a second writer waits or refuses and says so; nothing is written twice, nothing is lost."""

from __future__ import annotations

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
