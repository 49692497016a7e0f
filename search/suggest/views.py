"""The suggestions as plain JSON, for the script beside the search box and for anybody else."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from archive.pages.interface import reader_language
from search.question.address import clean_query
from search.suggest.suggestion import MOST, USUAL, suggest

MAX_AGE = 60  # seconds, as of the feeds
MOST_READ = 1000  # characters of a query; beyond the limit of a query the list is empty anyway


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def suggestions(request: HttpRequest) -> HttpResponseBase:
    """`{"q": …, "suggestions": […]}`; what makes no sense gives an empty list."""
    typed = clean_query(request.GET.get("q", "")[:MOST_READ])
    generation, lines = suggest(typed, _most(request.GET.get("n", "")), reader_language())
    answer = JsonResponse(
        {"q": typed, "suggestions": [asdict(line) for line in lines]}, json_dumps_params={"ensure_ascii": False}
    )
    if not generation:
        patch_cache_control(answer, no_store=True)
        return answer
    patch_cache_control(answer, public=True, max_age=MAX_AGE)
    return _unless_known(request, answer, generation)


def _most(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else USUAL
    return min(max(number, 1), MOST)


def _unless_known(request: HttpRequest, answer: HttpResponse, generation: str) -> HttpResponseBase:
    """304 to a reader who holds this very answer of this generation of the index."""
    state = generation.encode() + b"\n" + reader_language().encode() + b"\n" + answer.content
    etag = f'"{hashlib.sha256(state).hexdigest()[:32]}"'
    answer.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer
