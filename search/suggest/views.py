"""The suggestions as plain JSON, for the script beside the search box and for anybody else."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from archive.pages.interface import reader_language
from archive.pages.revalidation import revalidated
from search.question.address import clean_query
from search.suggest.suggestion import MOST, USUAL, suggest
from search.web.caching import state

OPENSEARCH = "application/x-suggestions+json"
MOST_READ = 1000  # characters of a query; beyond the limit of a query the list is empty anyway


@require_safe
@revalidated(state, for_others=False)
def suggestions(request: HttpRequest) -> JsonResponse:
    """`{"q": …, "suggestions": […]}`; what makes no sense gives an empty list.

    With `format=opensearch` as browsers ask it: `["خلف", ["خلف خلفوف", …], ["…"], ["https://…"]]`.
    """
    typed = clean_query(request.GET.get("q", "")[:MOST_READ])
    generation, lines = suggest(typed, _most(request.GET.get("n", "")), reader_language())
    told: Any = {"q": typed, "suggestions": [asdict(line) for line in lines]}
    media_type = "application/json"
    if request.GET.get("format") == "opensearch":
        urls = [request.build_absolute_uri(line.url) for line in lines]
        told, media_type = [typed, [line.text for line in lines], [line.label for line in lines], urls], OPENSEARCH
    answer = JsonResponse(told, safe=False, content_type=media_type, json_dumps_params={"ensure_ascii": False})
    if not generation:
        patch_cache_control(answer, no_store=True)
    return answer


def _most(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else USUAL
    return min(max(number, 1), MOST)
