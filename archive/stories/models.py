"""Which public reports are one story: their traits, what ties them, and what curators decided."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article


class Fingerprint(models.Model):
    """The traits of one public article, and the story it belongs to; a withdrawn article has none.

    `story` is the lowest key of the articles of the story, so that the same ties always give the same number; null for
    an article that stands alone.
    """

    article = models.OneToOneField(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    version = models.PositiveSmallIntegerField(_("version"))
    day = models.DateField(_("date"), null=True, db_index=True)
    traits = models.JSONField(_("clues"), default=dict)
    signature = models.BinaryField(_("signature"), default=bytes)
    story = models.BigIntegerField(_("story"), null=True, db_index=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("report in a story")
        verbose_name_plural = _("reports in stories")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return str(self.article)


class Band(models.Model):
    """One bucket of a signature: texts that are nearly the same meet in one of theirs."""

    fingerprint = models.ForeignKey(Fingerprint, on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField(db_index=True)


def write_pairs(model: type[models.Model], pairs: Sequence[tuple[int, int]]) -> None:
    """Write rows of two numbers, in the order of the columns behind the key, in a transaction of who calls.

    A report has dozens of them: to make a model of each costs more than to write it.
    """
    quoted = connection.ops.quote_name
    first, second = (quoted(field.column) for field in model._meta.local_concrete_fields[1:])
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {quoted(model._meta.db_table)} ({first}, {second}) VALUES (%s, %s)"  # noqa: S608
        cursor.executemany(statement, pairs)


class Link(models.Model):
    """Two reports that are one story, with the evidence; `one` has the lower key."""

    class Kind(models.TextChoices):
        COPY = "copy", _("nearly the same text")
        EVENT = "event", _("the same event")

    one = models.ForeignKey(Fingerprint, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Fingerprint, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    strength = models.FloatField(_("strength"))
    shared = models.JSONField(_("in common"), default=list)

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id} ({self.get_kind_display()})"


class Decision(models.Model):
    """A curator's word on two articles: one story, or not. It stands whatever is computed; `one` has the lower key."""

    one = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("article"))
    other = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", verbose_name=_("other article"))
    together = models.BooleanField(_("one story"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.PROTECT
    )
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("decision on stories")
        verbose_name_plural = _("decisions on stories")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="decision_once")]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"
