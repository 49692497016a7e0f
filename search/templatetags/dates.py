"""Template tags for the dates of a result set: the panel, and its histogram."""

from __future__ import annotations

from django import template

from search.pages import histogram as drawing
from search.pages.date_panel import date_panel
from search.results import ResultPage

register = template.Library()
register.inclusion_tag("_partials/histogram.html")(drawing.histogram)


@register.inclusion_tag("_partials/dates.html", takes_context=True)
def dates_panel(context: template.Context, page: ResultPage) -> dict[str, object]:
    """The calendar switch, the histogram with its table, the fields of a range and the undated."""
    return {"panel": date_panel(page), "request_shown": page.request, "ui_direction": context.get("ui_direction")}
