"""The search as browsers take it into their own search box (OpenSearch 1.1), in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.pages.interface import reader_language
from search.web.caching import revalidated


@require_safe
@revalidated
def opensearch(request: HttpRequest) -> HttpResponse:
    """Each language has a description of its own, at `?ui=ar` and the like, that leads to results in it."""
    whole = request.build_absolute_uri
    language = reader_language()
    shown = {
        "language": language,
        "icon": whole(static("icons/diwan.svg")),
        "itself": whole(f"{reverse('opensearch')}?ui={language}"),
        "results": whole(reverse("search")),
        "suggestions": whole(reverse("suggest")),
        "feed": whole(reverse("feeds:atom")),
    }
    return render(request, "opensearch.xml", shown, content_type="application/opensearchdescription+xml")
