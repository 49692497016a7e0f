"""The public collections, held in memory and renewed when any of them changes: what a facet calls them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.authorities.revisions import revisions, watch
from archive.collections.models import CollectedArticle, Collection
from archive.pages.kept_while import kept_while_same
from archive.pages.revalidation import depends_on

Revision = int | None


def revision() -> Revision:
    """Changes whenever a collection, or what is in one, does."""
    return revisions().get("collections")


def watch_collections(using: str = "default", **_kwargs: Any) -> None:
    watch("collections", Collection, CollectedArticle, using=using)


def held_collections() -> Mapping[str, Collection]:
    """The public collections by identifier, in their order."""
    return _held(revision())


@kept_while_same
def _held(_revision: Revision) -> Mapping[str, Collection]:
    return {one.slug: one for one in Collection.objects.public()}


depends_on(revision)
