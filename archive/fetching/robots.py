"""What a site's robots.txt lets us fetch, and how fast, by RFC 9309."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Final

from protego import Protego

from archive.fetching.errors import AddressRefused, FetchError, gettext_noop
from archive.fetching.fetch import CERTIFICATE, LATE, LIMITS, UNREACHED, Limits, Reach, fetch
from archive.fetching.targets import NOT_PUBLIC, UNKNOWN, target

NO_SITE: Final = frozenset({UNKNOWN, NOT_PUBLIC, UNREACHED, LATE, CERTIFICATE})  # no page of it can be asked for either
KEPT_SECONDS: Final = 24 * 3600.0
TRIED_AGAIN_SECONDS: Final = 600.0  # after a site could not say
CANNOT_SAY: Final = gettext_noop("%(host)s cannot say now whether programs may fetch its pages (robots.txt)")
NOT_LET: Final = gettext_noop("%(host)s does not let programs fetch this page (robots.txt)")
MOST_BYTES: Final = 512 * 1024
MOST_SECONDS: Final = 60.0  # that a site may ask to wait between two pages; more is taken as this


@dataclass(frozen=True, slots=True)
class _Rules:
    read: Protego
    until: float
    is_told: bool = True  # False where the site could not say
    failure: FetchError | None = None  # why the site itself could not be asked


class Robots:
    """The rules of sites, each asked for once a day."""

    def __init__(self, reach: Reach, limits: Limits = LIMITS) -> None:
        self.reach = reach
        self.limits = replace(limits, bytes=MOST_BYTES, redirects=5)
        self._rules: dict[str, _Rules] = {}

    def insist(self, address: str) -> None:
        """AddressRefused where the site does not want the page fetched, or cannot say now whether it does."""
        asked = target(address, open_ports=self.reach.loopback)
        rules = self._of(asked.site)
        if rules.failure:
            raise type(rules.failure)(rules.failure.template, **rules.failure.parameters)
        if not rules.is_told:
            raise AddressRefused(CANNOT_SAY, host=asked.host)
        if not rules.read.can_fetch(asked.address, self.reach.agent):
            raise AddressRefused(NOT_LET, host=asked.host)

    def pause(self, address: str) -> float:
        """Seconds that the site asks to leave between two pages; 0 where it does not say."""
        asked = target(address, open_ports=self.reach.loopback)
        return min(float(self._of(asked.site).read.crawl_delay(self.reach.agent) or 0), MOST_SECONDS)

    def _of(self, site: str) -> _Rules:
        rules = self._rules.get(site)
        if rules is None or rules.until < time.monotonic():
            rules = self._rules[site] = self._ask(site)
        return rules

    def _ask(self, site: str) -> _Rules:
        """No rules where there is no such file; nothing may be fetched where the site cannot be asked."""
        try:
            answer = fetch(f"{site}/robots.txt", reach=self.reach, limits=self.limits)
        except FetchError as error:
            until = time.monotonic() + TRIED_AGAIN_SECONDS
            failure = error if error.template in NO_SITE else None
            return _Rules(Protego.parse(""), until, is_told=False, failure=failure)
        if answer.status >= 500 or answer.status == 429:
            return _Rules(Protego.parse(""), time.monotonic() + TRIED_AGAIN_SECONDS, is_told=False)
        text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
        return _Rules(Protego.parse(text), time.monotonic() + KEPT_SECONDS)
