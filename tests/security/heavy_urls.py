"""Diwan's addresses, and heavy work as bad as it can be, which no address of its own should lead to."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path

from archive.pages.bounds import check_time, heavy
from archive.pages.interface import reader_calendar, reader_language
from config.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]


@heavy
def spin(request: HttpRequest) -> HttpResponse:
    """Holds Python's lock for ever."""
    while True:
        pass


@heavy
def spin_in_c(request: HttpRequest) -> HttpResponse:
    """Days of work in one call of C, which no check between steps sees."""
    return HttpResponse(str(pow(3, 10**9)))


@heavy
def wait(request: HttpRequest) -> HttpResponse:
    """Gets next to nothing of a processor, as where others have it."""
    time.sleep(600)
    return HttpResponse()


@heavy
def eat(request: HttpRequest) -> HttpResponse:
    held = []
    while True:
        held.append(bytearray(2**20))


@heavy
def write(request: HttpRequest) -> HttpResponseBase:
    def lines() -> Iterator[bytes]:
        while True:
            yield os.urandom(2**16)

    return StreamingHttpResponse(lines(), content_type="application/octet-stream")


@heavy
def die(request: HttpRequest) -> HttpResponse:
    os.kill(os.getpid(), signal.SIGKILL)
    return HttpResponse()


@heavy
def fail(request: HttpRequest) -> HttpResponse:
    raise ValueError("of the view")


@heavy
def tell(request: HttpRequest) -> HttpResponse:
    """Where and for whom it is done."""
    told = (os.getppid(), os.nice(0), reader_language(), reader_calendar(), request.user.is_authenticated)
    return HttpResponse(" ".join(map(str, told)))


def go_on(request: HttpRequest) -> HttpResponse:
    """An ordinary page that would never end."""
    while True:
        check_time()


urlpatterns += [
    path("bad/spin/", spin), path("bad/spin-in-c/", spin_in_c), path("bad/eat/", eat), path("bad/write/", write),
    path("bad/die/", die), path("bad/fail/", fail), path("bad/tell/", tell), path("bad/go-on/", go_on),
    path("bad/wait/", wait),
]  # fmt: skip
