"""The soak itself: an archive is served, asked and changed, first to warm it up, then to compare what it holds."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from typing import Any

from tests.faults.archive import Archive
from tests.soak.report import Outcome
from tests.soak.watching import Watch

WARM_UP = 0.2  # of the whole, at most two minutes
LOOKS = 120  # at the processes, in the whole
IMPORTS = 20.0  # seconds between two
PAGES = 10  # taken in by each
MADE, TAKEN_IN = 40_000, 60_000  # numbers of the first articles that are made before, and taken in meanwhile
SETTLING = 40  # requests, so that every worker answers from the last commit


@dataclass(frozen=True, slots=True)
class Plan:
    """`articles` are made beside those that every archive of tests has; `room` is the growth in MB that is no fault."""

    seconds: float = 600
    rate: float = 50
    articles: int = 400
    room: float = 8

    @property
    def warm_up(self) -> float:
        return min(120.0, WARM_UP * self.seconds)


def soak(archive: Archive, plan: Plan) -> Outcome:
    """Serve, ask, change and watch; stopped, and the index equal to the database, when this returns."""
    soaking = Soaking(archive, plan)
    soaking.begin()
    phases = [soaking.phase(0, plan.warm_up)]
    before = soaking.settled()
    phases.append(soaking.phase(1, plan.seconds - plan.warm_up))
    after = soaking.settled()
    archive.server.terminate()
    assert archive.server.wait(30) == 0
    changes = {deed: [delay for _asked, told in phases for delay in told[deed]] for deed in ("published", "withdrawn")}
    lives = list(soaking.watch.lives.values())
    asked = [asked for asked, _told in phases]
    return Outcome(asked, changes, soaking.taken_in, lives, (before, after), plan.warm_up, plan.seconds, plan.room)


class Soaking:
    def __init__(self, archive: Archive, plan: Plan) -> None:
        self.archive = archive
        self.plan = plan
        self.folder = archive.folder / "soak"
        self.taken_in = 0

    def begin(self) -> None:
        """Make articles and the pages to be taken in, and serve."""
        archive = self.archive
        if self.plan.articles:
            archive.tell("publish", self.plan.articles, MADE)
            archive.run("manage.py", "sync_index")
        self.folder.mkdir()
        pages = PAGES * (2 + int(self.plan.seconds / IMPORTS))
        archive.tell("save_pages", str(self.folder / "waiting"), pages, TAKEN_IN)
        archive.run("-m", "tests.soak.pages", str(self.folder / "addresses.json"))
        # All readers have one address here.
        archive.more = {"DIWAN_WORKERS": "2", "DIWAN_HEAVY_PER_MINUTE": "0", "DIWAN_HEAVY_AT_ONCE": "8"}
        archive.serve("manage.py", "serve")
        archive.until(archive.is_ready, "the archive is ready")
        self.watch = Watch(archive.server.pid)

    def phase(self, turn: int, seconds: float) -> tuple[dict[str, Any], dict[str, list[float]]]:
        """Ask and change for so long; give what the asking and the changing process tell."""
        answers, changes = (self.folder / f"{what}-{turn}.json" for what in ("answers", "changes"))
        limits = (self.archive.bind, str(seconds))
        addresses = self.folder / "addresses.json"
        asking = self._start("tests.soak.asking", *limits, str(self.plan.rate), str(addresses), str(answers))
        changing = self._start("tests.soak.changing", *limits, str(turn), str(changes))
        importing = self._look_and_import(seconds)
        for process in (asking, changing, *importing):
            assert process.wait(90) == 0, self.archive.log.read_text("utf-8")[-3000:]
        return json.loads(answers.read_text("utf-8")), json.loads(changes.read_text("utf-8"))

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        return self.archive.start("-m", module, *arguments)

    def _look_and_import(self, seconds: float) -> list[subprocess.Popen[bytes]]:
        """Look at the processes for so long; at the beginning and every now and then have pages taken in."""
        begun: list[subprocess.Popen[bytes]] = []
        starts = time.monotonic()
        while (passed := time.monotonic() - starts) < seconds:
            self.watch.look()
            if passed >= IMPORTS * len(begun):
                begun.append(self._import())
            time.sleep(self.plan.seconds / LOOKS)
        return begun

    def _import(self) -> subprocess.Popen[bytes]:
        waiting = sorted((self.folder / "waiting").iterdir())[self.taken_in : self.taken_in + PAGES]
        self.taken_in += len(waiting)
        return self.archive.start("manage.py", "import_articles", *map(str, waiting), "--publish")

    def settled(self) -> dict[str, list[str]]:
        """The descriptors when everything is applied, every worker has seen the last commit, and nobody asks.

        What finds nothing is also looked for in other spellings, of the last commit, too.
        """
        self.archive.until(self.archive.is_ready, "all changes are applied")
        for number in range(SETTLING):
            assert self.archive.status(f"/search/?q=nothing{number}") == 200
        time.sleep(1)
        self.watch.look()
        return self.watch.descriptors()
