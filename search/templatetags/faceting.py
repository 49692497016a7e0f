"""Template tags for facet values: how many of how many, and the list of a panel."""

from __future__ import annotations

from django import template

from search.pages.facet_choices import choices, counted

register = template.Library()
register.filter(counted)
register.simple_tag(choices)
