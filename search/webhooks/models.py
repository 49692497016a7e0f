"""Webhooks, what each is still to be told, what each was told, and how every delivery went."""

from __future__ import annotations

import datetime
import secrets
from typing import Any, Final

from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.authorities.models import AuthorityRecord, Kind
from archive.fetching.errors import FetchError
from archive.pages.shown import in_words
from search.question.address import read_request
from search.request import SearchRequest

RECORDS: Final = (Kind.OFFICIAL, Kind.COUNTRY, Kind.BODY, Kind.SOURCE)  # kinds that a search may choose


def new_salt() -> str:
    return secrets.token_hex(16)


def new_name() -> str:
    return f"msg_{secrets.token_hex(12)}"


class Webhook(models.Model):
    """An address that is told of articles: those that a saved search finds, those of a record, or all.

    `query` are the parameters of a search, `q=خلفوف&country=az`. `site` is the archive's own address, as whoever made
    the webhook called it. The secret is made of `salt`: see `search.webhooks.signing`. `known_at` is when its
    `WebhookMember` rows were made for what it is about now; None for none yet.
    """

    address = models.CharField(
        _("address"), max_length=2000, help_text=_("of a program that takes deliveries by POST, on a public site")
    )
    query = models.CharField(
        _("saved search"),
        max_length=4000,
        blank=True,
        help_text=_("the address of a search, as copied from the browser; without search and record: all articles"),
    )
    record = models.ForeignKey(
        AuthorityRecord,
        verbose_name=_("record"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="webhooks",
        limit_choices_to={"kind__in": RECORDS, "is_proposed": False},
        help_text=_("articles of an official, a country, a body or a source"),
    )
    with_text = models.BooleanField(
        _("with the text"), default=False, help_text=_("as far as the rights of each source allow")
    )
    is_on = models.BooleanField(_("switched on"), default=True, editable=False)
    site = models.CharField(max_length=300, editable=False)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    salt_before = models.CharField(max_length=32, blank=True, editable=False)
    secret_at = models.DateTimeField(_("secret made at"), default=timezone.now, editable=False)
    known_at = models.DateTimeField(null=True, editable=False)
    off_at = models.DateTimeField(_("switched off at"), null=True, editable=False)
    off_because = models.CharField(_("switched off because"), max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["address", "pk"]

    def __str__(self) -> str:
        return self.address

    @property
    def is_of_all(self) -> bool:
        return not self.query and self.record_id is None

    @property
    def asked(self) -> SearchRequest:
        """The question that its articles answer; for a record that was merged, of the one it was merged into."""
        record = self.record
        while record is not None and record.merged_into is not None:
            record = record.merged_into
        if record is not None:
            return SearchRequest(filters=((record.kind, (record.slug,)),), sort="newest")
        return read_request(QueryDict(self.query)).sorted_by("newest")

    def switch(self, is_on: bool, because: str = "") -> None:
        """Switch it on or off; what waits for it goes on waiting, and is tried at once when it is on again."""
        self.is_on, self.off_at, self.off_because = is_on, None if is_on else timezone.now(), because[:300]
        self.save(update_fields=["is_on", "off_at", "off_because"])
        if is_on:
            waiting = self.deliveries.filter(state=WebhookDelivery.State.WAITING)
            waiting.update(failures=0, next_at=timezone.now())


class WebhookChange(models.Model):
    """What happened to an article, to be told to a webhook; written in the transaction of the change."""

    class Event(models.TextChoices):
        PUBLISHED = "published", _("published")
        CHANGED = "changed", _("changed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LEFT = "left", _("no longer among those asked for")
        TOUCHED = "touched", _("perhaps found otherwise")  # never told: it may make an article come or leave

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="changes")
    identifier = models.CharField(max_length=64)
    event = models.CharField(max_length=9, choices=Event.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.identifier


class WebhookMember(models.Model):
    """An article that the receiver of a webhook has, as far as it was told: a webhook of a search or a record alone."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="members")
    identifier = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "identifier"], name="webhook_member_once")]

    def __str__(self) -> str:
        return self.identifier


class WebhookDelivery(models.Model):
    """One message to a webhook, and how it went.

    `items` are pairs of an article's identifier and an event; what is said of each is made anew with every attempt, so
    that no text waits here. `attempts` tell of each: `{"at": …, "status": 503, "told": "", "seconds": 0.2}`; what is
    told is an English sentence to be translated as it stands, with `parameters`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("delivered")
        FAILED = "failed", _("failed")

    webhook = models.ForeignKey(Webhook, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries")
    name = models.CharField(_("identifier"), max_length=40, unique=True, default=new_name)
    items = models.JSONField(_("articles"), default=list)
    is_test = models.BooleanField(_("test"), default=False)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    next_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    failures = models.PositiveIntegerField(_("failures, one after another"), default=0)
    attempts = models.JSONField(_("attempts"), default=list)
    status = models.PositiveSmallIntegerField(_("answered with the status"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["webhook", "state"], name="deliveries_by_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> str:
        """What the last attempt came to."""
        return told_of(self.attempts[-1]) if self.attempts else gettext("not tried yet")

    def note(self, status: int | None, error: FetchError | None, began: datetime.datetime) -> None:
        """Add an attempt; of very many the last ones are kept."""
        took = (timezone.now() - began).total_seconds()
        attempt: dict[str, Any] = {"at": began.isoformat(timespec="seconds"), "status": status, "told": ""}
        if error:
            attempt |= {"told": error.template, "parameters": error.parameters}
        self.attempts = [*self.attempts, attempt | {"seconds": round(took, 2)}][-20:]
        self.status = status


def told_of(attempt: dict[str, Any]) -> str:
    """What an attempt came to, in the reader's language."""
    sentence, parameters = attempt["told"], attempt.get("parameters")
    if not sentence:
        return str(attempt["status"])
    return in_words(sentence, parameters) if parameters is not None else sentence  # those of before were whole
