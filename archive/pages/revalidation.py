"""Answers that need not be made or sent twice: a tag that changes with what a page is made of, not with its reader.

What a page is made of, its view says; the question in its address, the interface language, the calendar, the authority
file, the day and the code that runs are part of every tag. Who asks is in none of them, but for what readers keep in a
cookie: pages for readers show nothing of a session. Where a reader has one, or is just choosing a language or a
calendar, the answer is kept out of shared caches, and of our own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from archive.pages.interface import reader_calendar, reader_language
from archive.pages.kept import keep, kept
from archive.pages.release import release

View = Callable[..., HttpResponseBase]
State = Callable[..., object]
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
    shown_in = (reader_language(), reader_calendar(), timezone.now().date().isoformat())
    own = [request.COOKIES.get(name, "") for name in sorted(_cookies)]
    parts = [*map(repr, state), request.build_absolute_uri(), *shown_in, *own, release()]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f'"{digest[:32]}"'


def revalidated(state: State, *, for_others: bool = True) -> Callable[[View], View]:
    """Keep the page, but ask before each use whether it changed: 304 as long as it did not.

    `state` is given what the view is given and says what the page is made of; None, so that nothing is kept, when
    there is nothing to make it of. No cache may show the page without asking, not for a second: what was withdrawn is
    gone for everybody who asks. Without `for_others` the page, which is quickly made, takes no room among those that
    we keep ourselves.
    """

    def etag(request: HttpRequest, *arguments: object, **named: object) -> str | None:
        own = state(request, *arguments, **named)
        return None if own is None else tag(request, own, *(shared() for shared in _shared))

    def decorated(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
            present = etag(request, *arguments, **named)
            response = _unchanged(request, present, for_others)
            if response is None:
                response = view(request, *arguments, **named)
                if present is not None and for_others and is_shared(request):
                    keep(present, request, response)
            if response.status_code in {200, 304} and "no-store" not in response.get("Cache-Control", ""):
                _describe(response, request, present)
            return response

        return answered

    return decorated


def _unchanged(request: HttpRequest, present: str | None, for_others: bool) -> HttpResponseBase | None:
    """304 for a reader who has the page, the page for one who may have it as it was made for another; else None."""
    response: HttpResponseBase | None = get_conditional_response(request, etag=present)
    if response is None and present is not None and for_others and is_shared(request):
        return kept(present)
    return response


def _describe(response: HttpResponseBase, request: HttpRequest, present: str | None) -> None:
    if present is not None:
        is_encoded = response.has_header("Content-Encoding")
        response.headers.setdefault("ETag", f"W/{present}" if is_encoded else present)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    patch_cache_control(response, no_cache=True, **{"public" if is_shared(request) else "private": True})


def is_shared(request: HttpRequest) -> bool:
    """Whether others may get the page that this reader gets."""
    held = {settings.SESSION_COOKIE_NAME, *_cookies}
    return held.isdisjoint(request.COOKIES) and {"ui", "cal"}.isdisjoint(request.GET)
