"""The shelf of a reader who has an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Shelf(models.Model):
    """One for an account; `contents` is what `search.shelf.contents.Contents.to_json` makes."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shelf", verbose_name=_("reader")
    )
    contents = models.JSONField(_("contents"), default=dict)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")

    def __str__(self) -> str:
        return str(self.reader)
