"""Curation events: who decided what about which article, when, and what changed; and mistakes that readers report."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article


class CurationEvent(models.Model):
    """Written in the transaction of the change it tells; never edited."""

    class Action(models.TextChoices):
        IMPORT = "import", _("imported")
        REFRESH = "refresh", _("extracted again")
        EDIT = "edit", _("edited")
        PUBLISH = "publish", _("published")
        WITHDRAW = "withdraw", _("withdrawn")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="events", verbose_name=_("article"))
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("empty: a command, without a person"),
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)

    class Meta:
        verbose_name = _("curation event")
        verbose_name_plural = _("curation events")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} · {self.article}"


class Mistake(models.Model):
    """A mistake as a reader reports it, without an account; a curator accepts or rejects it.

    `passage` and `told` are as typed, in NFC without control characters. Nothing tells who the reader is, but `contact`
    where it was given.
    """

    class About(models.TextChoices):
        DATE = "date", _("the date")
        NAME = "name", _("a name")
        COUNTRY = "country", _("a country")
        TEXT = "text", _("the text")
        BOILERPLATE = "boilerplate", _("what was left out of the text")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mistakes", verbose_name=_("article"))
    about = models.CharField(_("what is wrong"), max_length=11, choices=About.choices)
    passage = models.TextField(_("passage"), blank=True)
    told = models.TextField(_("what the reader says"))
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    note = models.TextField(_("note"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, editable=False, on_delete=models.PROTECT
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    class Meta:
        verbose_name = _("reported mistake")
        verbose_name_plural = _("reported mistakes")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "received_at"], name="mistake_queue")]

    def __str__(self) -> str:
        return f"{self.get_about_display()} · {self.article}"


class Sender(models.Model):
    """That somebody reported a mistake within the last hour: a keyed hash of the address, which is then forgotten."""

    trace = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.trace[:8]
