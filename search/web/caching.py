"""What pages about the index are made of: its generation, and for pages of articles, too, which show what is near."""

from __future__ import annotations

from django.http import HttpRequest

from archive.pages import revalidation
from search.engine import engine
from search.engine.protocol import SearchUnavailable


def generation() -> str | None:
    """The generation of the present index; None when there is none to answer from."""
    try:
        return str(engine().generation())
    except SearchUnavailable:
        return None


def state(_request: HttpRequest, *_arguments: object, **_named: object) -> str | None:
    return generation()


revalidated = revalidation.revalidated(state)
revalidated_feed = revalidation.revalidated(state, fresh=60)
revalidation.depends_on(generation)
