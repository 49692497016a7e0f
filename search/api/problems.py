"""What programs are told in place of an answer: problem+json (RFC 9457), in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja.errors import ValidationError

from archive.pages.bounds import LATER, OutOfBounds, OutOfSpace, OutOfTime, TooMany
from archive.pages.interface import reader_language
from search.api.asked import Refused
from search.api.shapes import Problem, ProblemField
from search.syntax import MAX_CHARACTERS, MAX_TERMS
from search.web.unavailable import WAIT

MEDIA_TYPE: Final = "application/problem+json"
TITLES: Final = {
    400: _("This cannot be asked so"),
    404: _("There is nothing at this address"),
    405: _("Here one can only read"),
    410: _("This report was withdrawn"),
    429: _("The archive is busy"),
    503: _("The archive is busy"),
}


def problem(status: int, detail: str = "", errors: Sequence[tuple[str, str]] = (), wait: int = 0) -> HttpResponse:
    """`errors` are parameters with what is told of each; `wait` are the seconds after which to ask again."""
    told = Problem(
        type="about:blank",
        title=str(TITLES[status]),
        status=status,
        detail=detail,
        errors=[ProblemField(parameter=parameter, detail=said) for parameter, said in errors],
    )
    body = json.dumps(told.model_dump(), ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = reader_language()
    response.headers["Cache-Control"] = "no-store" if status in {429, 503} else "private, no-cache"
    if wait:
        response.headers["Retry-After"] = str(wait)
    if status == 405:
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response


def not_read(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A parameter that is no value of its type; in a path it names nothing."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return problem(404)
    names = dict.fromkeys(_parameter(one["loc"]) for one in error.errors)
    return problem(400, errors=[(name, gettext("This is no value of the parameter.")) for name in names])


def _parameter(place: Sequence[object]) -> str:
    """The name of a parameter: (`query`, `asked`, `country`, 3) is `country`."""
    return next((str(part) for part in reversed(place) if isinstance(part, str)), "")


def refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    told = {
        "query": gettext("The query has more than %(letters)s characters or %(words)s words.")
        % {"letters": MAX_CHARACTERS, "words": MAX_TERMS},
        "date": gettext("This is no date."),
        "cursor": gettext("This cursor belongs to no answer to this question."),
        "unknown": gettext("There is no such parameter here."),
    }
    return problem(400, errors=[(error.parameter, error.told or told[error.code])])


def nothing(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(404)


def unavailable(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(503, gettext("The search is being prepared. Please try again in a moment."), wait=WAIT)


def out_of_bounds(_request: HttpRequest, error: OutOfBounds) -> HttpResponse:
    if isinstance(error, TooMany):
        return problem(429 if error.of_address else 503, wait=error.seconds)
    if isinstance(error, OutOfSpace):
        return problem(503, gettext("The answer is larger than the archive makes at once; narrow the question."))
    told = gettext("The answer takes longer than the archive gives to one; narrow the question.")
    return problem(503, told, wait=LATER if isinstance(error, OutOfTime) and error.is_starved else 0)
