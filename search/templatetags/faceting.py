"""Template tags for facet values: how many of how many, and the list of a panel.

A page has some hundred values; they are written here, for a template takes much longer for each.
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from archive.pages.shown import localnumber
from search.results import Facet, FacetValue

register = template.Library()

CURRENT = mark_safe(' aria-current="true"')
CHOICE = (
    '<li><a class="choice{}" href="{}" rel="nofollow" data-facet="{}" data-value="{}" data-count="{}" data-all="{}"{}>'
    '<span class="box" aria-hidden="true"></span> <span class="label">{}<bdi>{}</bdi>{}</span>'
    ' <span class="count">{}</span></a>'
    ' <a class="cross not" href="{}" rel="nofollow"{}><span aria-hidden="true">−</span>'
    '<span class="hidden">{} {}</span></a></li>'
)


@register.filter
def counted(value: FacetValue) -> str:
    """«12 of 40»: the articles of this result and those of the whole archive; one number where both are the same."""
    if value.count == value.total:
        return localnumber(value.count)
    numbers = {"count": localnumber(value.count), "total": localnumber(value.total)}
    return pgettext("articles of a facet value", "%(count)s of %(total)s") % numbers


@register.simple_tag
def choices(facet: Facet, values: Iterable[FacetValue]) -> SafeString:
    """Items of a list, each with a link that chooses its value and one that leaves it out."""
    leave_out = gettext("Leave out:")
    return mark_safe("\n    ".join(_choice(facet.name, value, leave_out) for value in values))  # noqa: S308


def _choice(facet: str, value: FacetValue, leave_out: str) -> SafeString:
    left_out = format_html('<span class="hidden">{}</span> ', gettext("Left out:")) if value.excluded else ""
    note = format_html(' <bdi class="note-line soft">{}</bdi>', value.note) if value.note else ""
    return format_html(
        CHOICE,
        " out" if value.excluded else "",
        value.url,
        facet,
        value.value,
        value.count,
        value.total,
        CURRENT if value.chosen else "",
        left_out,
        value.label,
        note,
        counted(value),
        value.exclude_url,
        CURRENT if value.excluded else "",
        leave_out,
        value.label,
    )
