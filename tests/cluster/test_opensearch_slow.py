"""R11, R12: a cluster that takes ages for an answer, or gives none; and an archive that is served from it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from search.engine.protocol import EngineAway, Question
from search.indexing.indexes import READERS
from search.indexing.writer import ensure_index, rebuild
from tests.cluster.nodes import SearchNodes
from tests.cluster.slow_line import SlowLine
from tests.cluster.test_opensearch_contract import engine_of
from tests.cluster.test_opensearch_site import use
from tests.faults.archive import Archive
from tests.unit.search.engine.contract import fill, found, short

SLOW = 30.0  # seconds
AT_ONCE = 12  # readers, of whom eight have a thread


@pytest.fixture(scope="module")
def line(one_node: SearchNodes) -> Iterator[SlowLine]:
    with SlowLine(one_node.addresses[0]) as line:
        yield line


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
    assert found(made) == {"0001", "0002", "0003"}


@pytest.fixture(scope="module")
def archive(line: SlowLine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with a worker of eight threads and a writer, served from the cluster behind the line.

    It is set up with time enough for a busy machine; then a question has the usual 2.5 seconds.
    """
    archive = Archive(tmp_path_factory.mktemp("slow") / "archive")
    archive.folder.mkdir(mode=0o700)
    archive.always = {
        "DIWAN_SEARCH": f"{line.address.replace('http:', 'opensearch:')}/slow",
        "DIWAN_SEARCH_REPLICAS": "0",
        "DIWAN_SEARCH_MS": "20000",
    }
    archive.run("manage.py", "prepare", timeout=600)
    archive.always["DIWAN_SEARCH_MS"] = "2500"
    archive.more = {"DIWAN_PAGES_KEPT": "0"}
    archive.serve()
    yield archive
    archive.stop_all()


class Told(NamedTuple):
    status: int
    says_when: bool
    seconds: float


def asked(archive: Archive, path: str) -> Told:
    began = time.monotonic()
    status, _body, headers = archive.get(path, patience=2 * SLOW)
    return Told(status, "Retry-After" in headers, time.monotonic() - began)


def at_once(archive: Archive, paths: list[str]) -> list[Told]:
    with ThreadPoolExecutor(len(paths)) as readers:
        return list(readers.map(lambda path: asked(archive, path), paths))


def test_r12_while_the_cluster_takes_ages_readers_are_told_and_all_else_is_served(
    archive: Archive, line: SlowLine
) -> None:
    archive.until(lambda: archive.status("/search/?q=قطر") == 200, "a search is answered")
    with line.slow(SLOW):
        searches = at_once(archive, [f"/search/?q=قطر {number}" for number in range(AT_ONCE)])
        print(f"{AT_ONCE} readers at once, the last one told after {max(one.seconds for one in searches):.2f} s")
        assert {(one.status, one.says_when) for one in searches} == {(503, True)}, searches
        assert all(one.seconds < SLOW for one in searches), "nobody waits for the cluster"
        others = at_once(archive, ["/search/?q=خلفوف", "/search/?q=مشاورات", "/officials/", "/healthz"])
        assert [one.status for one in others] == [503, 503, 200, 200]
        assert archive.readiness()[0] == 503, "whoever watches is told"
    archive.until(lambda: archive.status("/search/?q=قطر") == 200, "it answers again without a hand")
    assert "Traceback" not in archive.log.read_text("utf-8", "replace")


def test_r11_what_changes_while_the_cluster_is_away_is_found_when_it_answers_again(
    archive: Archive, line: SlowLine
) -> None:
    archive.start_writer()
    archive.until(archive.is_ready, "the writer is at work")
    before = archive.readiness()[1]["indexed"]
    archive.tell("publish", 3, 500)
    archive.until(lambda: archive.readiness()[1].get("indexed") == before + 3, "it is found")
    with line.slow(SLOW):
        archive.tell("withdraw", 2)
        archive.until(lambda: archive.readiness()[0] == 503, "the cluster is away")
    archive.until(archive.is_ready, "what waited is applied")
    archive.until_equal()
    assert archive.readiness()[1]["indexed"] == before + 1
    assert "built anew" not in archive.log.read_text("utf-8", "replace"), "an index nobody could ask is not damaged"
