"""Template tags that turn the present question into a neighbouring one."""

from __future__ import annotations

from dataclasses import replace

from django import template

from search.question.address import url as _url
from search.request import SearchRequest

register = template.Library()


@register.filter
def state_query(request: SearchRequest) -> str:
    """The parameters of a question, from its first page."""
    return request.on_page(1).to_query()


@register.filter
def with_names_url(request: SearchRequest) -> str:
    """The same question with every form of a name searched for."""
    return _url(replace(request, names=True, page=1))


@register.filter
def without_words_url(request: SearchRequest) -> str:
    """The same filters without the words of the query."""
    return _url(replace(request, q="", sort="", page=1))


@register.filter
def without_filters_url(request: SearchRequest) -> str:
    """The same words in the whole archive."""
    return _url(request.without_filters())


@register.filter
def carried(request: SearchRequest | None) -> str:
    """The question as the query string of a link to an article, which marks its hits and leads back to the results."""
    query = request.to_query() if request else ""
    return f"?{query}" if query else ""
