"""What must hold of the settings for the search to be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from search.engine import PUBLIC, engine
from search.engine.protocol import EngineAway


@register()
def haystack_must_not_fail_silently(**_kwargs: Any) -> list[Error]:
    """Haystack swallows errors of the engine unless told not to; a reader would take a failure for "no results"."""
    silent = [name for name, options in settings.HAYSTACK_CONNECTIONS.items() if options.get("SILENTLY_FAIL", True)]
    return [
        Error(f"HAYSTACK_CONNECTIONS[{name!r}] fails silently.", hint='Set "SILENTLY_FAIL": False.', id="search.E001")
        for name in silent
    ]


@register(deploy=True)
def the_search_cluster_can_be_asked(**_kwargs: Any) -> list[CheckMessage]:
    """Host, certificate, user and password are tried by a question; that there is no index yet is no fault."""
    options = settings.HAYSTACK_CONNECTIONS[PUBLIC]
    found: list[CheckMessage] = list(_told_to_all(options.get("HOSTS", ()), options.get("USER", "")))
    try:
        engine().damage()
    except EngineAway as error:
        hint = "See docs/operations.md, Search on a cluster."
        found.append(Error(f"DIWAN_SEARCH: {error.reason}.", hint=hint, id="search.E002"))
    return found


def _told_to_all(hosts: Sequence[str], user: str) -> Iterator[Warning]:
    """Hosts to which a password would go in letters that everybody on the way reads."""
    open_to_all = [host for host in hosts if host.startswith("http:") and not _is_here(host)]
    if user and open_to_all:
        hint = "Write DIWAN_SEARCH=opensearch+https://…, or keep the hosts on a line of their own."
        yield Warning(f"The password of the search goes unencrypted to {open_to_all[0]}.", hint=hint, id="search.W001")


def _is_here(address: str) -> bool:
    name = urlsplit(address).hostname or ""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
