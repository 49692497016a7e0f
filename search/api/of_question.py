"""What every answer to a question tells: how many articles, what was also searched for, and where its page is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from search.question.address import url
from search.request import ARRIVED, SearchRequest
from search.results import Expansion


def of_question(
    request: HttpRequest, wanted: SearchRequest, total: int, expansions: Iterable[Expansion]
) -> dict[str, Any]:
    """`total`, `also_searched` and `url` of an answer."""
    also = [
        {"typed": one.typed, "kind": one.kind, "identifier": one.slug, "label": one.label, "forms": list(one.forms)}
        for one in expansions
    ]
    page = wanted.sorted_by("") if wanted.sort == ARRIVED else wanted  # pages do not know this order
    return {"total": total, "also_searched": also, "url": request.build_absolute_uri(url(page))}
