"""The writing half of the engine: batches of changes in the served index, or a new index beside it.

Every document has a version that rises with the writers, one after the other, and with what each of them does. So what
comes late, comes twice or comes from a writer that lost its lock without knowing never replaces what is newer.
"""

from __future__ import annotations

import datetime
import logging
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any, Final, Self

from django.conf import settings

from search.analysis.spellings import Spellings
from search.documents.entries import IndexEntry, batches
from search.documents.vocabulary import Vocabulary
from search.engine.opensearch.client import OpenSearchRefusal, lines
from search.engine.opensearch.documents import DocumentMaker, bulk, versioned
from search.engine.opensearch.index import OpenSearchIndex, understood
from search.engine.protocol import Build, BuildPart, IndexWriter, SearchUnavailable

logger = logging.getLogger("search.writer")
FIRST: Final = 1  # version of what a build writes
WRITING: Final = 60.0  # seconds that a batch may take
SPREADING: Final = 600.0  # seconds that copying a new index to other machines may take
AT_ONCE: Final = 500  # identifiers of one request
_SUPERSEDED, _GONE = 409, 404


class OpenSearchBuild(Build):
    """A new index, which no name leads to yet, and how many articles its finished parts say they wrote."""

    def __init__(self, place: str) -> None:
        self._place = place
        self.articles = 0

    @property
    def place(self) -> str:
        return self._place

    def take(self, part: Any) -> None:
        self.articles += int(part)


class OpenSearchPart(BuildPart):
    """What one process writes into an index that is being built."""

    def __init__(self, index: OpenSearchIndex, place: str) -> None:
        self.index = index
        self.place = place
        self.kept = Spellings(settings.SPELLINGS_DIR)
        self.maker = DocumentMaker(Vocabulary(self.kept))
        self.articles = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        self.kept.close()

    def add(self, entries: Sequence[IndexEntry]) -> None:
        send(self.index, self.place, bulk(entries, self.maker.documents(entries, FIRST), FIRST))
        self.articles += len(entries)

    def finish(self) -> int:
        return self.articles


