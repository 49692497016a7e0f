"""Pages as they were made, for the next reader who would get the same: under their tags, in Django's cache `pages`.

A tag says all that a page is made of (`archive.pages.revalidation`), so what a reader who has the page may go on
showing, a reader who does not may be given. Nothing is kept of a page that forbids it, sets a cookie, holds a token for
a form, is sent in parts, or is long. Where nothing can be kept or read, on a full disk, pages are made as if there were
no cache.
"""

from __future__ import annotations

import json
import logging

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from archive.telemetry.counters import count_kept_page

logger = logging.getLogger("archive")
LONGEST = 512 * 1024  # bytes


def kept(tag: str) -> HttpResponse | None:
    """The page under a tag, with the headers that its view gave it."""
    try:
        held: bytes | None = caches["pages"].get(tag)
    except OSError as error:
        logger.warning("a kept page cannot be read: %s", error)
        return None
    count_kept_page(was_there=held is not None)
    if held is None:
        return None
    headers, _line, content = held.partition(b"\n")
    return HttpResponse(content, headers=json.loads(headers))


def keep(tag: str, request: HttpRequest, response: HttpResponseBase) -> None:
    own = response.cookies or "CSRF_COOKIE" in request.META or "no-store" in response.get("Cache-Control", "")
    if isinstance(response, HttpResponse) and response.status_code == 200 and not own:
        if len(response.content) > LONGEST:
            return
        try:
            caches["pages"].set(tag, json.dumps(dict(response.headers)).encode() + b"\n" + response.content)
        except OSError as error:
            logger.warning("a page cannot be kept: %s", error)
