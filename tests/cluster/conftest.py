"""One node for all tests that need no more; those that kill nodes start a cluster of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.nodes import SearchNodes


@pytest.fixture(scope="session")
def one_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchNodes]:
    nodes = SearchNodes.of(1, tmp_path_factory.mktemp("search-node"))
    nodes.start()
    yield nodes
    nodes.stop()
