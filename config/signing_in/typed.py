"""What somebody sent from the desk when the session had ended: kept through signing in, and sent again by a click.

It goes to the page for signing in and back in a signed field, so that nothing is written for whoever is not signed in;
behind the password, and a code, it waits in the session until it is sent or left. What is sent with a password is not
kept.
"""

from __future__ import annotations

from typing import Any, Final, TypedDict

from django.core import signing
from django.http import HttpRequest

FIELD: Final = "typed"
MOST: Final = 500_000  # bytes of a signed field; a form with more is not kept
LONGEST: Final = 24 * 3600  # seconds between the sending and the signing in
_SALT: Final = "config.signing_in.typed"
_NOT_KEPT: Final = ("password", "csrfmiddlewaretoken")


class Typed(TypedDict):
    """`path` with what was asked behind it; `fields` in their order."""

    path: str
    fields: list[list[str]]


def sealed(request: HttpRequest) -> str:
    """What a request sends, for a field of a page; "" where it is not to be kept. CSRF is checked before."""
    if request.FILES or any("password" in name for name in request.POST):
        return ""
    fields = [[name, value] for name, values in request.POST.lists() for value in values if name not in _NOT_KEPT]
    told = signing.dumps([request.get_full_path(), fields], salt=_SALT, compress=True)
    return told if fields and len(told) < MOST else ""


def opened(told: str) -> Typed | None:
    """What `sealed` gave; None of anything else, and of what is older than a day."""
    try:
        path, fields = signing.loads(told, salt=_SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return {"path": path, "fields": fields}


def waiting_for(request: HttpRequest) -> Typed | None:
    """What waits in the session to be sent to the page that is asked for."""
    held: Any = request.session.get(FIELD)
    return held if held and held["path"] == request.get_full_path() else None
