"""The engine on Whoosh keeps the contract of engines, and Haystack's own calls lead to the same index."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from whoosh.analysis import Analyzer
from whoosh.fields import Schema

from search.engine.protocol import Engine, SearchUnavailable
from search.engine.whoosh.backend import DiwanWhooshBackend
from tests.unit.search.engine.contract import EngineContract, fill, found, short


class TestWhoosh(EngineContract):
    @classmethod
    def new_engine(cls, folder: Path) -> Engine:
        return DiwanWhooshBackend("default", PATH=str(folder))

    def damage(self, folder: Path) -> None:
        for segment in folder.glob("current/*.seg"):
            segment.write_bytes(segment.read_bytes()[:100])

    def test_a_file_that_breaks_under_an_open_index_is_no_answer(self, engine: Engine, tmp_path: Path) -> None:
        self.damage(tmp_path / "index")
        with pytest.raises(SearchUnavailable):
            engine.words().has("خبر")

    def test_an_index_whose_schema_names_classes_that_have_moved_is_answered_from_and_written_to(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As that of an earlier release does, which pickled its analyzers by the module that they were in."""
        moved = ModuleType("search.elsewhere.schema")
        moved.MovedAnalyzer = type("MovedAnalyzer", (Analyzer,), {"__module__": moved.__name__})  # type: ignore[attr-defined]
        present = DiwanWhooshBackend.schema

        def earlier(backend: DiwanWhooshBackend) -> Schema:
            schema = present(backend)
            schema["text_norm"].analyzer = moved.MovedAnalyzer()  # type: ignore[attr-defined]
            return schema

        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, moved.__name__, moved)
            patch.setattr(DiwanWhooshBackend, "schema", earlier)
            fill(self.new_engine(tmp_path / "index"), map(short, (1, 2)))
        (contents,) = tmp_path.glob("index/current/_MAIN_1.toc")
        assert b"MovedAnalyzer" in contents.read_bytes()
        engine = self.new_engine(tmp_path / "index")
        assert found(engine) == {"0001", "0002"} and engine.damage() == ""
        with engine.writing() as writer:
            writer.apply([short(3)], ["0001"])
        assert found(engine) == {"0002", "0003"}

    def test_haystack_removes_a_document_by_its_own_name_and_clears_the_index(self, tmp_path: Path) -> None:
        backend = DiwanWhooshBackend("default", PATH=str(tmp_path / "index"))
        fill(backend, map(short, (1, 2, 3)))
        backend.remove("articles.article.2")
        assert found(backend) == {"0001", "0003"}
        backend.clear()
        assert found(backend) == set()
