"""The words of the archive's owner, a row for each language of the interface."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ArchiveDescription(models.Model):
    """What the archive is, in one language: plain text, paragraphs parted by an empty line, as written."""

    language = models.CharField(_("language"), max_length=8, unique=True, choices=settings.LANGUAGES)
    holdings = models.TextField(_("what it holds"), blank=True)
    owner = models.TextField(_("who runs it"), blank=True)
    rights = models.TextField(_("rights"), blank=True)
    citing = models.TextField(_("how to cite it"), blank=True)
    contact = models.TextField(_("contact"), blank=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("description of the archive")
        verbose_name_plural = _("descriptions of the archive")
        ordering = ["language"]

    def __str__(self) -> str:
        return str(self.get_language_display())

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What is written, under its headings."""
        fields = [field for field in self._meta.fields if isinstance(field, models.TextField)]
        written = [(str(field.verbose_name), getattr(self, field.name).strip()) for field in fields]
        return [(heading, text) for heading, text in written if text]
