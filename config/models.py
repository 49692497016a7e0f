"""When staff signed in, from where, with which browser; how often addresses asked for heavy work."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.db import models
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT: Final = datetime.timedelta(days=180)


class StaffSignIn(models.Model):
    """Of staff alone: of readers nothing is kept of who was here when. `address` is of IPv6 the network's."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="sign_ins"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    address = models.CharField(_("address"), max_length=45, blank=True)
    browser = models.CharField(_("browser"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.address}"


class RequestCount(models.Model):
    """How much heavy work an address asked for in a minute of the epoch; `key` hides who it was. See `config.rates`."""

    key = models.CharField(max_length=64, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.minute}: {self.number}"


@receiver(user_logged_in)
def remember(sender: object, request: HttpRequest | None, user: User, **_more: Any) -> None:
    """Note that a member of the staff signed in, and forget what is older than half a year."""
    if request is None or not user.is_staff:
        return
    from config.signing_in.attempts import plain_address

    StaffSignIn.objects.filter(user=user, at__lt=timezone.now() - KEPT).delete()
    browser = "".join(letter for letter in request.headers.get("User-Agent", "") if letter.isprintable())
    StaffSignIn.objects.create(user=user, address=plain_address(request) or "", browser=browser[:200])
