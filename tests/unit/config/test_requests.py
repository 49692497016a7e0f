"""Every request has a name, in its answer and in each line of the log; no title or address breaks a line."""

from __future__ import annotations

import json
import logging
from logging.config import DictConfigurator
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from config.logs import configured
from config.requests import HEADER, OneLineFormatter, RequestIdFilter, RequestIdMiddleware, server_error


def record(message: str = "told", **more: object) -> logging.LogRecord:
    made = logging.LogRecord("diwan", logging.WARNING, __file__, 1, message, (), None)
    made.__dict__.update(more)
    return made


def named(given: str | None) -> tuple[str, str]:
    """The name in the answer, and the one in a line that is logged meanwhile."""
    seen = []

    def answer(_request: HttpRequest) -> HttpResponse:
        line = record()
        assert RequestIdFilter().filter(line)
        seen.append(line.request_id)  # type: ignore[attr-defined]
        return HttpResponse()

    headers = {} if given is None else {"X-Request-ID": given}
    response = RequestIdMiddleware(answer)(RequestFactory().get("/", headers=headers))
    return response.headers[HEADER], seen[0]


def test_the_proxys_name_is_kept() -> None:
    assert named("5f2a-8c.d_1") == ("5f2a-8c.d_1",) * 2


@pytest.mark.parametrize("given", [None, "", "short", "a" * 65, "two words", "a\x1b[31mred", "خلفوف-خلف", "../../x"])
def test_a_name_that_is_none_is_replaced_by_one_of_our_own(given: str | None) -> None:
    first, logged = named(given)
    assert first == logged and first != given and len(first) == 16
    assert named(given)[0] != first


def test_outside_of_requests_a_line_has_a_dash() -> None:
    line = record()
    RequestIdFilter().filter(line)
    assert line.request_id == "-"  # type: ignore[attr-defined]


def test_a_failed_request_is_named_when_all_is_done_with_it() -> None:
    line = record(request=SimpleNamespace(META={"diwan.request_id": "5f2a8c01"}))
    RequestIdFilter().filter(line)
    assert line.request_id == "5f2a8c01"  # type: ignore[attr-defined]


def test_only_our_own_faults_have_a_traceback() -> None:
    fault = (ValueError, ValueError("x"), None)
    for status, kept in ((400, None), (404, None), (500, fault), (503, fault)):
        line = record(status_code=status, exc_info=fault)
        RequestIdFilter().filter(line)
        assert line.exc_info == kept


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x00", "\x1b", "\u2028", "\u202e", "\u200f", "\x85", "\u2066"])
def test_a_record_is_one_line_whatever_it_holds(sign: str) -> None:
    told = OneLineFormatter("%(message)s").format(record(f"title: خلف{sign}ERROR root logged in"))
    assert told == "title: خلف ⏎ ERROR root logged in"


def test_a_traceback_stands_in_its_line() -> None:
    try:
        raise ValueError("no such\narticle")
    except ValueError as error:
        line = record(exc_info=(type(error), error, error.__traceback__))
    told = OneLineFormatter("%(message)s").format(line)
    assert "\n" not in told and "Traceback" in told and "no such ⏎ article" in told


def test_a_locked_database_asks_to_come_again_and_another_fault_does_not() -> None:
    request = RequestFactory().get("/")
    try:
        raise OperationalError("database is locked")
    except OperationalError:
        busy = server_error(request)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "10")
    try:
        raise ValueError("a fault of ours")
    except ValueError:
        fault = server_error(request)
    assert fault.status_code == 500 and "Retry-After" not in fault.headers


def test_for_programs_a_record_is_an_object_that_does_not_tell_what_was_asked() -> None:
    formatter = DictConfigurator(configured("json")).configure_formatter(configured("json")["formatters"]["line"])
    try:
        raise ValueError("no such\narticle")
    except ValueError as error:
        fault = (type(error), error, error.__traceback__)
    asked = RequestFactory().get("/search/?q=secret")
    line = record("title: خلف\u2028\u202eERROR", request=asked, status_code=500, exc_info=fault)
    RequestIdFilter().filter(line)
    told = formatter.format(line)
    assert told.isascii() and "\n" not in told and "secret" not in told
    read = json.loads(told)
    assert (read["level"], read["logger"], read["request"]) == ("WARNING", "diwan", "-")
    assert read["message"] == "title: خلف\u2028\u202eERROR" and "no such\narticle" in read["exc_info"]
    assert read.keys() == {"at", "level", "logger", "request", "message", "exc_info", "status_code"}
