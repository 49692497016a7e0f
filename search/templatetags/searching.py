"""Template tags and filters of the search; each is a function of the room that knows what it shows."""

from __future__ import annotations

from django import template

from search.answer.story_folding import more_reports
from search.export.views import export_links, search_metadata
from search.pages.article_hits import hop, woven_hits
from search.pages.date_panel import dates_panel
from search.pages.facet_choices import choices
from search.pages.histogram import histogram
from search.pages.hit_list import hits, other_hits
from search.pages.views import view_links
from search.question import address

register = template.Library()

register.inclusion_tag("_partials/dates.html", takes_context=True)(dates_panel)
register.inclusion_tag("_partials/export.html")(export_links)
register.inclusion_tag("_partials/export_metadata.html", takes_context=True)(search_metadata)
register.inclusion_tag("_partials/histogram.html")(histogram)

register.simple_tag(choices)
register.simple_tag(hits, takes_context=True)
register.simple_tag(other_hits, takes_context=True)
register.simple_tag(more_reports)
register.simple_tag(view_links)

register.filter(hop)
register.filter(woven_hits)
register.filter(address.carried)
register.filter(address.state_query)
register.filter(address.view_path)
register.filter(address.with_names_url)
register.filter(address.first_page_url)
register.filter(address.without_filters_url)
register.filter(address.without_quotes_url)
register.filter(address.without_words_url)
