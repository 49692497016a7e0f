"""Every request counted and followed, where a setting asks for it; where none does, this middleware is not there."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse

from archive.telemetry.counters import count_request, is_counting
from archive.telemetry.tracing import PARENT, is_tracing, span

NO_VIEW: Final = "none"  # refused, or led elsewhere, before it was known which view would answer


class MeasuringMiddleware:
    """Names of views stand for addresses: what readers ask for is written nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not is_counting() and not is_tracing():
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_tracing():
            return self._counted(request)
        statements = _Statements()
        with (
            span(request.method or "", parent=request.headers.get(PARENT, ""), is_request=True) as say,
            connection.execute_wrapper(statements),
        ):
            say("http.request.method", request.method or "")
            response = self._counted(request)
            say("http.route", view_of(request))
            say("http.response.status_code", response.status_code)
            say("db.statements", statements.count)
            say("db.seconds", round(statements.seconds, 6))
            return response

    def _counted(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.get_response(request)
        count_request(view_of(request), response.status_code, time.monotonic() - began)
        return response


def view_of(request: HttpRequest) -> str:
    """The name of the view that answered, with its space: `search`, `browse:day`."""
    match = request.resolver_match
    return (match.view_name if match else "") or NO_VIEW


class _Statements:
    """Counts the statements of a request to the database, and the seconds that they took."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.monotonic()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += time.monotonic() - began
