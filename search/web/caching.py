"""What pages about the index are made of: its generation, and what waits to enter it or to leave it.

A withdrawal is in the change log from the moment it is made; so every page changes its tag at once, and again when the
index has followed.
"""

from __future__ import annotations

from django.db.models import Max

from archive.pages import revalidation
from archive.pages.asked_once import once_a_page
from search.engine import engine
from search.engine.protocol import SearchUnavailable
from search.models import IndexChange


@once_a_page
def present() -> tuple[str | None, int | None]:
    """Changes with every change of a public article or its access points; one small query."""
    try:
        generation: str | None = str(engine().generation())
    except SearchUnavailable:
        generation = None
    return generation, IndexChange.objects.aggregate(newest=Max("pk"))["newest"]


def waiting(most: int) -> list[str]:
    """The articles whose changes wait to enter the index, by their identifiers; so many of the newest changes."""
    return list(IndexChange.objects.order_by("-pk").values_list("identifier", flat=True)[:most])


def state(*_asked: object, **_named: object) -> object | None:
    """The present state, whatever page is asked for; None where there is no index to answer from."""
    held = present()
    return held if held[0] is not None else None


revalidated = revalidation.revalidated(state)
revalidation.depends_on(present)
