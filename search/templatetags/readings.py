"""Template tags of the views of a result set."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Language
from archive.articles.templatetags.script import localnumber
from search.request import SearchRequest
from search.results import Hit
from search.service import url

register = template.Library()
VIEWS = {
    "": _("List"),
    "concordance": _("Words in context"),
    "timeline": _("Timeline"),
    "together": _("Who with whom"),
    "wording": _("Wording over time"),
}
OF_LANGUAGE: dict[str, str] = {
    Language.ARABIC: gettext_noop(", %(n)s in Arabic"),
    Language.PERSIAN: gettext_noop(", %(n)s in Persian"),
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


@register.simple_tag
def more_reports(hit: Hit) -> str:
    """What is folded behind a result: «5 more reports of this story, 3 in Persian» behind an Arabic one."""
    if not hit.story:
        return ""
    total, shown = hit.story.total, hit.article.language
    told = ngettext("%(n)s more report of this story", "%(n)s more reports of this story", total)
    parts = [told % {"n": localnumber(total)}]
    for language, count in hit.story.counts:
        if language != shown and language in OF_LANGUAGE:
            parts.append(gettext(OF_LANGUAGE[language]) % {"n": localnumber(count)})
    return "".join(parts)
