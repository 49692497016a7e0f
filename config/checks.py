"""What must hold of the site's settings: hosts named one by one, an admin on no other page, a cluster that answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.urls import get_resolver

from search.engine import PUBLIC, engine
from search.engine.protocol import EngineAway

HOST = re.compile(r"\[[0-9a-f:.]+\]|[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.IGNORECASE)
NAME_EACH = "Write each name that readers type, as DIWAN_HOSTS=archive.example,www.archive.example."


@register(Tags.security, deploy=True)
def hosts_are_named(**_kwargs: Any) -> list[Error]:
    """A host that anybody may choose gets into absolute addresses: feeds, citations, pages kept for other readers."""
    if not settings.ALLOWED_HOSTS:
        return [Error("DIWAN_HOSTS is empty, so that every request is refused.", hint=NAME_EACH, id="config.E001")]
    told = ((host, _wrong(host)) for host in settings.ALLOWED_HOSTS)
    return [
        Error(f"DIWAN_HOSTS has {host!r}: {wrong}", hint=NAME_EACH, id="config.E001") for host, wrong in told if wrong
    ]


def _wrong(host: str) -> str:
    """What is wrong with one of the hosts; "" when nothing is."""
    if host == "*":
        return "the archive would answer to any name that a request gives it."
    if host.startswith("."):
        return f"the archive would answer to every name below {host[1:] or 'nothing'}, whoever holds it."
    if "://" in host or "/" in host:
        return "this is an address; a host has no https:// and no path."
    if not host.startswith("[") and ":" in host:
        return "a host has no port here, and an IPv6 address stands in brackets."
    if not HOST.fullmatch(host):
        return "this is no name of a host; letters beyond a to z are written as in a certificate, xn--…"
    return ""


@register(Tags.urls)
def admin_stands_alone(**_kwargs: Any) -> list[Error]:
    """Of two pages at one address the first is shown."""
    taken = {*_first_words(), settings.STATIC_URL.strip("/").partition("/")[0]}
    first = settings.ADMIN_PATH.partition("/")[0]
    if first not in taken:
        return []
    hint = "Choose a word that is none of " + ", ".join(sorted(taken)) + "."
    return [
        Error(f"DIWAN_ADMIN_PATH is {settings.ADMIN_PATH!r}; readers' pages stand there.", hint=hint, id="config.E002")
    ]


def _first_words() -> Iterator[str]:
    """The first part of every path outside the admin: `articles`, `search`, `robots.txt`."""
    pending: list[tuple[str, Any]] = [("", get_resolver())]
    while pending:
        before, resolver = pending.pop()
        for entry in resolver.url_patterns:
            first, slash, _rest = (before + str(entry.pattern)).partition("/")
            if getattr(entry, "app_name", "") == "admin" or str(getattr(entry, "name", "")).startswith("admin-"):
                continue
            if hasattr(entry, "url_patterns") and not slash:
                pending.append((first, entry))
            else:
                yield first


@register(deploy=True)
def the_search_cluster_can_be_asked(**_kwargs: Any) -> list[CheckMessage]:
    """Host, certificate, user and password are tried by a question; that there is no index yet is no fault."""
    options = settings.HAYSTACK_CONNECTIONS[PUBLIC]
    if "HOSTS" not in options:
        return []
    found: list[CheckMessage] = list(_told_to_all(options["HOSTS"], options.get("USER", "")))
    try:
        engine().damage()
    except EngineAway as error:
        hint = "See docs/operations.md, Search on a cluster."
        found.append(Error(f"DIWAN_SEARCH: {error.reason}.", hint=hint, id="config.E003"))
    return found


def _told_to_all(hosts: Sequence[str], user: str) -> Iterator[Warning]:
    """Hosts to which a password would go in letters that everybody on the way reads."""
    open_to_all = [host for host in hosts if host.startswith("http:") and not _is_here(host)]
    if user and open_to_all:
        hint = "Write DIWAN_SEARCH=opensearch+https://…, or keep the hosts on a line of their own."
        yield Warning(f"The password of the search goes unencrypted to {open_to_all[0]}.", hint=hint, id="config.W001")


def _is_here(address: str) -> bool:
    name = urlsplit(address).hostname or ""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
