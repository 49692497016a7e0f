"""The request target and the host that it is meant for, as RFC 9112 (HTTP/1.1, section 3.2) reads them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from gunicorn.http.errors import InvalidHeader, InvalidRequestLine
from gunicorn.http.message import Request

NOT_ASCII = re.compile(rb"[\x80-\xff]")
PORT = re.compile(r":(\d*)$")
LAST_PORT = 65535


def ascii_target(head: bytes) -> bytes:
    """The head with a target of percent-encoded bytes: `GET /search/?q=خلفوف` as `GET /search/?q=%D8%AE…`.

    A target must be ASCII, but people paste addresses as pages and books print them, and curl sends them as they are.
    """
    line, end, rest = head.partition(b"\r\n")
    method, space, target = line.partition(b" ")
    return method + space + NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], target) + end + rest


def settle_host(request: Request) -> None:
    """Have the request name exactly one host: that of an absolute target, `GET http://archive.example/`, else `Host`.

    Whether it is a host of the archive, Django says. gunicorn has refused a second `Host`.
    """
    if request.method != "CONNECT" and not request.uri.startswith(("/", "*")):
        request.headers = [header for header in request.headers if header[0] != "HOST"]
        request.headers.append(("HOST", _authority(request.uri)))
    hosts = [value for name, value in request.headers if name == "HOST"]
    if not hosts and request.version >= (1, 1):
        raise InvalidHeader("HOST", req=request)
    port = PORT.search(hosts[0]) if hosts else None
    if port and int(port[1] or 0) > LAST_PORT:
        raise InvalidHeader("HOST", req=request)


def _authority(target: str) -> str:
    try:
        parts = urlsplit(target)
    except ValueError:
        raise InvalidRequestLine(target) from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise InvalidRequestLine(target)
    return parts.netloc
