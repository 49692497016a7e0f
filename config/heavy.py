"""Heavy requests over HTTP: how many there may be, of one address and in all, and what is answered beyond that.

429 where an address asks too often, 503 with Retry-After where as much heavy work is on its way as may be, 503 where
the work takes more time or space than a request has: always a page in the reader's language, never a part of an
answer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from archive.pages import bounds
from archive.pages.bounds import HEAVY, LATER, OutOfBounds, OutOfSpace, OutOfTime, TooMany, time_limit
from archive.pages.senders import address_of
from config import lane, making, rates, slots
from config.slots import Slot

GetResponse = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("config")


class HeavyMiddleware:
    """Bounds the time of every page, and does heavy work as `run` says."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        setattr(request, bounds.RUNNER, run)
        with time_limit(settings.PAGE_SECONDS):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OutOfBounds):
            return None
        return told(error, again=request.get_full_path() if request.method == "GET" else "")


def run(
    name: str, request: HttpRequest, arguments: tuple[object, ...], named: Mapping[str, object]
) -> HttpResponseBase:
    """The answer of a heavy view, made whole in a slot; OutOfBounds where it cannot be had."""
    address = address_of(request)
    if settings.HEAVY_PER_MINUTE and (seconds := rates.count(address)):
        raise TooMany(seconds, of_address=True)
    slot = _slot(address)
    file = making.new_file()
    try:
        with slot:
            if lane.is_open():
                made = lane.run(making.task(name, request, arguments, named), file, slot)
            else:
                with time_limit(settings.HEAVY_SECONDS):
                    made = making.written(HEAVY[name](request, *arguments, **named), request, file)
    except lane.LaneLost as error:
        logger.error("heavy work was lost: %s", error)
        file.close()
        raise TooMany from error
    except BaseException:
        file.close()
        raise
    return making.answer(made, file)


def _slot(address: str) -> Slot:
    try:
        slot = slots.take(address)
    except OSError as error:
        logger.error("heavy work cannot be counted: %s", error)
        raise TooMany from error
    if slot is None:
        raise TooMany
    return slot


def told(error: OutOfBounds, again: str = "") -> HttpResponse:
    """The page that says why there is no answer, and what to do; a plain one, that costs little.

    `again`: the address that was asked for, to be asked for once more.
    """
    is_busy = isinstance(error, TooMany)
    is_starved = isinstance(error, OutOfTime) and error.is_starved
    of_address = isinstance(error, TooMany) and error.of_address
    context = {
        "again": again,
        "is_busy": is_busy,
        "of_address": of_address,
        "seconds": error.seconds if isinstance(error, TooMany) else 0,
        "is_slow": isinstance(error, OutOfTime),
        "is_starved": is_starved,
        "is_large": isinstance(error, OutOfSpace),
    }
    page = render_to_string("out_of_bounds.html", context)
    response = HttpResponse(page, status=429 if of_address else 503)
    response.headers["Cache-Control"] = "no-store"
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    elif is_starved:
        response.headers["Retry-After"] = str(LATER)
    return response
