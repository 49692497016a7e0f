"""R11 and R12 from outside: a served archive whose cluster takes ages for an answer, or gives none."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import urllib3

from search.engine.protocol import EngineAway, Question
from search.indexing.indexes import READERS
from search.indexing.writer import ensure_index, rebuild
from tests.cluster.nodes import SearchNodes
from tests.cluster.slow_line import SlowLine
from tests.cluster.test_opensearch_contract import engine_of
from tests.cluster.test_opensearch_site import use
from tests.faults.archive import Archive
from tests.unit.search.engine.contract import fill, found, short

SLOW = 30.0  # seconds: ten are told apart from the limit of 2.5 on a quiet machine alone
AT_ONCE = 12  # readers, of whom eight have a thread


@pytest.fixture(scope="module")
def line(one_node: SearchNodes) -> Iterator[SlowLine]:
    with SlowLine(one_node.addresses[0]) as line:
        yield line


@pytest.fixture(scope="module")
def archive(line: SlowLine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with a writer and one worker of eight threads, served from the cluster behind the line."""
    archive = Archive(tmp_path_factory.mktemp("slow") / "archive")
    archive.always = {
        "DIWAN_SEARCH": f"{line.address.replace('http:', 'opensearch:')}/r12",
        "DIWAN_SEARCH_REPLICAS": "0",
    }
    archive.more = {"DIWAN_PAGES_KEPT": "0"}
    archive.folder.mkdir()
    archive.run("manage.py", "prepare", timeout=600)
    archive.serve()
    yield archive
    archive.stop_all()


class Told(NamedTuple):
    status: int
    retry: str
    seconds: float


def asked(archive: Archive, path: str) -> Told:
    began = time.monotonic()
    answer = urllib3.request("GET", f"http://{archive.bind}{path}", timeout=2 * SLOW, retries=False)
    return Told(answer.status, answer.headers.get("Retry-After", ""), time.monotonic() - began)


def at_once(archive: Archive, paths: list[str]) -> list[Told]:
    told: list[Told] = []
    threads = [threading.Thread(target=lambda path=path: told.append(asked(archive, path))) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_r12_with_an_engine_that_takes_ages_readers_are_told_and_all_else_is_served(
    archive: Archive, line: SlowLine
) -> None:
    assert asked(archive, "/search/?q=قطر").status == 200
    line.slow_down(SLOW)
    began = time.monotonic()
    searches = at_once(archive, [f"/search/?q=قطر {number}" for number in range(AT_ONCE)])
    print(f"{AT_ONCE} readers at once, the slowest told after {max(one.seconds for one in searches):.2f} s")
    assert {(one.status, bool(one.retry)) for one in searches} == {(503, True)}
    assert time.monotonic() - began < SLOW, "nobody waited for the engine"
    others = at_once(archive, ["/search/?q=خلفوف", "/search/?q=مشاورات", "/dates/gregorian/", "/healthz"])
    assert sorted(one.status for one in others) == [200, 200, 503, 503]
    assert archive.readiness()[0] == 503, "whoever watches is told"
    line.hurry()
    archive.until(lambda: asked(archive, "/search/?q=قطر").status == 200, "it answers again without a hand")
    assert "Traceback" not in archive.log.read_text("utf-8", "replace")


def test_r11_what_is_published_is_found_soon_and_what_waits_while_the_cluster_is_away_comes_later(
    archive: Archive, line: SlowLine
) -> None:
    archive.start_writer()
    archive.until(archive.is_ready, "the writer is at work")
    before = archive.readiness()[1]["indexed"]
    archive.tell("publish", 3, 500)
    began = time.monotonic()
    archive.until(lambda: archive.readiness()[1].get("indexed") == before + 3, "it is seen")
    print(f"seen {time.monotonic() - began:.2f} s after the process that published it ended")
    line.slow_down(SLOW)
    archive.tell("withdraw", 2)
    archive.until(lambda: archive.readiness()[0] == 503, "the cluster is away")
    line.hurry()
    archive.until(archive.is_ready, "what waited is applied")
    archive.until_equal()
    archive.invariants()
    assert "built anew" not in archive.log.read_text("utf-8", "replace"), "an index nobody could ask is not damaged"


def test_r12_an_index_that_two_questions_did_not_reach_is_neither_condemned_nor_built_anew(
    line: SlowLine, five: dict[str, object], one_node: SearchNodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, one_node.addresses)
    rebuild(READERS)
    before = READERS.engine().generation()
    use(monkeypatch, (line.address,), SECONDS=5.0)
    line.silent = 2
    for thoroughly in (False, True):
        with pytest.raises(EngineAway):
            ensure_index(READERS, thoroughly=thoroughly)
    assert not ensure_index(READERS) and READERS.engine().generation() == before


def test_r12_the_first_answer_after_a_slow_one_is_that_of_its_own_question(
    line: SlowLine, one_node: SearchNodes, tmp_path: Path
) -> None:
    """A connection on which an answer was given up is not used again, so that no answer is taken for another's."""
    made = engine_of(one_node, tmp_path / "index", HOSTS=(line.address,), SECONDS=4.0)
    wide = engine_of(one_node, tmp_path / "index")
    fill(wide, map(short, (1, 2, 3)))
    line.slow_down(SLOW)
    with pytest.raises(EngineAway):
        made.search(Question(size=1))
    line.hurry()
    time.sleep(0)
    assert found(made) == {"0001", "0002", "0003"}
