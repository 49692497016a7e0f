"""The change logs of the indexes: which article is to be indexed again or taken out, in the order it was decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

# Sent by a change log with `identifiers` of articles, inside the transaction that notes them.
changes_noted = Signal()


class RecordedChange(models.Model):
    """Written in the transaction of the change it tells; the one writer applies it and deletes it.

    It names the article, not the action: whoever applies it looks at the article as it is then, so that applying a
    change twice, or two changes in the wrong order, ends in the same index.
    """

    identifier = models.CharField(_("article"), max_length=64)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    objects: ClassVar[models.Manager[RecordedChange]] = models.Manager()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.identifier

    @classmethod
    def record(cls, identifiers: Iterable[str]) -> None:
        """Note that these articles changed; call it inside the transaction of the change."""
        rows = cls.objects.bulk_create([cls(identifier=identifier) for identifier in identifiers])
        changes_noted.send(cls, identifiers=[row.identifier for row in rows])


class IndexChange(RecordedChange):
    """Of the index of the public articles."""

    class Meta(RecordedChange.Meta):
        verbose_name = _("index change")
        verbose_name_plural = _("index changes")


class DraftChange(RecordedChange):
    """Of the index of what is not public. A log of its own: what readers are shown rests on no row of it."""

    class Meta(RecordedChange.Meta):
        verbose_name = _("index change of a draft")
        verbose_name_plural = _("index changes of drafts")
