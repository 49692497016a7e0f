"""The page of the dumps, and the dumps."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from archive.articles.citing.metadata import json_ld
from archive.dataset.held import Dump, dumps, named
from archive.dataset.package import FORMS, NOTE
from archive.dataset.tables import TABLES
from archive.pages.revalidation import revalidated


def _state(_request: HttpRequest, name: str = "") -> Any:
    """The dumps that may be offered; None where the one that is asked for may not."""
    held = [(dump.name, dump.made_at) for dump in dumps() if name in ("", dump.name)]
    return held if held or not name else None


@require_safe
@revalidated(_state, for_others=False)
def page(request: HttpRequest) -> HttpResponse:
    title, held = gettext("The archive as a dataset"), list(dumps())
    shown = {
        "page_title": title,
        "metadata": [mark_safe(json_ld(_told(request, title, held)))],  # noqa: S308 - `<`, `>` and `&` are escaped
        "dumps": held,
        "tables": TABLES,
        "forms": FORMS,
    }
    return render(request, "dataset/page.html", shown)


def _told(request: HttpRequest, title: str, held: list[Dump]) -> dict[str, Any]:
    """What the page tells programs: schema.org, with an address for every dump."""
    whole = request.build_absolute_uri
    files = [
        {
            "@type": "DataDownload",
            "name": dump.name,
            "encodingFormat": "application/zip",
            "contentUrl": whole(reverse("dataset:dump", args=[dump.name])),
            "datePublished": dump.made_at.date().isoformat(),
        }
        for dump in held
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": NOTE,
        "url": whole(reverse("dataset:page")),
        "inLanguage": ["ar", "fa"],
        "isAccessibleForFree": True,
        "distribution": files,
    }


@require_safe
@revalidated(_state, for_others=False)
def dump(_request: HttpRequest, name: str) -> HttpResponseBase:
    """A dump as one ZIP; 404 as soon as something in it is public no more."""
    held = named(name)
    if held is None:
        raise Http404("there is no such dump, or it is public no more")
    response = FileResponse(held.path.open("rb"), content_type="application/zip", filename=held.path.name)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
