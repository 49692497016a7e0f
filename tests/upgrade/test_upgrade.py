"""R16: an archive of an earlier release is taken over whole; meanwhile it answers rightly, or says that it cannot."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.faults.archive import Archive
from tests.upgrade.make import HERE, unpack

RELEASES = sorted(HERE.glob("*.tar.xz"))
# Questions to which a release of that name gave an answer that is wrong by now, each with the reason.
ANSWERED_WRONGLY: dict[str, dict[str, str]] = {}


class Upgraded(Archive):
    """An archive as a release left it; `told` is what it told then."""

    def __init__(self, fixture: Path, folder: Path) -> None:
        super().__init__(folder / "state")
        self.log = folder / "log"
        self.release = fixture.name.partition(".")[0]
        self.told = unpack(fixture, self.folder)

    def tell_all(self) -> Any:
        done = self._done(("-m", "tests.upgrade.deeds", "tell"), fails=False)
        return json.loads(done.stdout.splitlines()[-1])

    def say_made_by(self, **parts: str) -> None:
        """Have the index say that it was made in another way than this code makes one."""
        fingerprint = self.current / "fingerprint.json"
        fingerprint.write_text(json.dumps(json.loads(fingerprint.read_text()) | parts))


@pytest.fixture(params=RELEASES, ids=lambda path: path.name.partition(".")[0])
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Upgraded]:
    archive = Upgraded(request.param, tmp_path)
    yield archive
    archive.stop_all()


def test_there_is_an_archive_of_the_first_release() -> None:
    assert "first.tar.xz" in {path.name for path in RELEASES}


def test_r16_an_archive_of_an_earlier_release_loses_nothing(earlier: Upgraded) -> None:
    said = earlier.run("manage.py", "prepare")
    assert "Traceback" not in said and "Curator account" not in said
    told = earlier.tell_all()
    for what in earlier.told.keys() - {"answers"}:
        assert told[what] == earlier.told[what], what
    wrong = ANSWERED_WRONGLY.get(earlier.release, {})
    assert {q: found for q, found in told["answers"].items() if q not in wrong} == {
        q: found for q, found in earlier.told["answers"].items() if q not in wrong
    }
    assert any(earlier.told["answers"].values())
    earlier.invariants()
    assert "Index current, 0 changes applied" in earlier.run("manage.py", "prepare")


def public(earlier: Upgraded) -> int:
    return sum(article["status"] == "published" for article in earlier.told["articles"])


@pytest.mark.parametrize("parts", [{}, {"whoosh": "0"}, {"analyzer": "0"}], ids=["same", "readable", "foreign"])
def test_r16_readers_get_right_answers_or_are_told_until_the_new_index_is_there(
    earlier: Upgraded, parts: dict[str, str]
) -> None:
    """The index writer is kept from its work for a while, so that what readers get before it is seen."""
    earlier.run("manage.py", "prepare")
    earlier.say_made_by(**parts)
    holding = earlier.start("-m", "tests.faults.deeds", "hold_index", "60")
    earlier.until(lambda: "holding" in earlier.log.read_text(), "somebody else writes the index")
    earlier.serve("manage.py", "serve")
    before = [seen(earlier) for _time in range(5)]
    if "analyzer" in parts:
        assert set(before) == {(503, None)}
        status, told = earlier.readiness()
        assert (status, told["status"]) == (503, "not ready") and "another version" in told["index"]
    else:
        assert set(before) == {(200, public(earlier))}
        status, told = earlier.readiness()
        assert (status, told["status"]) == (200, "degraded" if parts else "ok"), told
    earlier.kill(holding)
    after: set[tuple[int, int | None]] = set()

    def is_new() -> bool:
        after.add(seen(earlier))
        return earlier.is_ready()

    earlier.until(is_new, "the new index is there")
    assert after <= {(200, public(earlier)), *before}
    assert seen(earlier) == (200, public(earlier))
    earlier.stop_all()
    earlier.invariants()


def seen(earlier: Upgraded) -> tuple[int, int | None]:
    """Status of a page that shows every public article, and how many it shows."""
    status, body, _headers = earlier.get("/search/?sort=newest&fold=0&ui=en")
    return status, len(set(re.findall('href="/articles/([0-9a-f]+)/', body.decode()))) if status == 200 else None


def test_r16_a_large_archive_is_served_at_once_and_not_after_its_index(tmp_path: Path) -> None:
    """`prepare` leaves a large index to the writer, says so, and with --wait builds it itself."""
    archive = Upgraded(RELEASES[0], tmp_path)
    archive.always = {"DJANGO_SETTINGS_MODULE": "tests.upgrade.settings"}
    archive.run("manage.py", "prepare")
    shutil.rmtree(archive.index)
    with closing(sqlite3.connect(archive.folder / "diwan.sqlite3")) as database, database:
        database.execute("UPDATE stories_fingerprint SET version = 0")
    said = archive.run("manage.py", "prepare")
    assert "Stories: 4 articles are to be read" in said
    assert "by the index writer when `serve` starts" in said and not archive.index.joinpath("current").exists()
    archive.serve("manage.py", "serve")
    archive.until(archive.is_ready, "the writer built the index")
    archive.until(lambda: b"4 articles read" in archive.log.read_bytes(), "the stories are read")
    archive.stop_all()
    archive.invariants()
    shutil.rmtree(archive.index)
    assert "Index built" in archive.run("manage.py", "prepare", "--wait")
    archive.invariants()
