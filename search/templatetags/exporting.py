"""Template tags that offer a result set as files, and a picture for links to it."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from archive.articles.citations import ARCHIVE
from archive.interface import reader_language
from search.exports_views import links, most_in_files
from search.results import ResultPage

register = template.Library()


@register.inclusion_tag("_partials/export.html")
def export_links(page: ResultPage) -> dict[str, Any]:
    """The files of this result set, whole, whatever page of it is shown; of a large one, its first articles."""
    return {"links": links(page.request), **most_in_files(page.total)}


@register.inclusion_tag("_partials/export_metadata.html", takes_context=True)
def search_metadata(context: dict[str, Any], page: ResultPage) -> dict[str, Any]:
    """Open Graph of a search; the picture speaks the language of the reader who shares the link."""
    request, language = context["request"], reader_language()
    query = page.request.on_page(1).to_query()
    picture = reverse("search-picture") + "?" + (f"{query}&" if query else "") + f"ui={language}"
    asked = " ".join(page.request.q.split())
    return {
        "title": f"{asked} · {ARCHIVE[language]}" if asked else ARCHIVE[language],
        "picture": request.build_absolute_uri(picture),
    }
