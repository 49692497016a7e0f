"""What pages about the index are made of: its generation, and for pages of articles, too, which show what is near."""

from __future__ import annotations

from archive.pages import revalidation
from search.engine import engine
from search.engine.protocol import SearchUnavailable


def generation(*_asked: object, **_named: object) -> str | None:
    """The generation of the present index, whatever page is asked for; None when there is none to answer from."""
    try:
        return str(engine().generation())
    except SearchUnavailable:
        return None


revalidated = revalidation.revalidated(generation)
revalidated_feed = revalidation.revalidated(generation, fresh=60)
revalidation.depends_on(generation)
