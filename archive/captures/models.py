"""A capture: the bytes of one page exactly as received, where they came from and when; and what became of its bytes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Capture(models.Model):
    """Evidence. Rows are never edited; the bytes lie in the payload store under `payload_digest`."""

    payload_digest = models.CharField(
        _("payload digest"), max_length=64, unique=True, editable=False, help_text=_("SHA-256 of the bytes, in hex")
    )
    payload_size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    media_type = models.CharField(_("media type"), max_length=100, editable=False)
    encoding = models.CharField(_("character encoding"), max_length=40, editable=False)
    target_uri = models.CharField(
        _("target URI"), max_length=2000, blank=True, help_text=_("the page's own address, when it is known")
    )
    captured_at = models.DateTimeField(
        _("captured at"), null=True, blank=True, help_text=_("when the page was fetched, when it is known")
    )
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, editable=False)
    http_headers = models.JSONField(
        _("HTTP headers"), default=list, editable=False, help_text=_("of the server's answer: name and value")
    )
    received_from = models.CharField(_("received from"), max_length=1000, editable=False)
    erased_at = models.DateTimeField(
        _("erased at"), null=True, editable=False, help_text=_("its bytes were taken away for good")
    )

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.received_from} · {self.payload_digest[:12]}"


class FixityEvent(models.Model):
    """A fixity check in the words of PREMIS: an agent found that the bytes have their digest still, or have not.

    A check that finds what the last one found moves `at` on, so that a capture has one event for each change of its
    state, however often it is checked.
    """

    class Outcome(models.TextChoices):
        INTACT = "intact", _("intact")
        DAMAGED = "damaged", _("damaged")
        MISSING = "missing", _("missing")

    capture = models.ForeignKey(
        Capture, verbose_name=_("capture"), on_delete=models.CASCADE, related_name="fixity_events"
    )
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome.choices)
    first_at = models.DateTimeField(_("first found at"))
    at = models.DateTimeField(_("verified at"))
    agent = models.CharField(_("agent"), max_length=100, help_text=_("the command, and who ran it"))
    detail = models.CharField(_("detail"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("fixity event")
        verbose_name_plural = _("fixity events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["capture", "-at"], name="fixity_of_capture")]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def is_intact(self) -> bool:
        return self.outcome == self.Outcome.INTACT

    @property
    def command(self) -> str:
        """The agent without the account that ran it: what readers may know."""
        return self.agent.partition(" ")[0]
