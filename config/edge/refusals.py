"""Answers to requests that reach no part of the archive: a page in the reader's language."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, QueryDict, parse_cookie
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import http_date
from gunicorn.http import errors

from archive.telemetry.counters import count_request
from config.edge.incoming import BodyTooLong
from config.middleware import LANGUAGE_PARAMETER, language_of, policy
from config.requests import HEADER

STATUSES: dict[type[Exception], HTTPStatus] = {
    errors.InvalidResponseHeader: HTTPStatus.INTERNAL_SERVER_ERROR,  # ours, not the client's
    errors.InvalidResponseHeaderName: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.ConfigurationProblem: HTTPStatus.INTERNAL_SERVER_ERROR,
    TimeoutError: HTTPStatus.REQUEST_TIMEOUT,
    BodyTooLong: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ForbiddenProxyRequest: HTTPStatus.FORBIDDEN,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
}
PAGES = {
    HTTPStatus.REQUEST_TIMEOUT: "408.html",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "413.html",
    HTTPStatus.INTERNAL_SERVER_ERROR: "500.html",
}
CHOSEN = re.compile(rb"^[^\r\n]*[?&]%s=(\w+)" % LANGUAGE_PARAMETER.encode())
UNREAD = "unread"  # for what is counted: a request that reached no part of the archive
FIELD = r"(?im)^%s:[ \t]*([^\r\n]*)"


def status_of(error: Exception) -> HTTPStatus:
    """What is answered for an error of reading or of making an answer; 500 for what nobody expected."""
    found = (status for kind, status in STATUSES.items() if isinstance(error, kind))
    return next(found, HTTPStatus.INTERNAL_SERVER_ERROR)


def refusal(status: HTTPStatus, head: bytes, name: str, most: int = 0) -> bytes:
    """The whole answer, head and page; `name` is the request's in the log, `head` what was read of it.

    `most` is how many bytes its body might have had, 0 where that is not known.
    """
    count_request(UNREAD, status)
    language = reader_language(head)
    content = page(PAGES.get(status, "400.html"), language, most or settings.BODY_MAX_BYTES).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(content)),
        "Date": http_date(),
        "Connection": "close",
        "Content-Language": language,
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        HEADER: name,
    }
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{field}: {value}" for field, value in headers.items())]
    body = b"" if head.startswith(b"HEAD ") else content
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@cache
def page(template: str, language: str, most: int) -> str:
    with translation.override(language):
        return render_to_string(template, {"most": most})


def reader_language(head: bytes) -> str:
    """`ar`, `fa` or `en`, by what can be read of the head: `?ui=`, the cookie of a choice, the browser's languages."""
    request = HttpRequest()
    text = head.decode("latin-1")
    languages, cookies = re.search(FIELD % "accept-language", text), re.search(FIELD % "cookie", text)
    request.META["HTTP_ACCEPT_LANGUAGE"] = languages[1] if languages else ""
    request.COOKIES = parse_cookie(cookies[1]) if cookies else {}
    if chosen := CHOSEN.match(head):
        request.GET = QueryDict(b"%s=%s" % (LANGUAGE_PARAMETER.encode(), chosen[1]))
    return language_of(request)
