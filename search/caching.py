"""Answers that need not be sent twice: a tag that changes with what a page is made of, and with nothing of its reader.

A page of results is made of the index, the authority file, the question in its address, the interface language and the
code that runs. Who asks is in none of them: pages for readers show nothing of a session. Where a reader has one, or is
just choosing a language, the answer is kept out of shared caches all the same.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import condition

from archive.authorities.directory import revision
from archive.interface import reader_language
from search.engine import SearchUnavailable
from search.indexing import backend

View = Callable[..., HttpResponse]
# Made when the code is loaded, before the server's processes are forked: a new release invalidates every tag.
RELEASE = secrets.token_hex(4)


def etag(request: HttpRequest, *_arguments: object, **_named: object) -> str | None:
    """The tag of a page about the present index; None, so that nothing is kept, when there is none to answer from."""
    try:
        generation = backend().generation()
    except SearchUnavailable:
        return None
    state = "\n".join([generation, repr(revision()), request.build_absolute_uri(), reader_language(), RELEASE])
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:32]}"'


def revalidated(view: View) -> View:
    """Keep the page, but ask before each use whether it changed: 304 as long as it did not."""
    conditional = condition(etag_func=etag)(view)

    @wraps(view)
    def answered(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        response: HttpResponse = conditional(request, *arguments, **named)
        if response.status_code in {200, 304}:
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
            patch_cache_control(response, max_age=0, must_revalidate=True, **_sharing(request))
        return response

    return answered


def _sharing(request: HttpRequest) -> dict[str, bool]:
    own = settings.SESSION_COOKIE_NAME in request.COOKIES or "ui" in request.GET
    return {"private": True} if own else {"public": True}
