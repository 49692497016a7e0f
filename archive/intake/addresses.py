"""Addresses of the web, each asked for at its site's pace, and what stands there as items to take in."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.conf import settings

from archive.fetching.errors import AddressRefused, FetchError
from archive.fetching.fetch import CUT_OFF, LATE, NOT_WHOLE, UNREACHED, UNREAD, Limits, Reach, fetch
from archive.fetching.robots import CANNOT_SAY, Robots
from archive.fetching.targets import UNKNOWN, target
from archive.intake.answers import STATUS, found_in
from archive.intake.models import PATH_LENGTH
from archive.intake.reading.items import Found, Reason, SetAside, Stated

PASSING: Final = frozenset({CUT_OFF, LATE, NOT_WHOLE, UNREACHED, UNREAD, CANNOT_SAY, UNKNOWN})


def is_passing(sentence: str, parameters: Mapping[str, Any]) -> bool:
    """Whether what kept an address out may be over when it is asked for again: the site was away, slow or busy."""
    if sentence == STATUS:
        return parameters["status"] >= 500 or parameters["status"] in (408, 429)
    return sentence in PASSING


class NotYet(Exception):
    """Every site that is left asks to be left alone for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"in {seconds:.1f} seconds")
        self.seconds = seconds


def reach() -> Reach:
    """As whom the archive asks, and whether it may ask the machine it runs on (tests alone may)."""
    return Reach(agent=settings.FETCH_AGENT, loopback=settings.FETCH_LOOPBACK)


def limits() -> Limits:
    return Limits(seconds=settings.FETCH_SECONDS, bytes=settings.CAPTURE_MAX_BYTES)


class Pace:
    """When each site may be asked again, in this process: after the pause it asks for, and ours at least."""

    def __init__(self) -> None:
        self.robots = Robots(reach(), limits())
        self._free_at: dict[str, float] = {}

    def wait(self, address: str) -> float:
        """Seconds until the site of an address may be asked; 0 for what is no address, which is not asked at all."""
        return max(0.0, self._free_at.get(_site(address), 0.0) - time.monotonic())

    def asked(self, address: str) -> None:
        self._free_at[_site(address)] = time.monotonic() + max(settings.FETCH_PAUSE, self.robots.pause(address))


def _site(address: str) -> str:
    try:
        return target(address, open_ports=True).site
    except AddressRefused:
        return ""


_paces: dict[Reach, Pace] = {}


def pace() -> Pace:
    """The one of this process."""
    return _paces.setdefault(reach(), Pace())


class Addresses:
    """What stands at addresses; those of a site that has to be left alone come after those of others.

    Iterating raises `NotYet` where all that is left has to wait; another iteration goes on after it.
    """

    def __init__(self, addresses: Sequence[str], *, stated: Stated, held: frozenset[str] = frozenset()) -> None:
        self.total = len(addresses)
        self.left = [one for one in dict.fromkeys(addresses) if one[-PATH_LENGTH:] not in held]
        self.stated = stated

    @property
    def share(self) -> float:
        return 1 - len(self.left) / self.total if self.total else 1.0

    def __iter__(self) -> Iterator[Found]:
        while self.left:
            address = min(self.left, key=pace().wait)
            if (seconds := pace().wait(address)) > 0:
                raise NotYet(seconds)
            self.left.remove(address)
            yield from self._asked(address)

    def _asked(self, address: str) -> list[Found]:
        try:
            pace().robots.insist(address)
            try:
                answer = fetch(address, reach=reach(), limits=limits())
            finally:
                pace().asked(address)  # a site that gives no answer is left alone, too
        except FetchError as error:
            return [SetAside(address, Reason(error.template, error.parameters), refused=True)]
        return found_in(address, answer, self.stated)
