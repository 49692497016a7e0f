"""Who follows which searches by mail, and the letters to them: all that is known of a reader hangs on one row."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

QUERY_LENGTH = 1000


def new_key() -> str:
    return secrets.token_urlsafe(32)


def new_message_id() -> str:
    return f"<{secrets.token_hex(16)}@{settings.SITE.partition('://')[2].partition(':')[0]}>"


class Follower(models.Model):
    """A reader, known by a mail address alone; with the row goes everything of the reader.

    `key` is the secret in the links of letters: who has it reads the mail of the address. `refused` counts letters
    that the reader's server refused one after another.
    """

    address = models.EmailField(_("mail address"), max_length=254, unique=True)
    key = models.CharField(max_length=43, unique=True, default=new_key, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    looked_at = models.DateTimeField(null=True, editable=False)  # for what is new
    refused = models.PositiveSmallIntegerField(_("letters refused in a row"), default=0)

    class Meta:
        verbose_name = _("follower by mail")
        verbose_name_plural = _("followers by mail")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address


class Rhythm(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week, on Saturdays")


class Alert(models.Model):
    """A search (`q=خلفوف&country=az`, percent-encoded) of a follower; nothing is sent of it before `confirmed_at`.

    What was published after `since` is new; it is looked for at `next_at`.
    """

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="alerts")
    query = models.CharField(_("search"), max_length=QUERY_LENGTH, blank=True)
    rhythm = models.CharField(_("how often"), max_length=6, choices=Rhythm.choices)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(_("next letter"), null=True)

    class Meta:
        verbose_name = _("search followed by mail")
        verbose_name_plural = _("searches followed by mail")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["follower", "query"], name="alert_once")]

    def __str__(self) -> str:
        return self.query


class Letter(models.Model):
    """A letter to a follower, made in the transaction that says what it tells; it is written out when it is sent.

    `contents` is `{"alert": key, "rhythm": …, "language": …}` of one that asks for a yes, and
    `{"news": [[key of the alert, number of new articles, [identifiers of the first]], …]}` of others. It is handed
    over before the mail server is told, and sent once that said so: what is handed over is never sent again, for
    nobody knows whether it went. A letter that comes twice all the same has one Message-ID.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("asks for a yes")
        NEWS = "news", _("tells what is new")

    class State(models.TextChoices):
        WAITING = "to-send", _("waits to be sent")
        HANDED = "handed", _("handed over, no answer")
        SENT = "sent", _("sent")
        REFUSED = "not-taken", _("not taken by the mail server")

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    message_id = models.CharField(max_length=300, unique=True, default=new_message_id)
    contents = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    not_before = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.pk}"


class Asking(models.Model):
    """That somebody asked for mail: a keyed hash of the network or of the mail address, forgotten after a day."""

    trace = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now)


class ClosedAddress(models.Model):
    """An address whose owner wants no such mail, as a keyed hash; forgotten after a year."""

    trace = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)
