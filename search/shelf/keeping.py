"""Where a shelf is kept: in a signed cookie of the reader's browser, or under the reader's account.

The cookie holds at most `COOKIE_BYTES`, which browsers are sure to take; what does not fit is refused, never cut. With
an account the cookie only counts and numbers the states of the shelf, so that a page knows without the database whether
it shows an old one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from archive.pages.revalidation import depends_on_cookie
from search.shelf.contents import Contents, read_contents
from search.shelf.models import Shelf

EARLIER_COOKIE = "diwan_shelf"  # of earlier releases; read where there is no other
COOKIE = f"{settings.COOKIE_PREFIX}{EARLIER_COOKIE}"
depends_on_cookie(COOKIE)
depends_on_cookie(EARLIER_COOKIE)
COOKIE_BYTES = 3800
COOKIE_AGE = 365 * 24 * 3600
SALT = "search.shelf"


class ShelfFull(Exception):
    """The cookie holds no more; an account does."""


def shelf(request: HttpRequest) -> Contents:
    """The reader's shelf; one database query with an account, none without."""
    if _account(request):
        held = Shelf.objects.filter(reader_id=request.user.pk).first()
        return read_contents(held.contents) if held else Contents()
    return read_contents(_cookie(request))


def count(request: HttpRequest) -> int:
    """How many things stand on the shelf, by the cookie alone."""
    held = _cookie(request)
    number = held.get("n") if isinstance(held, dict) else None
    return number if isinstance(number, int) else read_contents(held).number


def on_pages(request: HttpRequest) -> dict[str, Any]:
    """What every page knows of the shelf, read only where a template asks: its size, and the articles kept."""
    return {
        "shelf_count": lambda: count(request),
        "on_shelf": SimpleLazyObject(lambda: frozenset(shelf(request).articles)),
    }


def change(request: HttpRequest, response: HttpResponse, changed: Callable[[Contents], Contents]) -> Contents:
    """Keep what `changed` makes of the shelf, and tell the browser by the response. ShelfFull when it does not fit."""
    if not _account(request):
        contents = changed(shelf(request))
        _send(response, contents.to_json() if contents else None, request)
        return contents
    with transaction.atomic():
        held, _new = Shelf.objects.select_for_update().get_or_create(reader_id=request.user.pk)
        contents = changed(read_contents(held.contents).joined(read_contents(_cookie(request))))
        held.contents = contents.to_json()
        held.save()
    _send(response, {"n": contents.number, "v": held.changed_at.timestamp()}, request)
    return contents


def signed_out(response: HttpResponse) -> None:
    """Nothing of an account's shelf stays in the browser."""
    for name in {COOKIE, EARLIER_COOKIE}:
        response.delete_cookie(name, samesite="Lax")


def _account(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def _cookie(request: HttpRequest) -> Any:
    try:
        return signing.loads(request.COOKIES.get(COOKIE) or request.COOKIES.get(EARLIER_COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return {}


def _send(response: HttpResponse, content: dict[str, Any] | None, request: HttpRequest) -> None:
    if content is None:
        signed_out(response)
        return
    value = signing.dumps(content, salt=SALT, compress=True)
    if len(value) > COOKIE_BYTES:
        raise ShelfFull
    response.set_cookie(
        COOKIE, value, max_age=COOKIE_AGE, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
