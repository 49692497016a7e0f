"""A web worker that kills itself in the middle of a request: at the statement whose number a file of the archive names.

The file, `die_at` in the folder of state, is taken away by the request that it is meant for. Statements are counted as
the database is asked, a commit as two: what is before it and what is after it. Where the file says 0, the request comes
to its end, and `steps` beside the file says how many there were.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

FILE, STEPS = "die_at", "steps"


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answered(request: HttpRequest) -> HttpResponse:
        told = Path(settings.VAR_DIR, FILE)
        if request.method != "POST" or not told.exists():
            return get_response(request)
        number = int(told.read_text())
        told.unlink()
        return _dying(number, get_response, request)

    return answered


def _dying(number: int, get_response: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def asked(execute: Any, *arguments: Any) -> Any:
        step()
        return execute(*arguments)

    whole: Any = connection._commit

    def commit() -> None:
        step()
        whole()
        step()

    connection._commit = commit
    try:
        with connection.execute_wrapper(asked):
            return get_response(request)
    finally:
        connection._commit = whole
        Path(settings.VAR_DIR, STEPS).write_text(str(steps))
