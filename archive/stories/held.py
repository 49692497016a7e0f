"""Which articles share a story, held in memory and renewed when any story changes; one small query a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Max, Sum

from archive.pages.asked_once import once_a_page
from archive.pages.kept_while import kept_while_same
from archive.stories.models import Fingerprint

Revision = tuple[object, ...]


@once_a_page
def revision() -> Revision:
    """Changes whenever a story does."""
    shared = Fingerprint.objects.filter(story__isnull=False)
    return tuple(shared.aggregate(Count("pk"), Sum("pk"), Sum("story"), Max("changed_at")).values())


def story_numbers() -> Mapping[str, int]:
    """By identifier the number of the story of each public article that has company there."""
    return _numbers(revision())


@kept_while_same
def _numbers(_revision: Revision) -> Mapping[str, int]:
    rows = Fingerprint.objects.filter(story__isnull=False).values_list("article__identifier", "story")
    return {identifier: story for identifier, story in rows if story is not None}
