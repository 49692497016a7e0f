"""Answers that need not be sent twice: a tag that changes with what a page is made of, and with nothing of its reader.

What a page is made of, its view says; the question in its address, the interface language, the calendar, the authority
file and the code that runs are part of every tag. Who asks is in none of them, but for what readers keep in a cookie:
pages for readers show nothing of a session. Where a reader has one, or is just choosing a language or a calendar, the
answer is kept out of shared caches.
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
from archive.interface import reader_calendar, reader_language

View = Callable[..., HttpResponse]
State = Callable[..., object]
# Made when the code is loaded, before the server's processes are forked: a new release invalidates every tag.
RELEASE = secrets.token_hex(4)
_shared: list[Callable[[], object]] = []
_cookies: set[str] = set()


def depends_on(state: Callable[[], object]) -> None:
    """Have every page change its tag with this state, too: for those who add to the pages of others."""
    if state not in _shared:
        _shared.append(state)


def depends_on_cookie(name: str) -> None:
    """Have every page change its tag with what this cookie of its reader holds, and stay out of shared caches."""
    _cookies.add(name)


def tag(request: HttpRequest, *state: object) -> str:
    """The tag of the page at this address as long as it is made of this."""
    shown_in = (reader_language(), reader_calendar())
    own = [request.COOKIES.get(name, "") for name in sorted(_cookies)]
    parts = [*map(repr, state), repr(revision()), request.build_absolute_uri(), *shown_in, *own, RELEASE]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f'"{digest[:32]}"'


def revalidated(state: State) -> Callable[[View], View]:
    """Keep the page, but ask before each use whether it changed: 304 as long as it did not.

    `state` is given what the view is given and says what the page is made of; None, so that nothing is kept, when
    there is nothing to make it of.
    """

    def etag(request: HttpRequest, *arguments: object, **named: object) -> str | None:
        own = state(request, *arguments, **named)
        return None if own is None else tag(request, own, *(shared() for shared in _shared))

    def decorated(view: View) -> View:
        conditional = condition(etag_func=etag)(view)

        @wraps(view)
        def answered(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
            response: HttpResponse = conditional(request, *arguments, **named)
            if response.status_code in {200, 304}:
                patch_vary_headers(response, ["Accept-Language", "Cookie"])
                patch_cache_control(response, max_age=0, must_revalidate=True, **_sharing(request))
            return response

        return answered

    return decorated


def _sharing(request: HttpRequest) -> dict[str, bool]:
    held = {settings.SESSION_COOKIE_NAME, *_cookies}
    own = not held.isdisjoint(request.COOKIES) or not {"ui", "cal"}.isdisjoint(request.GET)
    return {"private": True} if own else {"public": True}
