"""The results before and after the one that a reader opened, in the order of the list."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from archive.articles.models import Article
from search.answer.service import ask
from search.answer.story_folding import fold, grouped
from search.engine.protocol import SearchUnavailable
from search.question.address import MAX_PAGE
from search.request import SearchRequest


def neighbours(asked: SearchRequest, identifier: str) -> dict[str, str]:
    """The addresses of the `previous` and the `next` result, each with the question and its page of the list.

    Of a report that stands behind another of its story, those beside that entry; none beyond the last page, and none
    while the index cannot answer.
    """
    size = asked.size or settings.SEARCH_PAGE_SIZE
    try:
        found = ask(asked, 0, MAX_PAGE * settings.SEARCH_PAGE_SIZE, counted=False)
    except SearchUnavailable:
        return {}
    entries = grouped(found.answer.found) if asked.fold else [[one] for one in found.answer.found]
    here = next((place for place, entry in enumerate(entries) if identifier in dict(entry)), None)
    if here is None:
        return {}
    beside = {}
    for name, place in (("previous", here - 1), ("next", here + 1)):
        if 0 <= place < len(entries):
            only = replace(found.answer, found=tuple(entries[place]))
            shown = fold(only, 1, len(entries[place]), found.names).leading[0][0]
            beside[name] = (shown, asked.on_page(place // size + 1).to_query())
    held = Article.objects.filter(identifier__in=[shown for shown, _query in beside.values()]).still_published()
    public = {article.identifier: article.get_absolute_url() for article in held.only("identifier")}
    return {name: f"{public[shown]}?{query}" for name, (shown, query) in beside.items() if shown in public}
