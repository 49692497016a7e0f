"""Which addresses may be asked: public pages of the web, and nothing that stands behind or beside the archive itself.

A name is resolved once. All that it resolves to must be public, and the connection is made to what was looked at, not
to the name, so that a name cannot lead elsewhere a moment later.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from archive.fetching.errors import AddressRefused, NotReached, gettext_noop

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
PORTS: Final = {"http": 80, "https": 443}
MOST_LETTERS: Final = 2000
RESOLVE_SECONDS = 5.0
SAFE: Final = "/%:@!$&'()*+,;=~-._"  # what stays as it is in a path; in a query "?" does, too
ASSIGNMENTS: Final = ipaddress.IPv4Network("192.0.0.0/24")  # of the protocols themselves; Python takes some for public
LONG: Final = gettext_noop("the address has more than %(most)d characters")
SPACES: Final = gettext_noop("the address has spaces, control characters or backslashes in it")
NO_ADDRESS: Final = gettext_noop("this is no address of a page")
SCHEMES: Final = gettext_noop("only addresses that begin with http:// or https:// are fetched")
NAMES: Final = gettext_noop("addresses with a name or password in them are not fetched")
USUAL_PORTS: Final = gettext_noop("only the usual ports of the web are asked, not %(port)s")
NO_SITE: Final = gettext_noop("the address names no site")
NO_NAME: Final = gettext_noop("%(host)s is no name of a site")
BACK: Final = gettext_noop("%(host)s leads from https back to http")
UNKNOWN: Final = gettext_noop("there is no site of the name %(host)s")
NOT_PUBLIC: Final = gettext_noop("%(host)s is not a public site: it stands at %(number)s")
NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked, in parts; `host` is ASCII, `path` has the query: `/politics?id=7`."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """The host as the Host header has it: `[2001:db8::1]`, `news.example:8080`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def site(self) -> str:
        return f"{self.scheme}://{self.authority}"


def target(address: str, *, open_ports: bool = False) -> Target:
    """The parts of an address as typed or pasted; AddressRefused says why it is not asked.

    Letters beyond ASCII are encoded: `https://اخبار.example/سياسة` is an address. `open_ports` allows any port.
    """
    typed = address.strip()
    if len(typed) > MOST_LETTERS:
        raise AddressRefused(LONG, most=MOST_LETTERS)
    if any(letter.isspace() or ord(letter) < 32 or ord(letter) == 127 or letter == "\\" for letter in typed):
        raise AddressRefused(SPACES)
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(NO_ADDRESS) from error
    if parts.scheme not in PORTS:
        raise AddressRefused(SCHEMES)
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(NAMES)
    if port not in (None, PORTS[parts.scheme]) and not open_ports:
        raise AddressRefused(USUAL_PORTS, port=str(port))
    return Target(parts.scheme, _host(parts), port or PORTS[parts.scheme], _path(parts))


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise AddressRefused(NO_SITE)
    if ":" in host:
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise AddressRefused(NO_NAME, host=host[:200]) from error


def _path(parts: SplitResult) -> str:
    query = quote(parts.query, safe=f"{SAFE}?")
    return urlunsplit(("", "", quote(parts.path or "/", safe=SAFE), query, "")) or "/"


def led_to(came_from: Target, location: str, *, open_ports: bool = False) -> Target:
    """Where a redirect leads, looked at like an address that somebody typed; from https never back to http."""
    led = target(urljoin(came_from.address, location.strip()), open_ports=open_ports)
    if came_from.scheme == "https" and led.scheme == "http":
        raise AddressRefused(BACK, host=came_from.host)
    return led


def public_addresses(asked: Target, resolver: Resolver, *, loopback: bool = False) -> list[str]:
    """What a name resolves to, each for a connection; AddressRefused where any of it is not public.

    `loopback` allows the machine itself, for tests that serve pages there.
    """
    found = [str(one) for one in resolver(asked.host, asked.port)]
    if not found:
        raise NotReached(UNKNOWN, host=asked.host)
    for one in found:
        number = ipaddress.ip_address(one.partition("%")[0])
        if not (_is_public(number) or (loopback and number.is_loopback)):
            raise AddressRefused(NOT_PUBLIC, host=asked.host, number=one)
    return found


def _is_public(number: IPAddress) -> bool:
    """Whether an address is one of the open internet, also where it carries an address of IPv4 in itself."""
    if isinstance(number, ipaddress.IPv6Address):
        within = number.ipv4_mapped or number.sixtofour or (number.teredo or (None, None))[1]
        if within is None and number in NAT64:
            within = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if within is not None:
            return _is_public(within)
    return number not in ASSIGNMENTS and number.is_global and not number.is_multicast and not number.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver, for `RESOLVE_SECONDS` at most; no addresses where it knows none."""
    found: list[str] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(RESOLVE_SECONDS)
    return list(found)
