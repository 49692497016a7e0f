"""An operation of the interface for programs, asked within this process: through every guard of a request over HTTP."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote, unquote_to_bytes, urlencode, urlsplit

from django.core.servers.basehttp import get_internal_wsgi_application

from search.assistants.tools import ReadingTool

Environ = dict[str, Any]
# What of a request over HTTP its questions keep: who asks, for which site, in which language.
KEPT: Final = (
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_HOST",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "REMOTE_ADDR",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "wsgi.url_scheme",
)


class NotAsked(Exception):
    """The arguments are no parameters: what is wrong, in words for the assistant."""


def at(address: str) -> Environ:
    """Somebody on this machine who asks the archive by its public address, `https://archive.example`."""
    parts = urlsplit(address)
    return {
        "HTTP_HOST": parts.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": parts.scheme,
    }


def of(environ: Mapping[str, Any]) -> Environ:
    """Whoever sent a request."""
    return {name: environ[name] for name in KEPT if name in environ}


def ask(tool: ReadingTool, arguments: Mapping[str, Any], asker: Environ) -> tuple[int, Any]:
    """Status and JSON of the answer; None for JSON where the site refused the request before the interface saw it."""
    place, query = _address(tool, arguments)
    environ = {
        **asker,
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(place).decode("latin-1"),
        "QUERY_STRING": query,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
    }
    told: list[tuple[str, dict[str, str]]] = []

    def begin(status: str, headers: list[tuple[str, str]], _error: object = None, /) -> Callable[[bytes], object]:
        told.append((status, dict(headers)))
        return lambda _part: None  # Django gives the body back

    answer = get_internal_wsgi_application()(environ, begin)
    try:
        body = b"".join(answer)
    finally:
        answer.close()
    ((status, headers),) = told
    is_json = headers.get("Content-Type", "").partition(";")[0] in {"application/json", "application/problem+json"}
    return int(status[:3]), json.loads(body) if is_json else None


def _address(tool: ReadingTool, arguments: Mapping[str, Any]) -> tuple[str, str]:
    """Path and query string; what is null is left out, what has a bound of its own is given."""
    given = {**tool.usual, **{name: value for name, value in arguments.items() if value is not None}}
    for name, value in given.items():
        if name in tool.without:
            raise NotAsked(f"{name}: there is no such argument")
        if not all(isinstance(one, str | int) for one in (value if isinstance(value, list) else [value])):
            raise NotAsked(f"{name}: write text, a number, or a list of texts")
        if name in tool.most and isinstance(value, int) and value > tool.most[name]:
            raise NotAsked(f"{name}: at most {tool.most[name]}")
    place = tool.place
    for name in tool.asks["required"]:
        if not isinstance(given.get(name), str):
            raise NotAsked(f"{name}: is needed")
        place = place.replace(f"{{{name}}}", quote(given.pop(name), safe=""))
    return place, urlencode(given, doseq=True)
