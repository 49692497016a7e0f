"""The engine on OpenSearch, as Haystack's backend: docs/engine.md says how it answers, operations.md how it is run."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any, Final, TypeVar

from haystack import connections
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery
from haystack.utils import get_identifier

from archive.database.held_lock import HeldLock, LockTaken, held_lock
from search.documents.entries import entry_of
from search.engine.measured import measured
from search.engine.opensearch.answering import AskedIndex
from search.engine.opensearch.client import OpenSearchClient, OpenSearchRefusal
from search.engine.opensearch.counting import together, usage, weigh
from search.engine.opensearch.definition import definition, fingerprint
from search.engine.opensearch.index import OpenSearchIndex, understood
from search.engine.opensearch.words import OpenSearchWords
from search.engine.opensearch.writing import OpenSearchPart, OpenSearchWriter
from search.engine.protocol import (
    Answer,
    Engine,
    EngineAway,
    IndexState,
    Question,
    SearchUnavailable,
    Together,
    Usage,
    WordList,
    WriterBusy,
)
from search.tree import Node

logger = logging.getLogger("search")
T = TypeVar("T")


class _InUse:
    """What the threads of this process share of an index."""

    def __init__(self, options: Mapping[str, Any], made_by: Callable[[], Mapping[str, str]]) -> None:
        client = _client(os.getpid(), *(options[name] for name in _REACHED))
        self.index = OpenSearchIndex(client, options["INDEX_NAME"], made_by)
        self.asked = AskedIndex(self.index)
        self.words: OpenSearchWords | None = None


@cache
def _client(
    _process: int, hosts: tuple[str, ...], user: str, password: str, ca: str, seconds: float
) -> OpenSearchClient:
    """One for all indexes of a process; a child has its own, for connections are not to be shared."""
    return OpenSearchClient(hosts, user=user, password=password, ca=ca, seconds=seconds)


@contextmanager
def _alone(name: str, wait: bool) -> Iterator[HeldLock]:
    """The lock of the one writer of this index among all processes that share the database; WriterBusy as promised."""
    with ExitStack() as stack:
        try:
            lock = stack.enter_context(held_lock(f"index {name}", wait=wait))
        except LockTaken as error:
            raise WriterBusy(str(error)) from None
        yield lock


_REACHED: Final = ("HOSTS", "USER", "PASSWORD", "CA", "SECONDS")
_in_use: dict[tuple[Any, ...], _InUse] = {}


@measured("opensearch")
class DiwanOpenSearchBackend(BaseSearchBackend, Engine):
    """An `Engine` for the index `INDEX_NAME` of the cluster at `HOSTS`, tuples of addresses."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.options = {"USER": "", "PASSWORD": "", "CA": "", "SECONDS": 2.5, "REPLICAS": 1, **options}

    @property
    def used(self) -> _InUse:
        key = os.getpid(), self.options["INDEX_NAME"], *(self.options[name] for name in _REACHED)
        if key not in _in_use:
            _in_use[key] = _InUse(self.options, self.made_by)
        return _in_use[key]

    # Asking

    def generation(self) -> str:
        with understood():
            return self.used.index.state().generation

    def state(self) -> IndexState:
        with understood():
            state = self.used.index.state()
        return IndexState(state.generation, state.articles)

    def search(self, question: Question, **_kwargs: Any) -> Answer:
        return self._ask(lambda asked: asked.answer(question))

    def weigh(self, trees: Sequence[Node], identifier: str, *, names: bool = True) -> list[float]:
        return self._ask(lambda asked: weigh(asked, trees, identifier, names))

    def together(self, question: Question, facets: Sequence[str], most: int) -> Together:
        return self._ask(lambda asked: together(asked, question, facets, most))

    def usage(self, question: Question) -> Usage:
        return self._ask(lambda asked: usage(asked, question))

    def words(self) -> WordList:
        generation, used = self.generation(), self.used
        words = used.words
        if words is None or words.generation != generation:
            words = used.words = OpenSearchWords(used.asked, generation)
        return words

    def digests(self) -> dict[str, str]:
        body = {"query": {"match_all": {}}, "_source": ["digest"]}
        return self._ask(
            lambda asked: {hit["_id"]: str(hit["_source"]["digest"]) for _state, hit in asked.index.walk(body)}
        )

    def _ask(self, task: Callable[[AskedIndex], T]) -> T:
        try:
            with understood():
                return task(self.used.asked)
        except SearchUnavailable as error:
            logger.error("search is not available: %s", error.reason)
            raise

    # What is in the cluster

    def damage(self) -> str:
        """Why nothing is to be answered from it; the cluster itself looks after its bytes, by their checksums.

        That no machine with a part of the index answers does not say that it is lost: EngineAway.
        """
        try:
            with understood():
                self.used.index.state()
        except EngineAway:
            raise
        except SearchUnavailable as error:
            return error.reason
        return ""

    def outdated(self) -> str:
        return ""  # one that another version made is not answered from

    def to_mend(self, *, thoroughly: bool = False) -> list[str]:
        return []

    def was_built(self) -> bool:
        try:
            return self.used.index.was_built()
        except (SearchUnavailable, OpenSearchRefusal):
            return True  # whoever cannot ask takes no first index for wanted

    # Writing

    @contextmanager
    def writing(self, *, wait: bool = False) -> Iterator[OpenSearchWriter]:
        with _alone(self.options["INDEX_NAME"], wait) as lock:
            made = definition(self._fields(), self.made_by())
            yield OpenSearchWriter(self.used.index, made, int(self.options["REPLICAS"]), lock.check)

    def part(self, place: str) -> OpenSearchPart:
        return OpenSearchPart(self.used.index, place)

    # What Haystack calls

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """Add or replace the documents of articles whose access points and records are at hand."""
        with self.writing(wait=True) as writer:
            writer.apply(map(entry_of, iterable), ())

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        """Take out one document by its article or by Haystack's name of it (`articles.article.7`)."""
        with self.writing(wait=True) as writer:
            writer.remove(get_identifier(obj_or_string))

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Serve an empty index."""
        with self.writing(wait=True) as writer, writer.build():
            pass

    def made_by(self) -> dict[str, str]:
        return fingerprint(field.index_fieldname for field in self._fields().values())

    def _fields(self) -> dict[str, Any]:
        return dict(connections[self.connection_alias].get_unified_index().all_searchfields())


class DiwanOpenSearchEngine(BaseEngine):
    """What the settings name."""

    backend = DiwanOpenSearchBackend
    query = BaseSearchQuery
