"""What pages about the index are made of: its generation, and what waits to enter it or to leave it.

A withdrawal is in the change log from the moment it is made; so every page changes its tag at once, and again when the
index has followed.
"""

from __future__ import annotations

from django.db.models import Max
from django.http import HttpRequest

from archive import revalidation
from archive.asked_once import once_a_page
from search.engine import SearchUnavailable
from search.indexing import backend
from search.models import IndexChange


def generation() -> str | None:
    """The generation of the present index; None when there is none to answer from."""
    try:
        return str(backend().generation())
    except SearchUnavailable:
        return None


@once_a_page
def present() -> tuple[str | None, int | None]:
    """Changes with every change of a public article or its access points; one small query."""
    return generation(), IndexChange.objects.aggregate(newest=Max("pk"))["newest"]


def state(_request: HttpRequest, *_arguments: object, **_named: object) -> object | None:
    """The present state; None where there is no index."""
    held = present()
    return held if held[0] is not None else None


revalidated = revalidation.revalidated(state)
revalidation.depends_on(present)
