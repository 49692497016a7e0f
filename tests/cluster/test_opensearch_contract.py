"""The engine on OpenSearch keeps the contract of engines, on a real node."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, ClassVar

import pytest

from search.engine.opensearch.backend import DiwanOpenSearchBackend
from search.engine.protocol import Engine
from tests.cluster.nodes import SearchNodes
from tests.unit.search.engine.contract import EngineContract, fill, found, short


def engine_of(nodes: SearchNodes, folder: Path, begins: str = "t", **more: Any) -> DiwanOpenSearchBackend:
    """The engine whose index a folder names, at the nodes or where `more` says."""
    name = f"{begins}{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    usual = {"HOSTS": nodes.addresses, "INDEX_NAME": name, "PATH": str(folder), "SECONDS": 20.0}
    return DiwanOpenSearchBackend("default", **{**usual, **more})


class ClusterContract(EngineContract):
    """What every cluster must pass: of `nodes`, whose engines have these options."""

    nodes: ClassVar[SearchNodes]
    options: ClassVar[dict[str, Any]] = {}

    @classmethod
    def new_engine(cls, folder: Path) -> Engine:
        return engine_of(cls.nodes, folder, **cls.options)

    def damage(self, folder: Path) -> None:
        place = engine_of(self.nodes, folder, **self.options).used.index.state().place
        self.nodes.nodes[0].ask(f"/{place}", "DELETE")


class TestOpenSearch(ClusterContract):
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _nodes(cls, one_node: SearchNodes) -> None:
        cls.nodes = one_node

    def test_haystack_removes_a_document_by_its_own_name_and_clears_the_index(self, tmp_path: Path) -> None:
        backend = engine_of(self.nodes, tmp_path / "index")
        fill(backend, map(short, (1, 2, 3)))
        backend.remove("articles.article.2")
        assert found(backend) == {"0001", "0003"}
        backend.clear()
        assert found(backend) == set()
