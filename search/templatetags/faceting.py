"""Template filters for facet values: how many of how many."""

from __future__ import annotations

from django import template
from django.utils.translation import pgettext

from archive.articles.templatetags.script import localnumber
from search.results import FacetValue

register = template.Library()


@register.filter
def counted(value: FacetValue) -> str:
    """«12 of 40»: the articles of this result and those of the whole archive; one number where both are the same."""
    if value.count == value.total:
        return localnumber(value.count)
    numbers = {"count": localnumber(value.count), "total": localnumber(value.total)}
    return pgettext("articles of a facet value", "%(count)s of %(total)s") % numbers
