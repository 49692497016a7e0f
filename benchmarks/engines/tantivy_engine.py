"""Tantivy by its Python package: facets as fast fields, counted by aggregations, one segment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur
from tantivy import Query as Made

from benchmarks.engines import Found, links
from benchmarks.queries import Query
from benchmarks.work import FACETS, TOP, Work

HEAP = 256 * 2**20
ALL_VALUES = 65_000  # of a facet in a segment, so that counts are exact


class Tantivy:
    def version(self) -> str:
        return f"Tantivy {version('tantivy')} (PyPI)"

    def _schema(self) -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("identifier", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("words", tokenizer_name="whitespace", index_option="position")
        builder.add_integer_field("day", indexed=True, fast=True)
        for facet in FACETS:
            builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        return builder.build()

    def build(self, articles: Iterable[dict[str, Any]], folder: Path) -> None:
        index = tantivy.Index(self._schema(), path=str(folder))
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for article in articles:
            document = tantivy.Document(identifier=article["identifier"], day=article["day"])
            document.add_text("words", article["words"].replace("|", " "))
            for facet, values in article["facets"].items():
                for value in values:
                    document.add_text(facet, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self.index = tantivy.Index.open(str(folder))
        self.schema = self.index.schema
        self.index.reload()
        self.searcher = self.index.searcher()
        self.facets = {f: {"terms": {"field": f, "size": TOP, "segment_size": ALL_VALUES}} for f in FACETS}

    def ask(self, query: Query) -> Found:
        made = self._query(query)
        order = {"order_by_field": "day"} if query.is_browsing else {}
        found = self.searcher.search(made, limit=TOP, count=True, **order)
        best = [self.searcher.doc(address)["identifier"][0] for _score, address in found.hits]
        told = self.searcher.aggregate(made, self.facets)
        counts = {f: {row["key"]: row["doc_count"] for row in told[f]["buckets"]} for f in FACETS}
        return Found(found.count, best, counts)

    def _query(self, query: Query) -> Any:
        parts = [(Occur.Must, self._word(word)) for word in query.all]
        if query.any:
            parts.append((Occur.Must, _any([self._word(word) for word in query.any])))
        if query.phrase:
            parts.append((Occur.Must, self._name(query) if query.record else self._phrase(query.phrase)))
        if query.prefix:
            parts.append((Occur.Must, Made.regex_query(self.schema, "words", f"{re.escape(query.prefix)}.*")))
        for facet, values in query.facets.items():
            held = [self._value(facet, value) for value in values]
            parts.append((Occur.Must, Made.const_score_query(_any(held), 0.0)))
        if query.ordinals:
            day = Made.range_query(self.schema, "day", tantivy.FieldType.Integer, *query.ordinals)
            parts.append((Occur.Must, Made.const_score_query(day, 0.0)))
        return Made.boolean_query(parts) if parts else Made.all_query()

    def _word(self, word: str) -> Any:
        return Made.term_query(self.schema, "words", word, index_option="freq")

    def _value(self, facet: str, value: str) -> Any:
        return Made.term_query(self.schema, facet, value, index_option="basic")

    def _phrase(self, words: tuple[str, ...]) -> Any:
        return Made.phrase_query(self.schema, "words", list(words)) if len(words) > 1 else self._word(words[0])

    def _name(self, query: Query) -> Any:
        return _any([self._value(*links(query)), self._phrase(query.phrase)])

    def close(self) -> None:
        pass


def _any(parts: list[Any]) -> Any:
    return Made.boolean_query([(Occur.Should, part) for part in parts]) if len(parts) > 1 else parts[0]


def make(_work: Work) -> Tantivy:
    return Tantivy()
