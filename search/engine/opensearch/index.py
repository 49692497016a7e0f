"""One index of a cluster by its name, which is an alias: its present state, and questions that tell the state they saw.

    diwan -> diwan.20261121t101500-3f2a     the index that is served
    condemned-diwan -> …                    one that is served no more
    _component_template/diwan               says that an index was ever built

A state is known by the index behind the alias, how many articles it holds and the highest number of a change that is
still in one of them. Of two states of an index with the same highest number, one was made of the other by taking
articles out; so equal numbers and counts are the same articles, and every change makes another generation.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from search.engine.opensearch.client import OpenSearchClient, OpenSearchRefusal
from search.engine.protocol import SearchUnavailable

logger = logging.getLogger("search")
STATE: Final = {"in": {"terms": {"field": "_index", "size": 2}}, "last": {"max": {"field": "_seq_no"}}}
PAGE: Final = 5_000  # documents or buckets of one answer
HEAVY: Final = 8  # times the limit of an ordinary question


class SeenState(NamedTuple):
    """A state of the index: its own name, how many articles it holds, and its last change that can be seen."""

    place: str
    articles: int
    last: int

    @property
    def generation(self) -> str:
        return f"{self.place}.{self.articles}.{self.last}"


@dataclass(frozen=True, slots=True)
class StatedAnswer:
    """What the cluster answers, and the state that it answers from."""

    state: SeenState
    told: Mapping[str, Any]

    @property
    def hits(self) -> list[dict[str, Any]]:
        return list(self.told["hits"]["hits"])

    @property
    def aggregations(self) -> Mapping[str, Any]:
        return dict(self.told.get("aggregations", {}))


@contextmanager
def understood() -> Iterator[None]:
    """Have a refusal of the cluster be SearchUnavailable."""
    try:
        yield
    except OpenSearchRefusal as error:
        logger.error("the search cluster refuses: %s", error)
        raise SearchUnavailable(f"the search cluster refuses: {error.kind or error.status}") from error


class OpenSearchIndex:
    """Safe for threads. `made_by` gives the fingerprint of this code."""

    def __init__(self, client: OpenSearchClient, name: str, made_by: Callable[[], Mapping[str, str]]) -> None:
        self.client = client
        self.name = name
        self.made_by = made_by
        self._trusted: set[str] = set()

    @property
    def condemned(self) -> str:
        return f"condemned-{self.name}"

    @property
    def template(self) -> str:
        return f"/_component_template/{self.name}"

    def state(self) -> SeenState:
        """The present state; SearchUnavailable where it is not to be served."""
        return self.search({"size": 0}).state

    def search(self, body: Mapping[str, Any], options: str = "", *, heavy: bool = False) -> StatedAnswer:
        """Ask the served index; OpenSearchRefusal for what it does not understand."""
        aggregations = {**body.get("aggs", {}), "state": {"global": {}, "aggs": STATE}}
        asked = {"_source": False, "track_total_hits": False, **body, "aggs": aggregations}
        try:
            seconds = self.client.seconds * (HEAVY if heavy else 1)
            told = self.client.search(self.name, asked, options, seconds=seconds)
        except OpenSearchRefusal as error:
            if error.status == 404:
                raise SearchUnavailable(self._why_missing()) from error
            raise
        return StatedAnswer(self._seen(told["aggregations"]["state"]), told)

    def walk(self, body: Mapping[str, Any], field: str = "arrival") -> Iterator[tuple[SeenState, dict[str, Any]]]:
        """All hits of a question, in the rising order of a field whose values are different, of one state."""
        after: list[int] = []
        seen: SeenState | None = None
        while True:
            placed = {"search_after": after} if after else {}
            answer = self.search({**body, "size": PAGE, "sort": [{field: "asc"}], **placed}, heavy=True)
            seen = same_state(seen, answer.state)
            yield from ((answer.state, hit) for hit in answer.hits)
            if len(answer.hits) < PAGE:
                return
            after = answer.hits[-1]["sort"]

    def buckets(self, query: Mapping[str, Any], field: str, more: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Every value of a field in the articles of a query, with its count and what `more` asks of them."""
        after: dict[str, Any] = {}
        seen: SeenState | None = None
        while True:
            placed = {"after": after} if after else {}
            every = {"composite": {"size": PAGE, "sources": [{"value": {"terms": {"field": field}}}], **placed}}
            asked = {"size": 0, "query": query, "aggs": {"every": {**every, "aggs": dict(more)}}}
            answer = self.search(asked, heavy=True)
            seen = same_state(seen, answer.state)
            found = answer.aggregations["every"]
            yield from found["buckets"]
            if len(found["buckets"]) < PAGE:
                return
            after = found["after_key"]

    def places(self, name: str) -> list[str]:
        """The indexes of an alias or a pattern, none where there is none."""
        try:
            return sorted(self.client.ask("GET", f"/{name}/_alias?ignore_unavailable=true&allow_no_indices=true"))
        except OpenSearchRefusal as error:
            if error.status == 404:
                return []
            raise

    def meta(self, place: str) -> dict[str, Any]:
        """What an index says of itself."""
        with understood():
            return dict(self.client.ask("GET", f"/{place}/_mapping")[place]["mappings"].get("_meta", {}))

    def own(self, place: str) -> bool:
        """Whether this code made the index."""
        return bool(self.meta(place).get("fingerprint") == dict(self.made_by()))

    def was_built(self) -> bool:
        try:
            self.client.ask("GET", self.template)
        except OpenSearchRefusal as error:
            return error.status != 404
        return True

    def _seen(self, told: Mapping[str, Any]) -> SeenState:
        """The state that an answer tells, of an index that is to be trusted."""
        buckets = told["in"]["buckets"]
        if buckets:
            state = SeenState(buckets[0]["key"], int(told["doc_count"]), int(told["last"]["value"]))
        else:  # an empty index does not say which it is
            with understood():
                places = self.places(self.name)
            if not places:
                raise SearchUnavailable(self._why_missing())
            state = SeenState(places[0], 0, -1)
        if state.place not in self._trusted:
            if not self.own(state.place):
                raise SearchUnavailable("the index was made by another version; the index writer builds it anew")
            self._trusted.add(state.place)
        return state

    def _why_missing(self) -> str:
        with understood():
            for place in self.places(self.condemned):
                return f"the index is being built anew: {self.meta(place).get('condemned', 'damaged')}"
        return "there is no index; run `manage.py rebuild_index`"


def same_state(seen: SeenState | None, now: SeenState) -> SeenState:
    """The state that all pages of one answer are of; SearchUnavailable where a change came between them."""
    if seen is not None and seen != now:
        raise SearchUnavailable("the index changed while it was read; ask again")
    return now
