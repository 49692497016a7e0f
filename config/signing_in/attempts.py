"""Wrong passwords, counted by name and address together, and by address alone, over all workers.

The rows are those of django-axes. A name is held as a keyed hash, for people type their password into the field of the
name; an address as it is, of IPv6 its network. A row is forgotten a day after its last guess, when a new one is made,
and no more than `MOST_ROWS` are held. While somebody has to wait, nothing is written.
"""

from __future__ import annotations

import datetime
import logging
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from archive.pages.senders import address_of
from config.signing_in import refusals
from config.signing_in.pauses import pause

logger = logging.getLogger("config.signing_in")
DAY = datetime.timedelta(days=1)
MOST_ROWS = 10_000
Credentials = dict[str, Any]
Asked = Any  # an HttpRequest, with what django-axes and we write on it: `axes_ip_address`, `signing_in_wait`


def key(name: str) -> str:
    """What stands for a typed name in the database."""
    return salted_hmac("config.signing_in", name, algorithm="sha256").hexdigest()


def name_key(request: HttpRequest, credentials: Credentials | None) -> str:
    """For `AXES_USERNAME_CALLABLE`."""
    return key((credentials or {}).get("username") or request.POST.get("username", ""))


def plain_address(request: HttpRequest) -> str | None:
    """For `AXES_CLIENT_IP_CALLABLE`: `192.0.2.7`, of IPv6 the network's first address; None when it is not told."""
    return address_of(request).partition("/")[0] or None


class Attempts(AxesDatabaseHandler):
    """What django-axes asks of whoever counts; `backend` calls `count` before a hash and `forget` after one."""

    def is_locked(self, request: Asked, credentials: Credentials | None = None) -> bool:
        return self.seconds(request, credentials) > 0

    def seconds(self, request: Asked, credentials: Credentials | None) -> int:
        """How long this name cannot be guessed from this address; 0 when it can. Two questions, no write."""
        whose, address = _whose(request, credentials), request.axes_ip_address
        held = AccessAttempt.objects.filter(**whose).first()
        of_name = _left(held.failures_since_start, held.attempt_time, settings.GUESSES_OF_NAME) if held else 0
        here = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=timezone.now() - DAY)
        told = here.aggregate(number=Sum("failures_since_start"), last=Max("attempt_time"))
        of_address = _left(told["number"], told["last"], settings.GUESSES_OF_ADDRESS) if told["last"] else 0
        for name, wait in ((whose["username"], of_name), ("", of_address)):
            if wait:
                refusals.remember(address, name, wait)
        request.signing_in_wait = seconds = max(of_name, of_address)
        return seconds

    def count(self, request: Asked, credentials: Credentials) -> bool:
        """Count a guess that is about to be made; False when it may not be.

        It is counted before it is made, so that guesses made at the same time are not more than those made in turn.
        """
        AxesProxyHandler.update_request(request)
        with transaction.atomic():
            about = {"http_accept": "", "path_info": request.path_info[:255], "get_data": "", "post_data": ""}
            held, is_new = AccessAttempt.objects.select_for_update().get_or_create(
                **_whose(request, credentials), defaults={**about, "failures_since_start": 0}
            )
            if held.attempt_time <= timezone.now() - DAY:
                held.failures_since_start = 0
            if self.seconds(request, credentials):
                return False
            held.failures_since_start += 1
            held.attempt_time = timezone.now()
            held.save(update_fields=["failures_since_start", "attempt_time"])
            if is_new:
                _clean()
        return True

    def forget(self, request: Asked, credentials: Credentials) -> None:
        """The password was right. Other names that were guessed from this address stay counted."""
        AccessAttempt.objects.filter(**_whose(request, credentials)).delete()

    def user_login_failed(self, sender: object, credentials: Credentials, request: Asked = None, **_more: Any) -> None:
        """Tell the log, and the middleware of django-axes when the next guess has to wait."""
        if request is None or request.axes_locked_out:
            return
        name = credentials.get("username") or ""
        known = get_user_model().objects.filter(username=name).exists()
        told = repr(name) if known else "a name that nobody has"
        logger.warning("wrong password for %s from %s", told, request.axes_ip_address)
        if self.seconds(request, credentials):
            told_more = (told, request.axes_ip_address, request.signing_in_wait)
            logger.warning("signing in as %s from %s is locked for %d seconds", *told_more)
            lock(request, credentials)

    def user_logged_in(self, sender: object, request: Asked, user: Any, **_more: Any) -> None:
        """Counted already."""

    def user_logged_out(self, sender: object, request: Asked, user: Any, **_more: Any) -> None:
        """Nothing is kept of who was here when."""


def lock(request: Asked, credentials: Credentials) -> None:
    """Have the answer be that of `answers.locked`."""
    request.axes_locked_out = True
    request.axes_credentials = credentials
    user_locked_out.send("axes", request=request, username="", ip_address=request.axes_ip_address)


def _whose(request: Asked, credentials: Credentials | None) -> dict[str, Any]:
    # django-axes parts rows by browser, too, which whoever guesses could name as he likes.
    return {"username": name_key(request, credentials), "ip_address": request.axes_ip_address, "user_agent": ""}


def _left(wrong: int, last: datetime.datetime, free: int) -> int:
    """Seconds from now until the pause after the last of so many guesses is over."""
    passed = max(0.0, (timezone.now() - last).total_seconds())  # a clock that was ahead has nobody wait for ever
    return 0 if passed > DAY.total_seconds() else max(0, round(pause(wrong, free) - passed + 0.5))


def _clean() -> None:
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - DAY).delete()
    too_many = AccessAttempt.objects.order_by("-attempt_time", "-pk").values_list("attempt_time", flat=True)[MOST_ROWS:]
    if newest := too_many.first():
        AccessAttempt.objects.filter(attempt_time__lte=newest).delete()