class OpenSearchWriter(IndexWriter):
    """For who holds the writer's lock; `definition` is how a new index is made, `replicas` its most copies.

    `check` raises where the lock was lost; it is asked before every step that two writers must not take.
    """

    def __init__(
        self, index: OpenSearchIndex, definition: Mapping[str, Any], replicas: int, check: Callable[[], None]
    ) -> None:
        self.index = index
        self.definition = definition
        self.replicas = replicas
        self.check = check
        self._version = 0

    def apply(self, changed: Iterable[IndexEntry], gone: Iterable[str]) -> None:
        """Seen at once and together, when all of it is written."""
        place, version = self.index.state().place, self._next_version()
        taken_out = list(gone)
        with closing(Spellings(settings.SPELLINGS_DIR)) as kept:
            maker = DocumentMaker(Vocabulary(kept))
            for batch in batches(changed):
                body = bulk(batch, maker.documents(batch, version), version)
                self.check()
                send(self.index, place, body)
        for start in range(0, len(taken_out), AT_ONCE):
            names = taken_out[start : start + AT_ONCE]
            self.check()
            send(self.index, place, lines({"delete": versioned(name, version)} for name in names))
        self._show(place)

    def remove(self, document: str) -> None:
        """Take out one document by the name that Haystack gives it: `articles.article.7`."""
        arrival = document.rpartition(".")[2]
        if arrival.isdigit():
            asked = {"size": 10, "query": {"term": {"arrival": int(arrival)}}}
            self.apply((), [hit["_id"] for hit in self.index.search(asked).hits])

    def holds(self, identifiers: Iterable[str]) -> set[str]:
        asked, found = list(identifiers), set[str]()
        for start in range(0, len(asked), AT_ONCE):
            names = asked[start : start + AT_ONCE]
            query = {"ids": {"values": names}}
            found.update(hit["_id"] for hit in self.index.search({"size": len(names), "query": query}).hits)
        return found

    def tidy(self) -> bool:
        return False  # the cluster merges by itself

    def mend(self) -> list[str]:
        return []

    def condemn(self, reason: str) -> None:
        with understood():
            for place in self.index.places(self.index.name):
                if not self.index.own(place):
                    return
                told = {"_meta": {**self.index.meta(place), "condemned": reason}}
                self.index.client.ask("PUT", f"/{place}/_mapping", told, seconds=WRITING)
                moved = {"index": place, "alias": self.index.condemned}
                self._swap([{"add": moved}, {"remove": {"index": place, "alias": self.index.name}}])

    def forget(self) -> None:
        Spellings(settings.SPELLINGS_DIR).remove()

    @contextmanager
    def build(self) -> Iterator[OpenSearchBuild]:
        stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dt%H%M%S")
        build = OpenSearchBuild(f"{self.index.name}.{stamp}-{secrets.token_hex(2)}")
        try:
            self._begin(build.place)
            yield build
            self._end(build)
        except BaseException:
            with suppress(OpenSearchRefusal, SearchUnavailable, OSError):
                self.index.client.ask("DELETE", f"/{build.place}?ignore_unavailable=true", seconds=WRITING)
            raise

    def _begin(self, place: str) -> None:
        """Make the new index, and take away what builders that were killed left behind."""
        client = self.index.client
        Spellings(settings.SPELLINGS_DIR).remove_others()
        with understood():
            served = {one for name in (self.index.name, self.index.condemned) for one in self.index.places(name)}
            for left in set(self.index.places(f"{self.index.name}.*")) - served:
                client.ask("DELETE", f"/{left}?ignore_unavailable=true", seconds=WRITING)
            client.ask("PUT", self.index.template, {"template": {"mappings": {}}}, seconds=WRITING)
            with _done_before("resource_already_exists_exception"):
                client.ask("PUT", f"/{place}", self.definition, seconds=WRITING)

    def _end(self, build: OpenSearchBuild) -> None:
        """Copy the new index to other machines, and serve it in place of all others."""
        client, place = self.index.client, build.place
        self._show(place)
        with understood():
            held = client.ask("GET", f"/{place}/_count", seconds=WRITING)["count"]
            if held != build.articles:
                told = f"of {build.articles} articles {held} are in the new index"
                raise SearchUnavailable(told)
            copies = {"index": {"auto_expand_replicas": f"0-{self.replicas}"}} if self.replicas else {}
            if copies:
                client.ask("PUT", f"/{place}/_settings", copies, seconds=WRITING)
                waiting = f"/_cluster/health/{place}?wait_for_status=green&timeout={SPREADING:.0f}s"
                with suppress(OpenSearchRefusal):  # a copy that is late comes later
                    client.ask("GET", waiting, seconds=SPREADING + 10)
            others = {one for name in (self.index.name, self.index.condemned) for one in self.index.places(name)}
            removed: list[dict[str, Any]] = [{"remove_index": {"index": one}} for one in sorted(others - {place})]
            self._swap([{"add": {"index": place, "alias": self.index.name}}, *removed])

    def _swap(self, actions: list[dict[str, Any]]) -> None:
        """Name and unname indexes in one step."""
        self.check()
        with _done_before("index_not_found_exception", "aliases_not_found_exception"):
            self.index.client.ask("POST", "/_aliases", {"actions": actions}, seconds=WRITING)

    def _show(self, place: str) -> None:
        """Have every question that begins now see what was written."""
        with understood():
            shards = self.index.client.ask("POST", f"/{place}/_refresh", seconds=WRITING)["_shards"]
        if shards["failed"]:
            raise SearchUnavailable(f"what was written cannot be shown: {shards}")

    def _next_version(self) -> int:
        """A number above those of all that was written before: by the clock, and by what can be seen."""
        if not self._version:
            asked = {"size": 0, "aggs": {"written": {"max": {"field": "written"}}}}
            last = self.index.search(asked).aggregations["written"]["value"]
            self._version = max(time.time_ns() // 1000, int(last or 0) + 1)
        else:
            self._version += 1
        return self._version


@contextmanager
def _done_before(*kinds: str) -> Iterator[None]:
    """Pass over an error that says that an earlier try, whose answer was lost, has done it."""
    try:
        yield
    except OpenSearchRefusal as error:
        if not any(kind in error.kind for kind in kinds):
            raise


def send(index: OpenSearchIndex, place: str, body: bytes) -> None:
    """Write a batch of lines; SearchUnavailable unless each of them is written, or something newer already was."""
    if not body:
        return
    with understood():
        told = index.client.ask("POST", f"/{place}/_bulk", body, seconds=WRITING)
    for item in told["items"] if told["errors"] else ():
        ((what, done),) = item.items()
        status = int(done["status"])
        if status == _SUPERSEDED:
            logger.warning("%s was written in a later state already", done["_id"])
        elif status >= 300 and not (what == "delete" and status == _GONE):
            raise SearchUnavailable(f"{done['_id']} is not written: {done.get('error')}")
