"""What an item holds, as it was read; nothing of it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.articles.description import Found
from archive.extraction import ExtractedArticle
from archive.intake.marks import NO_MARKS, Marks
from archive.intake.reading.items import Item, Reason


@dataclass(frozen=True, slots=True)
class Read:
    """An item and what it holds: an article as it is described, or the reason why there is none.

    `is_kept` where it goes into quarantine. Reading writes nothing.
    """

    item: Item
    digest: str
    extracted: ExtractedArticle | None = None
    description: dict[str, Any] | None = None
    mentions: tuple[Found, ...] = ()
    reason: Reason | None = None
    is_kept: bool = False
    marks: Marks = NO_MARKS
