"""Which articles share a story, held in memory; when stories change, what changed is read, not all of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Final

from archive.articles.models import Article
from archive.authorities.revisions import revisions, watch
from archive.pages.kept_while import kept_while_same
from archive.stories.models import Fingerprint

Revision = int | None
_IN: Final = 500  # keys that a statement names
_APART: Final = datetime.timedelta(seconds=30)  # how far the clocks of machines that write may be apart


def revision() -> Revision:
    """Changes whenever a story does."""
    return revisions().get("stories")


def watch_stories(using: str = "default", **_kwargs: Any) -> None:
    """Have every write to the fingerprints change the revision."""
    watch("stories", Fingerprint, using=using)


def story_numbers() -> Mapping[str, int]:
    """By identifier the number of the story of each public article that has company there.

    One that left the public may stay until it comes back: no answer has it.
    """
    return _numbers(revision())


class _Read:
    """What was read of the stories, and when the last of it changed."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.until: datetime.datetime | None = None


_read: Final = _Read()


@kept_while_same
def _numbers(_revision: Revision) -> Mapping[str, int]:
    """All stories for the first time, and where the database is another one; then those written since."""
    held = Fingerprint.objects.order_by()
    newest = held.order_by("-changed_at").values_list("changed_at", flat=True).first()
    if newest is None or _read.until is None or newest < _read.until:
        _read.numbers.clear()
        changed = held.filter(story__isnull=False)
    else:
        changed = held.filter(changed_at__gte=_read.until - _APART)
    stories = dict(changed.values_list("pk", "story"))
    for key, identifier in _identifiers(list(stories)):
        if (story := stories[key]) is None:
            _read.numbers.pop(identifier, None)
        else:
            _read.numbers[identifier] = story
    _read.until = newest
    return _read.numbers


def _identifiers(keys: list[int]) -> Iterable[tuple[int, str]]:
    # In a statement of its own: joined to the stories, SQLite goes through all articles.
    for start in range(0, len(keys), _IN):
        yield from Article.objects.filter(pk__in=keys[start : start + _IN]).order_by().values_list("pk", "identifier")
