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


def etag(request: HttpRequest, *_arguments: object, **_named: object) -> str | None:
    """The tag of a page about the present index; None, so that nothing is kept, when there is none to answer from."""
    present = generation()
    return None if present is None else revalidation.tag(request, present)


revalidated = revalidation.revalidated(state)
revalidation.depends_on(generation)
