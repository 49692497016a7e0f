"""What pages are made of that are there also without an index: the archive as it is now."""

from __future__ import annotations

from django.http import HttpRequest

from archive.pages import revalidation
from search.web.caching import present


def state(_request: HttpRequest, *_arguments: object, **_named: object) -> object:
    return present()


revalidated = revalidation.revalidated(state)
