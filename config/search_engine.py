"""Which engine answers searches: the one inside the archive, or a cluster of OpenSearch that `DIWAN_SEARCH` names."""

from __future__ import annotations

import os
import re
import ssl
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env

_EMBEDDED: Final = "search.engine.whoosh.backend.DiwanWhooshEngine"
_CLUSTER: Final = "search.engine.opensearch.backend.DiwanOpenSearchEngine"
_SCHEMES: Final = {"opensearch": "http", "opensearch+https": "https"}
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,99}")
_PLACE: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-f:]+\]):[0-9]{1,5}")


def connections(state: Path) -> dict[str, dict[str, Any]]:
    """Haystack's connections: the index of what is public, and that of what is not, for the desk alone."""
    cluster = _cluster("DIWAN_SEARCH")
    made = {}
    for connection, ending in (("default", ""), ("drafts", "-drafts")):
        made[connection] = {"ENGINE": _EMBEDDED, "PATH": str(state / f"index{ending}"), "SILENTLY_FAIL": False}
        if cluster:
            hosts, index = cluster
            made[connection] |= {"ENGINE": _CLUSTER, "HOSTS": hosts, "INDEX_NAME": f"{index}{ending}", **_shared()}
    return made


def _cluster(name: str) -> tuple[tuple[str, ...], str] | None:
    """Addresses and index of `opensearch://host:9200,host:9200/index`, None where none is given."""
    given = os.environ.get(name, "").strip()
    if not given:
        return None
    parts = urlsplit(given)
    places, index = parts.netloc.split(","), parts.path.strip("/")
    is_understood = parts.scheme in _SCHEMES and all(map(_PLACE.fullmatch, places)) and _NAME.fullmatch(index)
    if not is_understood or parts.query or parts.fragment:
        told = (
            "opensearch://host:9200,host:9200/index, or opensearch+https://…; user and password have their own settings"
        )
        raise ImproperlyConfigured(f"{name} is not understood; write {told}.")
    return tuple(f"{_SCHEMES[parts.scheme]}://{place}" for place in places), index


def _shared() -> dict[str, Any]:
    return {
        "USER": os.environ.get("DIWAN_SEARCH_USER", ""),
        "PASSWORD": env.secret("DIWAN_SEARCH_PASSWORD", "DIWAN_SEARCH_PASSWORD_FILE"),
        "CA": _authorities("DIWAN_SEARCH_CA"),
        "SECONDS": env.integer("DIWAN_SEARCH_MS", 2_500, minimum=100) / 1000,
        "REPLICAS": env.integer("DIWAN_SEARCH_REPLICAS", 1),
    }


def _authorities(name: str) -> str:
    """The file of the authorities that certificates are to be of, "" for those of the web."""
    authorities = env.folder(name, None)
    if not authorities:
        return ""
    if not authorities.is_file():
        raise ImproperlyConfigured(f"{name} is {str(authorities)!r}, where no file is.")
    try:
        ssl.create_default_context(cafile=authorities)
    except OSError as error:
        told = f"{name} is {str(authorities)!r}, of which no certificate can be read: {error}."
        raise ImproperlyConfigured(told) from error
    return str(authorities)
