"""The two indexes that the one writer keeps: of the public articles, and of those that staff alone may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import search.engine as engines
from archive.articles.models import Article, ArticleQuerySet
from search.engine.protocol import Engine
from search.models import DraftChange, IndexChange, RecordedChange


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """An index by its name in the settings, with the log of what changed of its articles."""

    name: str
    changes: type[RecordedChange]

    @property
    def is_public(self) -> bool:
        return self.name == engines.PUBLIC

    def engine(self) -> Engine:
        return engines.engine(self.name)

    def articles(self) -> ArticleQuerySet:
        """What belongs into it."""
        return Article.objects.published() if self.is_public else Article.objects.unpublished()

    def keys(self) -> Iterator[int]:
        """The primary keys of these, in their order."""
        return self.articles().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=10_000)


READERS: Final = KeptIndex(engines.PUBLIC, IndexChange)
DESK: Final = KeptIndex(engines.UNPUBLISHED, DraftChange)
BOTH: Final = (READERS, DESK)
