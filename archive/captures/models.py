"""A capture: the bytes of one page exactly as received, with where they came from and when."""

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
    received_from = models.CharField(_("received from"), max_length=1000, editable=False)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.received_from} · {self.payload_digest[:12]}"
