"""Where every password is checked: readers and curators signing in, and whoever changes a password."""

from __future__ import annotations

from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.exceptions import AxesBackendPermissionDenied
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User

from config.signing_in.attempts import Asked, Attempts, lock
from config.signing_in.hashing import turn


class GuardedBackend(AxesStandaloneBackend, ModelBackend):
    """Django's users and permissions; a password is hashed only for those who need not wait, and in turn.

    A name that nobody has costs what a wrong password costs: it is counted, locked and hashed in the same way.
    """

    def authenticate(
        self, request: Asked, username: str | None = None, password: str | None = None, **more: Any
    ) -> User | None:
        if username is None or password is None:
            return None
        AxesStandaloneBackend.authenticate(self, request, username, password, **more)
        credentials = {"username": username}
        attempts: Attempts = AxesProxyHandler.get_implementation()
        with turn():
            if not attempts.count(request, credentials):
                lock(request, credentials)
                raise AxesBackendPermissionDenied
            user = ModelBackend.authenticate(self, request, username, password)
        if user is not None:
            attempts.forget(request, credentials)
        return user
