"""What is told whoever may not sign in now: pages that ask nothing of the database, in the reader's language."""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import override

from config.middleware import language_of

BUSY = 5  # seconds
HELD_BACK = 1.0  # seconds, in which whoever guesses as fast as he is answered does not guess; no thread waits
MINUTE = 60
logger = logging.getLogger("config.signing_in")
_told_at = -MINUTE * 1.0


def locked(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None, *, seconds: int = 0
) -> HttpResponse:
    """For `AXES_LOCKOUT_CALLABLE`: 429, the same for a name that somebody has and for one that nobody has."""
    seconds = seconds or getattr(request, "signing_in_wait", 0) or 1
    return _told(request, "signing_in/locked.html", 429, seconds, minutes=-(-seconds // 60))


def busy(request: HttpRequest) -> HttpResponse:
    """503: more passwords than may be are being checked. The log is told once a minute, by each process."""
    global _told_at
    if time.monotonic() - _told_at > MINUTE:
        _told_at = time.monotonic()
        logger.warning("more passwords are sent than are checked at a time; who comes too much is told to come again")
    return _told(request, "signing_in/busy.html", 503, BUSY)


def _told(request: HttpRequest, template: str, status: int, seconds: int, minutes: int = 0) -> HttpResponse:
    answer = HttpResponse(_page(template, minutes, language_of(request)), status=status)
    answer.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(answer)
    hold_back = getattr(request.META.get("gunicorn.socket"), "hold_back", None)
    if hold_back:
        hold_back(HELD_BACK)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # or Django writes a line for every guess
    return answer


@lru_cache(256)
def _page(template: str, minutes: int, language: str) -> bytes:
    """Made once for all who are refused in this language: they may be many."""
    with override(language):
        return render_to_string(template, {"minutes": minutes}).encode()
