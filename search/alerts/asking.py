"""Asking to follow a search, saying yes to it by the link of a letter, and ending it: with the bounds of each.

The letter that asks for a yes holds no word of whoever asked, so that nobody writes to strangers through the archive.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from archive.pages.senders import address_of
from archive.work.queue import SOON
from search.alerts.models import Alert, Asking, ClosedAddress, Follower, Letter, Rhythm
from search.alerts.queued import begin_letters

SALT: Final = "search.alerts"
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
DAYS_TO_CONFIRM: Final = 3
LETTERS_A_DAY: Final = 3  # that ask for a yes, to one address
LETTERS_KEPT: Final = 30  # days
CLOSED_DAYS: Final = 365
SATURDAY: Final = 5


class FollowForm(forms.Form):
    """What a reader sends. `website` is seen by machines alone, and whoever fills it in is one."""

    address = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Please give your mail address."),
            "invalid": _("This is no mail address."),
            "max_length": _("This is no mail address."),
        },
    )
    rhythm = forms.ChoiceField(
        choices=Rhythm.choices,
        error_messages={"required": _("Please choose how often."), "invalid_choice": _("Please choose how often.")},
    )
    website = forms.CharField(required=False)

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"]).lower()

    @property
    def is_machine(self) -> bool:
        return bool(self.data.get("website"))


class AlertsFull(Exception):
    """The address follows as many searches as one may."""


@transaction.atomic
def may_ask(request: HttpRequest, address: str) -> bool:
    """Whether this network, this address and all who have not said yes yet ask for less than they may; then counted."""
    network, mailbox = trace(f"network {address_of(request)}"), trace(_mailbox(address))
    now = timezone.now()
    asked = Asking.objects.filter(trace=network, at__gt=now - HOUR).count()
    written = Asking.objects.filter(trace=mailbox, at__gt=now - DAY).count()
    waiting = Alert.objects.filter(confirmed_at=None).count()
    if asked >= settings.ALERTS_PER_HOUR or written >= LETTERS_A_DAY or waiting >= settings.ALERTS_UNCONFIRMED:
        return False
    Asking.objects.bulk_create([Asking(trace=network), Asking(trace=mailbox)])
    return True


def trace(told: str) -> str:
    return salted_hmac(SALT, told, algorithm="sha256").hexdigest()


def _mailbox(address: str) -> str:
    """An address without what is added to it: `reader+diwan@mail.example` is the mailbox of `reader@mail.example`."""
    name, _at, domain = address.rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


@transaction.atomic
def ask(address: str, query: str, rhythm: str, language: str) -> None:
    """Have a letter sent that asks for a yes; none to an address that is closed, which nobody but its owner knows."""
    if ClosedAddress.objects.filter(trace=trace(_mailbox(address))).exists():
        return
    follower, _new = Follower.objects.get_or_create(address=address, defaults={"language": language})
    alert, _new = Alert.objects.get_or_create(follower=follower, query=query, defaults={"rhythm": rhythm})
    contents = {"alert": alert.pk, "rhythm": rhythm, "language": language}
    Letter.objects.create(follower=follower, kind=Letter.Kind.CONFIRM, contents=contents)
    begin_letters(SOON)


def token_of(contents: dict[str, Any]) -> str:
    """What the link of a letter that asks for a yes holds: signed, good for `DAYS_TO_CONFIRM`."""
    return signing.dumps(contents, salt=SALT, compress=True)


def asked_by(token: str) -> tuple[Alert, dict[str, Any]] | None:
    """The search that a letter asks a yes for, and its contents; None where the link is too old or the search gone."""
    try:
        contents = signing.loads(token, salt=SALT, max_age=DAYS_TO_CONFIRM * DAY)
    except signing.BadSignature:
        return None
    alert = Alert.objects.select_related("follower").filter(pk=contents["alert"]).first()
    return (alert, contents) if alert else None


@transaction.atomic
def confirm(alert: Alert, contents: dict[str, Any]) -> None:
    """The reader says yes: what is published from now on is told. AlertsFull where that are too many."""
    others = alert.follower.alerts.exclude(pk=alert.pk).filter(confirmed_at__isnull=False)
    if others.count() >= settings.ALERTS_PER_ADDRESS:
        raise AlertsFull
    now = timezone.now()
    alert.confirmed_at, alert.since = alert.confirmed_at or now, alert.since or now
    alert.rhythm, alert.next_at = contents["rhythm"], next_at(contents["rhythm"], now)
    alert.save()
    Follower.objects.filter(pk=alert.follower_id).update(language=contents["language"], refused=0)


def next_at(rhythm: str, after: datetime.datetime) -> datetime.datetime:
    """The next time of letters: the hour of the settings (UTC) on any day, or on a Saturday.

    All searches of an address are due at the same moments, so that one letter tells of all.
    """
    moment = after.replace(hour=settings.ALERTS_HOUR, minute=0, second=0, microsecond=0)
    while moment <= after or (rhythm == Rhythm.WEEKLY and moment.weekday() != SATURDAY):
        moment += DAY
    return moment


@transaction.atomic
def end(alert: Alert) -> None:
    """Follow a search no more; with the last one everything of its follower goes."""
    follower = alert.follower
    alert.delete()
    if not follower.alerts.exists():
        follower.delete()


@transaction.atomic
def end_all(follower: Follower, *, for_good: bool = False) -> None:
    """Forget a follower; `for_good` keeps a hash of the address, to which no letter goes that somebody asks for."""
    if for_good:
        ClosedAddress.objects.get_or_create(trace=trace(_mailbox(follower.address)))
    follower.delete()


def forgotten() -> list[QuerySet[Any]]:
    """What is to be deleted: searches without a yes, whose follower they are, old letters, traces."""
    now = timezone.now()
    return [
        Alert.objects.filter(confirmed_at=None, asked_at__lt=now - DAYS_TO_CONFIRM * DAY),
        Follower.objects.filter(alerts=None),
        Letter.objects.exclude(state=Letter.State.WAITING).filter(made_at__lt=now - LETTERS_KEPT * DAY),
        Asking.objects.filter(at__lt=now - DAY),
        ClosedAddress.objects.filter(at__lt=now - CLOSED_DAYS * DAY),
    ]
