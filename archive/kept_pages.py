"""Pages as they were made, for the next reader who would get the same: under their tags, in Django's cache `pages`.

A tag says all that a page is made of (`archive.revalidation`), so what a reader who has the page may go on showing, a
reader who does not may be given. Nothing is kept of a page that sets a cookie, holds a token for a form, or is sent in
parts.
"""

from __future__ import annotations

import zlib

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

LEVEL = 1  # of compression: a page of 100 kB takes a seventh of it, and 0.2 ms to be read


def kept(tag: str) -> HttpResponse | None:
    """The page under a tag, with the headers that its view gave it."""
    held: tuple[bytes, dict[str, str]] | None = caches["pages"].get(tag)
    return None if held is None else HttpResponse(zlib.decompress(held[0]), headers=held[1])


def keep(tag: str, request: HttpRequest, response: HttpResponseBase) -> None:
    own = response.cookies or "CSRF_COOKIE" in request.META
    if isinstance(response, HttpResponse) and response.status_code == 200 and not own:
        caches["pages"].set(tag, (zlib.compress(response.content, LEVEL), dict(response.headers)))
