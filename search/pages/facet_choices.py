"""The values of a facet as a list of links: how many of how many, to be chosen and to be left out.

A page has some hundred values; they are written here, for a template takes much longer for each.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from archive.pages.shown import localnumber
from search.results import Facet, FacetValue

CURRENT = mark_safe(' aria-current="true"')
CHOICE = (
    '<li><a class="choice{}" href="{}" rel="nofollow" data-facet="{}" data-value="{}" data-count="{}" data-all="{}"{}>'
    '<span class="box" aria-hidden="true"></span> <span class="label">{}<bdi>{}</bdi>{}</span>'
    ' <span class="count">{}</span></a>'
    ' <a class="cross not" href="{}" rel="nofollow"{}><span aria-hidden="true">−</span>'
    '<span class="hidden">{} {}</span></a></li>'
)


def counted(value: FacetValue) -> str:
    """«12 of 40»: the articles of this result and those of the whole archive; one number where both are the same."""
    if value.count == value.total:
        return localnumber(value.count)
    numbers = {"count": localnumber(value.count), "total": localnumber(value.total)}
    return pgettext("articles of a facet value", "%(count)s of %(total)s") % numbers


def choices(facet: Facet, values: Iterable[FacetValue]) -> SafeString:
    """Items of a list, each with a link that chooses its value and one that leaves it out."""
    leave_out, is_left_out = gettext("Leave out:"), format_html('<span class="hidden">{}</span> ', gettext("Left out:"))
    items = (
        format_html(
            CHOICE,
            " out" if value.excluded else "",
            value.url,
            facet.name,
            value.value,
            value.count,
            value.total,
            CURRENT if value.chosen else "",
            is_left_out if value.excluded else "",
            value.label,
            format_html(' <bdi class="note-line soft">{}</bdi>', value.note) if value.note else "",
            counted(value),
            value.exclude_url,
            CURRENT if value.excluded else "",
            leave_out,
            value.label,
        )
        for value in values
    )
    return mark_safe("\n    ".join(items))  # noqa: S308 - all of it is escaped
