"""What one document of a feed holds: the articles that came last, or a block of those that came before (RFC 5005).

Articles are counted in the order in which they came into the archive, whatever day they are of. Every `DIWAN_FEED_SIZE`
of them are a block; the archived document of a block, `archive=17`, is there from the moment that nothing can come into
it any more, and has the articles of this block that answer the question of the feed. So it changes only where one of
them is edited, withdrawn or published later. The feed itself has as many articles as a block has, the last that came:
all that are in no archived document are among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Max
from django.http import Http404

from archive.articles.models import Article
from search.answer.service import Answered, ask_strictly
from search.request import ARRIVED, SearchRequest

DIGITS: Final = 12  # of the number of a block; longer ones are none


@dataclass(frozen=True, slots=True)
class Document:
    """`found` names articles; `before` is the next older document that has anything, None behind the last one."""

    answered: Answered
    found: list[str]
    before: int | None
    is_archived: bool


def document(asked: SearchRequest, told: str | None) -> Document:
    """The document of a feed that is asked for: the feed itself, or by `told` one of its archived documents."""
    asked = asked.sorted_by(ARRIVED)
    return _latest(asked) if told is None else _archived(asked, _block(told))


def _latest(asked: SearchRequest) -> Document:
    size = settings.FEED_SIZE
    answered = _asked(asked, size + 1)
    held, end = [identifier for identifier, _score in answered.answer.found], answered.answer.end
    before = end // size if len(held) > size and end is not None else None
    return Document(answered, held[:size], before, is_archived=False)


def _archived(asked: SearchRequest, block: int) -> Document:
    first, size = block * settings.FEED_SIZE, settings.FEED_SIZE
    answered = _asked(asked, size, beyond=first + size)
    older = _asked(asked, 1, beyond=first).answer.end
    found = [identifier for identifier, _score in answered.answer.found]
    held = Article.objects.filter(identifier__in=found, pk__gte=first).values_list("identifier", flat=True)
    return Document(answered, list(held), None if older is None else older // size, is_archived=True)


def _asked(asked: SearchRequest, size: int, beyond: int | None = None) -> Answered:
    """Counted only where values are chosen: the title of the feed tells them."""
    return ask_strictly(asked, 0, size, beyond, counted=bool(asked.filters or asked.excluded))


def _block(told: str) -> int:
    """The number of a block that is full; else there is nothing at its address."""
    if not (told.isascii() and told.isdigit() and len(told) <= DIGITS):
        raise Http404("no number of an archived document")
    newest = Article.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if (int(told) + 1) * settings.FEED_SIZE > newest + 1:
        raise Http404("nothing is archived under this number yet")
    return int(told)
