"""What happens to every request: a name of its own that stands in the answer and in each log line."""

from __future__ import annotations

import logging
import re
import secrets
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from archive.captures.payloads import PayloadsUnreachable
from archive.telemetry.names import named, request_name

GetResponse = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-ID"
KEY = "diwan.request_id"  # of the name in `request.META`
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
RETRY_AFTER = 10  # seconds
# What could end a line, or turn it round on the screen of whoever reads the log.
BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]+")


class RequestIdMiddleware:
    """Name every request, by the proxy's `X-Request-ID` when that is a plain one; the answer carries the name back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        request.META[KEY] = name
        with named(name):
            response = self.get_response(request)
        response.headers[HEADER] = name
        return response


class RequestIdFilter(logging.Filter):
    """Gives every log record the name of the request it belongs to, "-" outside of requests.

    What a client did wrong (a status below 500) needs no traceback: the fault is not in the code it passed through.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        # Django logs a failed request when all middleware is done with it, and hands it over with the record.
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "META", {}).get(KEY) or request_name()
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = None
        return True


class OneLineFormatter(logging.Formatter):
    """One line a record, its traceback included, whatever a title or an address holds."""

    def format(self, record: logging.LogRecord) -> str:
        return BREAKS.sub(" ⏎ ", super().format(record))


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of uncaught errors, which it has logged; what is locked or out of reach: 503, Retry-After."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError | PayloadsUnreachable):
        busy = HttpResponse(render_to_string("503.html"), status=503)
        busy.headers["Retry-After"] = str(RETRY_AFTER)
        return busy
    return HttpResponse(render_to_string("500.html"), status=500)
