"""Which articles share a story, held in memory and renewed when any story changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.authorities.revisions import revisions, watch
from archive.pages.kept_while import kept_while_same
from archive.stories.models import Fingerprint

Revision = int | None


def revision() -> Revision:
    """Changes whenever a story does."""
    return revisions().get("stories")


def watch_stories(using: str = "default", **_kwargs: Any) -> None:
    """Have every write to the fingerprints change the revision."""
    watch("stories", Fingerprint, using=using)


def story_numbers() -> Mapping[str, int]:
    """By identifier the number of the story of each public article that has company there."""
    return _numbers(revision())


@kept_while_same
def _numbers(_revision: Revision) -> Mapping[str, int]:
    rows = Fingerprint.objects.filter(story__isnull=False).values_list("article__identifier", "story")
    return {identifier: story for identifier, story in rows if story is not None}
