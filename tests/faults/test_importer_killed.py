"""R1: the importer is killed at random moments; running it again ends with every article once and no half one."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.archive import ROUNDS, Archive, children

PAGES = 12


def test_r1_killed_importer(archive: Archive, tmp_path: Path) -> None:
    made = tmp_path / "pages"
    made.mkdir()
    for number in range(PAGES):
        (made / f"{number}.txt").write_text(
            f"الأخبار رقم {number}\n\n" + "التقى وزير الخارجية نظيره القطري في الدوحة وبحثا التعاون. " * 12, "utf-8"
        )
    chosen = random.Random(1)  # noqa: S311
    before = archive.tell("counted")["published"]
    inside = 0
    while inside < 2 * ROUNDS:
        importer = archive.start("manage.py", "import_articles", str(made), "--publish")
        begun = accessions(archive)
        archive.until(lambda begun=begun: len(accessions(archive)) > len(begun), "the import has begun")
        time.sleep(chosen.random() * 0.6)
        archive.kill(importer)
        inside += accessions(archive)[-1] != "done"  # or it was at its end, and the kill proves nothing
        if accessions(archive)[-1] == "done":
            break  # all is in: there is nothing to be killed in any more
    assert inside, "no kill fell inside of an import"
    archive.run("manage.py", "import_articles", str(made), "--publish")
    assert archive.tell("counted") == {"draft": 0, "published": before + PAGES, "withdrawn": 0}
    assert archive.tell("mend") == []
    captures = archive.folder / "captures"
    assert not [path for path in captures.rglob(".*") if path.is_file()], "a half payload was left"
    assert "belong to no capture" not in archive.run("manage.py", "check_fixity")


def accessions(archive: Archive) -> list[str]:
    """The states of all intakes, the oldest first, asked beside whoever writes."""
    with closing(sqlite3.connect(archive.folder / "diwan.sqlite3", timeout=30)) as database:
        return [state for (state,) in database.execute("SELECT state FROM intake_accession ORDER BY id")]


RECORDS = 14
POINTS = [
    ("while a payload is written", "os:fsync", 3),
    ("when the payloads are kept and no row is written", "archive.intake.working:settle", 1),
    ("in the middle of a slice", "archive.intake.working:settle", 8),
    ("when the articles are written and their items are not", "archive.intake.working:_row", 10),
    ("between two slices", "archive.intake.working:_readings", 3),
]


@pytest.mark.parametrize("point", POINTS, ids=[point[0] for point in POINTS])
def test_r1_an_intake_is_killed_and_resumed(archive: Archive, tmp_path: Path, point: tuple[str, str, int]) -> None:
    """It goes on exactly where it was: every record once, in its place, and no payload that nothing rests on."""
    _when, target, count = point
    file = tmp_path / "records.jsonl"
    archive.tell("save_records", str(file), RECORDS, 7000)
    before = archive.tell("counted")["published"]
    archive.dies_at(target, count, "import_file", file)
    said = archive.run("manage.py", "import_articles", str(file), "--resume")
    assert f"{RECORDS} added" in said
    assert archive.tell("accession_state") == {"state": "done", "outcomes": {"added": RECORDS}, "in order": True}
    assert archive.tell("counted") == {"draft": 0, "published": before + RECORDS, "withdrawn": 0}
    assert f"{RECORDS} unchanged" in archive.run("manage.py", "import_articles", str(file), "--publish")
    assert "belong to no capture" not in archive.run("manage.py", "check_fixity")
    assert not [path for path in (archive.folder / "captures").rglob(".*") if path.is_file()]
    assert archive.tell("mend") == []


KILLS = 6  # a round; `make long` has 34 of them


def test_r1_an_intake_is_killed_at_random_moments(archive: Archive, tmp_path: Path) -> None:
    """Each kill falls inside of an intake; whenever it is done after all, the archive is what it is without a kill."""
    file = tmp_path / "records.jsonl"
    archive.tell("save_records", str(file), 24, 7000)
    log = [kill for seed in range(ROUNDS) for kill in archive.tell("kill_intakes", str(file), KILLS, seed)]
    assert len(log) == KILLS * ROUNDS
    assert not [kill for kill in log if kill["state"] not in ("waiting", "running") or kill["done"] >= 24]
    assert archive.tell("mend") == []
    if place := os.environ.get("KILL_LOG"):
        Path(place).write_text("".join(json.dumps(kill) + "\n" for kill in log))


def test_r1_a_killed_intake_leaves_no_process(archive: Archive, tmp_path: Path) -> None:
    """What reads beside hears that nobody asks any more, and goes; the file is taken in whole."""
    file = tmp_path / "records.jsonl"
    archive.tell("save_records", str(file), RECORDS, 7000)
    importer = archive.start("-m", "tests.faults.deeds", "import_beside", str(file))
    archive.until(lambda: children(importer.pid, b"spawn_main"), "a process reads beside")
    (beside,) = children(importer.pid, b"spawn_main")
    archive.kill(importer)
    archive.until(lambda: not Path(f"/proc/{beside}").exists(), "it is gone")
    archive.tell("import_beside", str(file))
    assert archive.tell("accession_state")["state"] == "done"
    assert "belong to no capture" not in archive.run("manage.py", "check_fixity")
    assert archive.tell("mend") == []
