"""Where an answer goes on: a place in the order of a question, which stays where it is while articles come and go.

In an order by date the place is a day and an arrival, in that of arrival an arrival: what comes or goes before it moves
nothing. By relevance it is a number of articles, for scores change with the archive.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Final

from search.api.asked import Refused
from search.request import SearchRequest

BY_RELEVANCE: Final = 1_000  # articles that are walked by relevance
LARGEST: Final = 2**63


def cursor(request: SearchRequest, place: int) -> str:
    """A place in the order of a question, as a word for an address."""
    told = json.dumps([_of(request), place]).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def place(request: SearchRequest, told: str) -> int | None:
    """The place; None for "", the beginning. Refused for one of another question."""
    if not told:
        return None
    try:
        of, held = json.loads(base64.urlsafe_b64decode(told + "=" * (-len(told) % 4)))
    except (ValueError, TypeError, RecursionError) as error:
        raise Refused("cursor", "cursor") from error
    least = 0 if request.order == "relevance" else -LARGEST
    most = BY_RELEVANCE if request.order == "relevance" else LARGEST
    if of != _of(request) or type(held) is not int or not least <= held < most:
        raise Refused("cursor", "cursor")
    return held


def _of(request: SearchRequest) -> str:
    """What a cursor belongs to: the question and its order."""
    asked = f"{request.sorted_by('').to_query()} {request.order}"
    return hashlib.sha256(asked.encode()).hexdigest()[:12]
