"""What every page knows of the reader's shelf, read only where a template asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from search.shelf.keeping import count, shelf


def on_pages(request: HttpRequest) -> dict[str, Any]:
    """`shelf_count`, and `on_shelf`, the identifiers of the articles kept."""
    return {
        "shelf_count": lambda: count(request),
        "on_shelf": SimpleLazyObject(lambda: frozenset(shelf(request).articles)),
    }
