"""What pages about the archive are made of: the index, and what waits to enter it."""

from __future__ import annotations

from django.db.models import Max
from django.http import HttpRequest

from archive.pages import revalidation
from search.models import IndexChange
from search.web.caching import generation


def state(_request: HttpRequest, *_arguments: object, **_named: object) -> tuple[object, ...]:
    """Changes with every change of a public article or its access points; one small query."""
    return generation(), IndexChange.objects.aggregate(newest=Max("pk"))["newest"]


revalidated = revalidation.revalidated(state)
