"""Template tags of the views of a result set."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search.question.address import url
from search.request import SearchRequest

register = template.Library()
VIEWS = {
    "": _("List"),
    "concordance": _("Words in context"),
    "timeline": _("Timeline"),
    "together": _("Who with whom"),
    "wording": _("Wording over time"),
}


@register.inclusion_tag("_partials/views.html")
def view_tabs(request: SearchRequest) -> dict[str, Any]:
    """Links to the views of this result set, the filters kept."""
    return {
        "tabs": [
            {"label": label, "url": url(request.in_view(view)), "current": view == request.view}
            for view, label in VIEWS.items()
        ]
    }


@register.filter
def view_path(request: SearchRequest | str) -> str:
    """Where a question typed on this page is sent: the same view, or the list from any other page."""
    view = request.view if isinstance(request, SearchRequest) else ""
    return reverse(f"search-{view}" if view else "search")
