"""The change log of the index: which article is to be indexed again or taken out, in the order it was decided."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexChange(models.Model):
    """Written in the transaction of the change it tells; the one writer applies it and deletes it.

    It names the article, not the action: whoever applies it looks at the article as it is then, so that applying a
    change twice, or two changes in the wrong order, ends in the same index.
    """

    identifier = models.CharField(_("article"), max_length=64)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("index change")
        verbose_name_plural = _("index changes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.identifier

    @staticmethod
    def record(identifiers: Iterable[str]) -> None:
        """Note that these articles changed; call it inside the transaction of the change."""
        IndexChange.objects.bulk_create([IndexChange(identifier=identifier) for identifier in identifiers])
