"""One address fetched, or sent to: redirects looked at one by one, time and size bounded, all of it told."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Final

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from archive.fetching.errors import (
    AddressRefused,
    FetchError,
    NotReached,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    gettext_noop,
)
from archive.fetching.targets import Resolver, Target, led_to, public_addresses, resolve, target

REDIRECTS: Final = {301, 302, 303, 307, 308}
LEADS_ON: Final = gettext_noop("the address leads on more than %(most)d times")
NOT_WHOLE: Final = gettext_noop("%(host)s gave no whole answer in time")
LATE: Final = gettext_noop("%(host)s could not be reached in time")
LONG: Final = gettext_noop("the answer has more than %(most)s bytes")
PACKED: Final = gettext_noop("the answer is packed as %(how)s, which was not asked for")
CUT_OFF: Final = gettext_noop("the answer was cut off")
CERTIFICATE: Final = gettext_noop("the certificate of %(host)s does not fit its name or cannot be checked")
UNREAD: Final = gettext_noop("%(host)s gave no answer that can be read (%(what)s)")
UNREACHED: Final = gettext_noop("%(host)s cannot be reached (%(what)s)")
PIECE: Final = 64 * 1024
ACCEPT: Final = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,*/*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address may cost: seconds in all, bytes as sent and unpacked, redirects."""

    seconds: float = 15.0
    bytes: int = 10 * 1024 * 1024
    redirects: int = 3


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be asked, and as whom. `loopback` is for tests that serve pages on the machine itself."""

    agent: str = "Diwan"
    loopback: bool = False
    resolver: Resolver = resolve


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer as it came: `body` is unpacked, `headers` are those of the last hop, in their order.

    `hops` are the addresses that led here, with their status: `(("http://news.example/1", 301),)`.
    """

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime.datetime
    hops: tuple[tuple[str, int], ...] = field(default=())

    def header(self, name: str) -> str:
        """The first header of a name, in any case of its letters; "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def is_unchanged(self) -> bool:
        """Whether the site says that nothing changed since the tags that it was asked with."""
        return self.status == 304


def fetch(
    address: str, *, reach: Reach, limits: Limits = LIMITS, conditions: Mapping[str, str] | None = None
) -> Fetched:
    """Fetch an address; FetchError says why there is nothing. An answer of any status but a redirect is an answer.

    `conditions` are headers such as If-None-Match.
    """
    ends = time.monotonic() + limits.seconds
    asked = target(address, open_ports=reach.loopback)
    hops: list[tuple[str, int]] = []
    while True:
        with _answer(asked, reach, {"Accept": ACCEPT, **(conditions or {})}, ends) as response:
            if response.status not in REDIRECTS or not response.headers.get("Location"):
                headers = tuple((str(name), str(value)) for name, value in response.headers.items())
                body = _body(response, asked.host, limits, ends)
                at = datetime.datetime.now(datetime.UTC)
                return Fetched(asked.address, response.status, headers, body, at, tuple(hops))
            hops.append((asked.address, response.status))
            location = response.headers["Location"]
        if len(hops) > limits.redirects:
            raise TooManyRedirects(LEADS_ON, most=limits.redirects)
        asked = led_to(asked, location, open_ports=reach.loopback)


def post(address: str, body: bytes, headers: Mapping[str, str], *, reach: Reach, seconds: float) -> int:
    """Send something to an address; the status of the answer, of which no more is read. FetchError as for `fetch`.

    No redirect is followed: what was meant for one address goes to no other.
    """
    ends = time.monotonic() + seconds
    asked = target(address, open_ports=reach.loopback)
    with _answer(asked, reach, headers, ends, body) as response:
        if time.monotonic() >= ends:  # it was cut off, maybe within its headers
            raise TooSlow(NOT_WHOLE, host=asked.host)
        return response.status


@contextmanager
def _answer(
    asked: Target, reach: Reach, headers: Mapping[str, str], ends: float, body: bytes | None = None
) -> Iterator[BaseHTTPResponse]:
    """The answer of the first of a site's addresses that can be reached, its body unread; closed afterwards.

    A `body` is sent by POST.
    """
    found = public_addresses(asked, reach.resolver, loopback=reach.loopback)
    line = _connected(asked, found, ends)
    watch = threading.Timer(max(ends - time.monotonic(), 0.01), _hang_up, [line])
    watch.daemon = True
    watch.start()
    told = {"Host": asked.authority, "User-Agent": reach.agent, "Accept-Encoding": "gzip", **headers}
    method = "GET" if body is None else "POST"
    try:
        line.request(method, asked.path, body, told, preload_content=False, decode_content=False)
        yield line.getresponse()
    except FetchError:
        raise
    except (OSError, urllib3.exceptions.HTTPError, HTTPException, ValueError, zlib.error) as error:
        if time.monotonic() >= ends:
            raise TooSlow(NOT_WHOLE, host=asked.host) from error
        if any(isinstance(one, urllib3.exceptions.IncompleteRead) for one in (error, *error.args)):
            raise NotReached(CUT_OFF) from error
        raise _no_answer(UNREAD, asked, error) from error
    finally:
        watch.cancel()
        line.close()


def _connected(asked: Target, found: list[str], ends: float) -> HTTPConnection:
    failure: Exception | None = None
    for one in found:
        left = ends - time.monotonic()
        if left <= 0:
            break
        line = _line(asked, one, min(left, 5.0))
        try:
            line.connect()
        except (OSError, urllib3.exceptions.HTTPError) as error:
            failure = error
            line.close()
        else:
            if line.sock:
                line.sock.settimeout(max(ends - time.monotonic(), 0.01))
            return line
    if failure is None:
        raise TooSlow(LATE, host=asked.host)
    raise _no_answer(UNREACHED, asked, failure) from failure


def _line(asked: Target, one: str, seconds: float) -> HTTPConnection:
    """A connection to an address that was looked at; the certificate must be that of the name."""
    if asked.scheme == "http":
        return HTTPConnection(one, asked.port, timeout=seconds)
    return HTTPSConnection(
        one,
        asked.port,
        timeout=seconds,
        server_hostname=asked.host,
        assert_hostname=asked.host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
        ssl_minimum_version=ssl.TLSVersion.TLSv1_2,
    )


def _hang_up(line: HTTPConnection) -> None:
    """End a conversation whose time is up, whatever it is doing."""
    with suppress(OSError, AttributeError):
        line.sock.shutdown(socket.SHUT_RDWR)


def _body(response: BaseHTTPResponse, host: str, limits: Limits, ends: float) -> bytes:
    """The body, unpacked; never more of it in memory than one may be long."""
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > limits.bytes:
        raise TooLarge(LONG, most=f"{limits.bytes:,}")
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed not in {"", "identity", "gzip", "x-gzip"}:
        raise AddressRefused(PACKED, how=packed[:80])
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packed else None
    body, sent = bytearray(), 0
    while piece := response.read1(PIECE):
        sent += len(piece)
        body += unpack.decompress(piece, limits.bytes + 1 - len(body)) if unpack else piece
        if max(sent, len(body)) > limits.bytes:
            raise TooLarge(LONG, most=f"{limits.bytes:,}")
        if time.monotonic() >= ends:
            raise TooSlow(NOT_WHOLE, host=host)
    if time.monotonic() >= ends:
        raise TooSlow(NOT_WHOLE, host=host)
    if unpack and not unpack.eof:
        raise NotReached(CUT_OFF)
    if length.isdecimal() and sent < int(length):
        raise NotReached(CUT_OFF)
    return bytes(body)


def _no_answer(sentence: str, asked: Target, error: Exception) -> NotReached:
    """Why there is no answer, with what the system or a library calls it."""
    if isinstance(error, ssl.SSLError) or "SSL" in type(error).__name__:
        return NotReached(CERTIFICATE, host=asked.host)
    return NotReached(sentence, host=asked.host, what=getattr(error, "strerror", None) or type(error).__name__)
