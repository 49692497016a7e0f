"""What pages about the index are made of: its generation, and for pages of articles, too, which show what is near."""

from __future__ import annotations

from django.http import HttpRequest

from archive import revalidation
from search.engine import SearchUnavailable
from search.indexing import backend


def generation() -> str | None:
    """The generation of the present index; None when there is none to answer from."""
    try:
        return str(backend().generation())
    except SearchUnavailable:
        return None


def state(_request: HttpRequest, *_arguments: object, **_named: object) -> str | None:
    return generation()


revalidated = revalidation.revalidated(state)
revalidated_feed = revalidation.revalidated(state, fresh=60)
revalidation.depends_on(generation)
