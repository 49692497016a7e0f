"""Answers compressed for readers whose browsers take it: quickly, for most pages are made once and sent once.

Of a page of results level 1 takes a quarter of the time that Django's level 6 takes, and sends a fifth more.
"""

from __future__ import annotations

import io
import secrets
from gzip import GzipFile

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware import gzip
from django.utils.cache import patch_vary_headers

LEVEL = 1
SHORTEST = 200  # bytes


class QuickGZipMiddleware(gzip.GZipMiddleware):
    """Django's middleware with another level; what is sent in parts is left to it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or not _is_taken(request, response):
            answered: HttpResponseBase = super().process_response(request, response)
            return answered
        patch_vary_headers(response, ("Accept-Encoding",))
        response.content = compressed(response.content)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = "gzip"
        if (etag := response.get("ETag", "")).startswith('"'):
            response.headers["ETag"] = f"W/{etag}"
        return response


def _is_taken(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer is long, not compressed yet, and asked by who takes it compressed."""
    is_asked = gzip.re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
    return bool(is_asked) and len(response.content) >= SHORTEST and not response.has_header("Content-Encoding")


def compressed(content: bytes) -> bytes:
    """The bytes with a name of chance length, as Django has it against BREACH: the length tells nothing of a token."""
    packed = io.BytesIO()
    name = "a" * secrets.randbelow(gzip.GZipMiddleware.max_random_bytes)
    with GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()
