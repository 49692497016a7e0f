"""R12: a cluster that takes ages for an answer, or gives none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine.protocol import EngineAway, Question
from search.indexing.indexes import READERS
from search.indexing.writer import ensure_index, rebuild
from tests.cluster.nodes import SearchNodes
from tests.cluster.slow_line import SlowLine
from tests.cluster.test_opensearch_contract import engine_of
from tests.cluster.test_opensearch_site import use
from tests.unit.search.engine.contract import fill, found, short

SLOW = 30.0  # seconds


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
