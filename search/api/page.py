"""The page where people read what programs may ask, and try it: a form for every operation, answered by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.pages.revalidation import revalidated
from search.api.served import VERSION, description

EXAMPLES: Final = {"q": "قطر", "size": "5", "re": "خلف.?.?ف"}
REPEATED: Final = re.compile(r"not-|ui$|cal$")  # parameters that every form would repeat


@require_safe
@revalidated(lambda _request: VERSION)
def page(request: HttpRequest) -> HttpResponse:
    shown = {"page_title": gettext("The archive for programs"), "operations": list(_operations())}
    return render(request, "api/page.html", shown)


def _operations() -> Iterator[dict[str, Any]]:
    for place, methods in description()["paths"].items():
        told = methods["get"]
        fields = [_field(one) for one in told.get("parameters", ()) if one["in"] == "query"]
        yield {
            "id": told["operationId"],
            "path": place,
            "summary": told["summary"],
            "told": told.get("description", ""),
            "is_tried": "{" not in place,
            "fields": [field for field in fields if not REPEATED.match(field["name"])],
        }


def _field(told: dict[str, Any]) -> dict[str, Any]:
    schema = told["schema"]
    return {
        "name": told["name"],
        "told": told.get("description", ""),
        "choices": schema.get("enum", ()),
        "example": EXAMPLES.get(told["name"], schema.get("default") or ""),
    }
