"""Stock Haystack with its stock Whoosh backend: the index of its manual, in batches as its command makes them.

The text that it indexes is the folded words, so that it finds what the others find; its analyzer, its schema, its
writer and its searches are as shipped. Articles come ready from memory: there is no database in its rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.engines import Found, links
from benchmarks.engines.whoosh_engine import as_shipped
from benchmarks.queries import Query
from benchmarks.work import FACETS, TOP, Work, set_up

BATCH = 1000  # of its command, as delivered
IN_BATCHES = 5000  # articles; each batch searches and merges all that was written before
MANY = ("country", "official", "body")


class Haystack:
    def __init__(self, work: Work) -> None:
        set_up(work.state)

    def version(self) -> str:
        from importlib.metadata import version

        return f"django-haystack {version('django-haystack')} on Whoosh {version('Whoosh')}"

    def build(self, articles: Iterable[dict[str, Any]], folder: Path) -> None:
        backend, index = connect(folder)
        as_shipped()
        backend.setup()
        rows = list(_models(articles))
        step = BATCH if len(rows) <= IN_BATCHES else len(rows)
        for start in range(0, len(rows), step):
            backend.update(index, rows[start : start + step])

    def open(self, folder: Path) -> None:
        connect(folder)
        as_shipped()

    def ask(self, query: Query) -> Found:
        from haystack.query import SearchQuerySet

        found = SearchQuerySet().using("stock")
        found = found.order_by("-dated") if query.is_browsing else found.raw_search(_text(query))
        for facet in FACETS:
            found = found.facet(facet)
        for facet, values in query.facets.items():
            found = found.narrow(" OR ".join(f'{facet}_exact:"{value}"' for value in values))
        if query.days:
            low, high = (day.replace("-", "") for day in query.days)
            found = found.narrow(f"dated:[{low} TO {high}235959]")
        best = [result.identifier for result in found[:TOP]]
        fields = (found.facet_counts() or {}).get("fields", {})
        counts = {facet: dict(_shown(fields.get(facet, []))[:TOP]) for facet in FACETS}
        return Found(len(found), best, counts)

    def close(self) -> None:
        pass


def _shown(values: list[tuple[str | None, int]]) -> list[tuple[str, int]]:
    return sorted(((value, count) for value, count in values if value), key=lambda item: -item[1])


def _text(query: Query) -> str:
    """A question in the language of Whoosh's parser, which Haystack hands on."""
    parts = list(query.all)
    parts += [f"({' OR '.join(query.any)})"] if query.any else []
    phrase = f'"{" ".join(query.phrase)}"'
    facet, value = links(query)
    parts += [f'({phrase} OR {facet}_exact:"{value}")' if query.record else phrase] if query.phrase else []
    parts += [f"{query.prefix}*"] if query.prefix else []
    return " AND ".join(parts)


def connect(folder: Path) -> tuple[Any, Any]:
    """Haystack's connection `stock` to the index in a folder, and the definition of the index."""
    from haystack import connections, indexes

    from archive.articles.models import Article

    class StockIndex(indexes.SearchIndex, indexes.Indexable):
        text_norm = indexes.CharField(document=True)  # the name that our settings give the document
        identifier = indexes.CharField(model_attr="identifier")
        dated = indexes.DateTimeField(null=True)
        year = indexes.CharField(faceted=True)
        lang = indexes.CharField(faceted=True)
        source = indexes.CharField(faceted=True)
        country = indexes.MultiValueField(faceted=True)
        official = indexes.MultiValueField(faceted=True)
        body = indexes.MultiValueField(faceted=True)

        def get_model(self) -> type[Article]:
            return Article

        def prepare(self, article: Any) -> dict[str, Any]:
            self.prepared_data = super().prepare(article) | article.measured
            return self.prepared_data

    whoosh = "haystack.backends.whoosh_backend.WhooshEngine"
    connections.connections_info["stock"] = {"ENGINE": whoosh, "PATH": str(folder), "SILENTLY_FAIL": False}
    engine, index = connections["stock"], StockIndex()
    engine.get_unified_index().build([index])
    return engine.get_backend(), index


def _models(articles: Iterable[dict[str, Any]]) -> Iterator[Any]:
    from archive.articles.models import Article

    for number, held in enumerate(articles, 1):
        article = Article(pk=number, identifier=held["identifier"])
        facets = {facet: values if facet in MANY else "".join(values) for facet, values in held["facets"].items()}
        dated = datetime.fromordinal(held["day"]) if held["day"] else None
        words = held["words"].replace("|", " ")
        article.measured = {"text_norm": words, "dated": dated, **facets}
        yield article


def make(work: Work) -> Haystack:
    return Haystack(work)
