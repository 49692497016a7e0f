"""The values of a facet as a list of links: how many articles, to be chosen and to be left out.

A page has some hundred values; they are written here, for a template takes much longer for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from archive.pages.shown import localnumber
from search.results import Facet, FacetValue

CURRENT = ' aria-current="true"'
CHOICE = (
    '<li><a class="choice%s" href="%s" rel="nofollow" data-facet="%s" data-value="%s" data-count="%s" data-all="%s"%s>'
    '<span class="box"></span> <span class="label">%s<bdi>%s</bdi>%s</span>'
    ' <span class="count">%s</span></a>'
    ' <a class="cross not" href="%s" rel="nofollow"%s><span aria-hidden="true">−</span>'
    '<span class="hidden">%s %s</span></a></li>'
)


def choices(facet: Facet, values: Iterable[FacetValue]) -> SafeString:
    """Items of a list, each with a link that chooses its value and one that leaves it out."""
    leave_out = escape(gettext("Leave out:"))
    is_left_out = f'<span class="hidden">{escape(gettext("Left out:"))}</span> '
    items = []
    for value in values:
        label = escape(value.label)
        note = f' <bdi class="note-line soft">{escape(value.note)}</bdi>' if value.note else ""
        items.append(
            CHOICE
            % (
                " out" if value.excluded else "",
                escape(value.url),
                "region" if value in facet.groups else facet.name,
                escape(value.value),
                value.count,
                value.total,
                CURRENT if value.chosen else "",
                is_left_out if value.excluded else "",
                label,
                note,
                localnumber(value.count),
                escape(value.exclude_url),
                CURRENT if value.excluded else "",
                leave_out,
                label,
            )
        )
    return mark_safe("\n".join(items))  # noqa: S308 - all of it is escaped
