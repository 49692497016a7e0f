"""What a cluster of three nodes goes through: a node killed, one frozen, all killed. `make long` runs it.

Nothing that was acknowledged is lost, nobody is shown a part of an answer as the whole, and when nobody can answer this
is said soon: the time limit of a question is that of the settings.
"""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine.opensearch.backend import DiwanOpenSearchBackend
from search.engine.opensearch.client import FAILURES, OpenSearchClient
from search.engine.protocol import EngineAway, Question, SearchUnavailable
from search.tree import Word
from tests.cluster.nodes import SearchNodes
from tests.unit.search.engine.contract import fill, found, rare, short

LIMIT = 2.5  # seconds of a question, as the settings have it


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchNodes]:
    nodes = SearchNodes.of(3, tmp_path_factory.mktemp("search-nodes"))
    nodes.start()
    yield nodes
    nodes.stop()


@pytest.fixture
def engine(three: SearchNodes, tmp_path: Path) -> DiwanOpenSearchBackend:
    """An index with copies on all three nodes, of a name of its own."""
    for node in three.nodes:
        if node.process and node.process.poll() is not None:
            node.start()
    three.wait("green")
    name, folder = f"t{abs(hash(tmp_path)):x}", str(tmp_path / "index")
    made = DiwanOpenSearchBackend("default", HOSTS=three.addresses, INDEX_NAME=name, PATH=folder, REPLICAS=2)
    fill(made, map(short, (1, 2, 3)))
    return made


def asked_until(engine: DiwanOpenSearchBackend, totals: list[int], failures: list[str], done: threading.Event) -> None:
    while not done.is_set():
        try:
            totals.append(engine.search(Question()).total)
        except SearchUnavailable as error:
            failures.append(error.reason)


def holder(three: SearchNodes, engine: DiwanOpenSearchBackend) -> int:
    """The node that has the first copy of the index."""
    (row,) = [
        shard
        for shards in three.nodes[0].ask(f"/{engine.used.index.name}/_search_shards")["shards"]
        for shard in shards
        if shard["primary"]
    ]
    names = three.nodes[0].ask("/_nodes/_all/name")["nodes"]
    return [node.name for node in three.nodes].index(names[row["node"]]["name"])


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_with_one_node_gone_every_question_is_answered_and_every_change_is_kept(
    three: SearchNodes, engine: DiwanOpenSearchBackend, how: signal.Signals
) -> None:
    totals, failures, done = [], [], threading.Event()
    asking = threading.Thread(target=asked_until, args=(engine, totals, failures, done))
    asking.start()
    gone = three.nodes[holder(three, engine)]
    gone.kill(how)
    try:
        for number in range(4, 10):
            with engine.writing() as writer:
                writer.apply([short(number)], [])
    finally:
        done.set()
        asking.join()
        if how == signal.SIGSTOP:
            gone.kill(signal.SIGCONT)
    assert failures == [] and totals == sorted(totals) and set(totals) <= set(range(3, 10))
    assert len(found(engine)) == 9


def test_with_all_nodes_gone_it_is_said_in_time_and_all_is_there_when_they_are_back(
    three: SearchNodes, engine: DiwanOpenSearchBackend
) -> None:
    with engine.writing() as writer:
        writer.apply([short(4)], ["0001"])
    for node in three.nodes:
        node.kill()
    began = time.monotonic()
    for _time in range(FAILURES):
        with pytest.raises(SearchUnavailable):
            engine.search(Question())
    assert time.monotonic() - began < FAILURES * (LIMIT + 0.5)
    before = time.thread_time(), time.monotonic()
    with pytest.raises(SearchUnavailable, match="a moment ago"):
        engine.search(Question())  # the breaker: nobody waits any more
    assert time.monotonic() - before[1] < LIMIT / 2
    with pytest.raises(EngineAway):
        engine.damage()  # what nobody can ask is not damaged
    assert engine.was_built()
    three.start()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            assert engine.damage() == ""
            break
        except EngineAway:
            time.sleep(0.2)
    assert found(engine) == {"0002", "0003", "0004"}


def test_an_answer_without_a_part_of_the_index_is_none(three: SearchNodes, engine: DiwanOpenSearchBackend) -> None:
    """A second shard that no node has: by itself OpenSearch answers 200 with what the first one holds."""
    index = engine.used.index
    lost = {"settings": {"index.routing.allocation.require.name": "nowhere", "number_of_replicas": 0}}
    three.nodes[0].ask(f"/{index.name}.lost?wait_for_active_shards=0", "PUT", lost)
    three.nodes[0].ask(
        "/_aliases", "POST", {"actions": [{"add": {"index": f"{index.name}.lost", "alias": index.name}}]}
    )
    partial = three.nodes[0].ask(f"/{index.name}/_search?allow_partial_search_results=true")
    assert partial["_shards"]["successful"] < partial["_shards"]["total"] and partial["hits"]["hits"]
    with pytest.raises(SearchUnavailable):
        engine.search(Question(Word(rare(1))))
    three.nodes[0].ask(f"/{index.name}.lost", "DELETE")
    assert engine.search(Question(Word(rare(1)))).total == 1


def test_a_late_writer_and_a_repeated_one_change_nothing_newer(engine: DiwanOpenSearchBackend) -> None:
    """Two writers, of which the first lost its lock without knowing: what it still writes comes too late."""
    from search.engine.opensearch.writing import OpenSearchWriter

    first, second = (OpenSearchWriter(engine.used.index, {}, 0, lambda: None) for _writer in range(2))
    first.apply([short(4)], [])
    second.apply([short(4, "جديد")], ["0001"])
    first._version -= 1
    first.apply([short(4), short(1)], ["0002"])
    assert found(engine, Word("جديد")) == {"0004"}
    assert found(engine) == {"0003", "0004"}


@pytest.fixture
def silent() -> Iterator[str]:
    """A host that takes every connection and never says anything."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_host_that_says_nothing_is_passed_over_in_time(three: SearchNodes, silent: str) -> None:
    client = OpenSearchClient([silent, three.addresses[0]], seconds=LIMIT)
    began = time.monotonic()
    assert client.ask("GET", "/")["version"] and client.ask("GET", "/")["version"]
    assert time.monotonic() - began < 2 * LIMIT
    alone = OpenSearchClient([silent], seconds=0.4)
    for _time in range(FAILURES):
        with pytest.raises(SearchUnavailable, match="does not answer"):
            alone.ask("GET", "/")
    with pytest.raises(SearchUnavailable, match="a moment ago"):
        alone.ask("GET", "/")
