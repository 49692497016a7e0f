"""A heavy answer is made whole before a byte of it is sent: into a file of no name, which goes when it is closed.

So it is never cut in the middle, its length is known, and what it took is free again while a slow reader takes it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final, cast

from django.core.handlers.wsgi import WSGIRequest
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.module_loading import import_string

from archive.pages.bounds import HEAVY, View
from archive.telemetry.names import named
from archive.telemetry.tracing import PARENT, parent_header, span
from config.requests import HEADER, KEY

# What tells a request whose it is, and in which language and calendar it is answered; of the settings' middleware.
READING: Final = (
    "config.requests.RequestIdMiddleware",
    "config.middleware.SessionMiddleware",
    "config.middleware.InterfaceLanguageMiddleware",
    "config.middleware.CalendarMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.OnePageMiddleware",
)


@dataclass(frozen=True, slots=True)
class Task:
    """A request as another process can take it up: the name of its view (in `bounds.HEAVY`), WSGI's strings."""

    view: str
    environ: Mapping[str, str]
    arguments: tuple[object, ...]
    named: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Made:
    """An answer without its body. A file (`is_file`) is sent piece by piece and never kept for other readers."""

    status: int
    headers: tuple[tuple[str, str], ...]
    is_file: bool


def new_file() -> BinaryIO:
    return tempfile.TemporaryFile()


def task(name: str, request: HttpRequest, arguments: tuple[object, ...], named: Mapping[str, object]) -> Task:
    environ = {key: value for key, value in request.META.items() if isinstance(value, str)}
    environ["HTTP_X_REQUEST_ID"] = environ.get(KEY, "")  # its lines of the log have one name
    environ[f"HTTP_{PARENT.upper()}"] = parent_header()
    return Task(name, environ, arguments, named)


def make_anew(task: Task, file: BinaryIO) -> Made:
    """Make the answer to a task of another process."""
    environ = {**task.environ, "wsgi.input": BytesIO(), "wsgi.errors": None}
    answered: Callable[[HttpRequest], HttpResponseBase] = lambda request: _answer(task, request)  # noqa: E731
    for name in reversed(READING):
        answered = import_string(name)(answered)
    request = WSGIRequest(environ)
    asked, parent = (request.headers.get(name, "") for name in (HEADER, PARENT))
    with named(asked), span("heavy work", parent=parent) as say:
        say("http.route", task.view)
        return written(answered(request), request, file)


def _answer(task: Task, request: HttpRequest) -> HttpResponseBase:
    view: View = HEAVY[task.view]
    return view(request, *task.arguments, **task.named)


def written(response: HttpResponseBase, request: HttpRequest, file: BinaryIO) -> Made:
    """Write the body into the file; what is to be saved is compressed here already, while nobody waits for it."""
    is_file = response.streaming
    if is_file:
        response = cast("HttpResponseBase", GZipMiddleware(lambda _request: response)(request))
    for chunk in cast("Iterable[bytes]", response):
        file.write(chunk)
    response.close()
    file.flush()
    return Made(response.status_code, tuple(response.headers.items()), is_file)


def answer(made: Made, file: BinaryIO) -> HttpResponseBase:
    """The response to send."""
    file.seek(0)
    response: HttpResponseBase = FileResponse(file) if made.is_file else HttpResponse(file.read())
    if not made.is_file:
        file.close()
    response.status_code = made.status
    for name, value in made.headers:
        response.headers[name] = value
    return response
