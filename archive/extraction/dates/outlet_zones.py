"""The time zone of an outlet by the state in its address: .ir counts in Tehran, .az in Baku."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

_HOST = re.compile(r"https?://[^/\s?#:]*\.([a-z]{2})(?=[/?#:]|$)", re.IGNORECASE)
_NO_STATES = frozenset({"ai", "cc", "co", "fm", "io", "me", "tv", "ws"})
"""Domains of states that are sold to all the world."""

_NAMED_OTHERWISE = {"uk": "gb"}


@cache
def _zones() -> dict[str, list[str]]:
    """The zones of each state, the one of most people first; from `zone.tab` of the tz database (public domain)."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    zones: dict[str, list[str]] = defaultdict(list)
    for line in table.splitlines():
        if not line.startswith("#"):
            state, _where, zone = line.split("\t")[:3]
            zones[state.lower()].append(zone)
    return dict(zones)


def zone_of_address(address: str) -> str | None:
    """Return the IANA zone of an outlet's address, None where its state is not known or has several zones.

    >>> zone_of_address("https://www.isna.ir/news/1"), zone_of_address("https://www.bbc.com/persian")
    ('Asia/Tehran', None)
    """
    match = _HOST.match(address)
    state = match[1].lower() if match else ""
    zones = [] if state in _NO_STATES else _zones().get(_NAMED_OTHERWISE.get(state, state), [])
    return zones[0] if len(zones) == 1 else None
