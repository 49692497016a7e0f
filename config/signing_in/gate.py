"""Before the pages that check a password: who has to wait is told so, and a turn to hash is had first.

So a guesser's request is refused before it has cost a session, a form or a question to the database.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from config.signing_in import answers, refusals
from config.signing_in.attempts import name_key, plain_address
from config.signing_in.hashing import Busy, turn

GetResponse = Callable[[HttpRequest], HttpResponse]


class GateMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or request.path not in doors():
            return self.get_response(request)
        seconds = refusals.left(plain_address(request), name_key(request, None))
        if seconds:
            return answers.locked(request, seconds=seconds)
        try:
            with turn():
                return self.get_response(request)
        except Busy:
            return answers.busy(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """For other pages on which a password is set: those of the accounts in the admin."""
        return answers.busy(request) if isinstance(error, Busy) else None


@cache
def doors() -> frozenset[str]:
    """The paths of the pages that check a password."""
    return frozenset(map(reverse, ("admin:login", "admin:password_change", "sign-in", "account")))
