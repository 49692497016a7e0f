"""Xapian by Debian's python3-xapian: facets in value slots, counted by match spies in C++.

A spy counts one value a document, so what a document has several of (countries, officials, bodies) stands in its slot
as one text; the spy counts the texts, and each is taken apart once, however many articles have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xapian

from benchmarks.engines import Found, links
from benchmarks.queries import Query
from benchmarks.work import FACETS, TOP, Work

DAY = 9
LONGEST = 240  # bytes of a term
ALL = 10**9


class Xapian:
    def version(self) -> str:
        return f"Xapian {xapian.version_string()}"

    def build(self, articles: Iterable[dict[str, Any]], folder: Path) -> None:
        raw = folder.with_name(f"{folder.name}.raw")
        database = xapian.WritableDatabase(str(raw), xapian.DB_CREATE_OR_OVERWRITE)
        for number, article in enumerate(articles, 1):
            database.add_document(_document(article))
            if number % 20_000 == 0:
                database.commit()
        database.commit()
        database.compact(str(folder))
        database.close()
        for path in sorted(raw.iterdir()):
            path.unlink()
        raw.rmdir()

    def open(self, folder: Path) -> None:
        self.database = xapian.Database(str(folder))

    def ask(self, query: Query) -> Found:
        enquire = xapian.Enquire(self.database)
        enquire.set_query(_query(query))
        if query.is_browsing:
            enquire.set_weighting_scheme(xapian.BoolWeight())
            enquire.set_sort_by_value(DAY, True)
        spies = [xapian.ValueCountMatchSpy(slot) for slot in range(len(FACETS))]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, TOP, self.database.get_doccount())
        best = [match.document.get_data().decode() for match in found]
        return Found(
            found.size() and found.get_matches_estimated(),
            best,
            {facet: _counts(spy) for facet, spy in zip(FACETS, spies, strict=True)},
        )

    def close(self) -> None:
        self.database.close()


def _document(article: dict[str, Any]) -> Any:
    document = xapian.Document()
    document.set_data(article["identifier"])
    for position, place in enumerate(article["words"].split(" ")):
        for word in place.split("|"):
            if word and len(word.encode()) <= LONGEST:
                document.add_posting(word, position)
    document.add_value(DAY, xapian.sortable_serialise(article["day"]))
    for slot, facet in enumerate(FACETS):
        for value in article["facets"][facet]:
            document.add_boolean_term(_link(facet, value))
        document.add_value(slot, " ".join(article["facets"][facet]))
    return document


def _link(facet: str, value: str) -> str:
    return f"X{facet.upper()}:{value}"


def _query(query: Query) -> Any:
    parts = [xapian.Query(word) for word in query.all]
    if query.any:
        parts.append(xapian.Query(xapian.Query.OP_OR, [xapian.Query(word) for word in query.any]))
    if query.phrase:
        phrase = xapian.Query(xapian.Query.OP_PHRASE, list(query.phrase), len(query.phrase))
        if len(query.phrase) == 1:
            phrase = xapian.Query(query.phrase[0])
        if query.record:
            link = xapian.Query(xapian.Query.OP_SCALE_WEIGHT, xapian.Query(_link(*links(query))), 0.0)
            phrase = xapian.Query(xapian.Query.OP_OR, link, phrase)
        parts.append(phrase)
    if query.prefix:
        parts.append(xapian.Query(xapian.Query.OP_WILDCARD, query.prefix, 0, xapian.Query.WILDCARD_LIMIT_ERROR))
    made = xapian.Query(xapian.Query.OP_AND, parts) if parts else xapian.Query.MatchAll
    for facet, values in query.facets.items():
        chosen = xapian.Query(xapian.Query.OP_OR, [xapian.Query(_link(facet, value)) for value in values])
        made = xapian.Query(xapian.Query.OP_FILTER, made, chosen)
    if query.ordinals:
        low, high = map(xapian.sortable_serialise, query.ordinals)
        days = xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, low, high)
        made = xapian.Query(xapian.Query.OP_FILTER, made, days)
    return made


def _counts(spy: Any) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for item in spy.values():
        for value in item.term.decode().split():
            counts[value] += item.termfreq
    return dict(counts.most_common(TOP))


def make(_work: Work) -> Xapian:
    return Xapian()
