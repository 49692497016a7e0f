"""Requests that cannot be read: 400 with a page in the reader's language, and one line in the log."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import parse_header_parameters
from django.views.defaults import page_not_found

from config.middleware import language_of

GetResponse = Callable[[HttpRequest], HttpResponse]


class ArchiveRequest(WSGIRequest):
    """A request whose address is UTF-8 whatever its `Content-Type` says, and a form's words too: no page sends others.

    Django decodes the address by the charset of the form, before any of its error handling: `charset=base64` is a 500.
    """

    malformed = ""  # the header that cannot be read

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
            charset = codecs.lookup(self.content_params.get("charset", "utf-8")).name
        except (LookupError, ValueError):
            self.content_type, self.content_params, charset = "", {}, "unknown"
        if charset not in {"utf-8", "ascii"} and self.method not in {"GET", "HEAD"}:
            self.malformed = "Content-Type"


class ArchiveHandler(WSGIHandler):
    request_class = ArchiveRequest


class WellFormedMiddleware:
    """Refuse a request for a host of somebody else, or with a header that cannot be read.

    Static files included, which are answered before Django itself looks at the host.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()
        if malformed := getattr(request, "malformed", ""):
            raise BadRequest(f"{malformed} cannot be read")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A NUL names nothing, and PostgreSQL does not take one to look for."""
        if isinstance(error, DataError) and "\0" in unquote(request.get_full_path()):
            return page_not_found(request, error)
        return None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of malformed requests; the page may not ask the request for anything but the language."""
    language = language_of(request)
    with translation.override(language):
        response = HttpResponse(render_to_string("400.html"), status=400)
    response.headers["Content-Language"] = language
    return response
