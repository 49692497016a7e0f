"""The article: a described press report, its access points to authority records, and the evidence of each guess."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.authorities.models import AuthorityRecord, Kind, Rights
from archive.captures.models import Capture
from archive.pages.addresses import path_to
from archive.states import LinkState
from archive.states import Status as Status

GUID_NAMESPACE = uuid.UUID("5d0e7a52-8b0f-5c3d-9f57-0d1a7a6b1f2e")


class Language(models.TextChoices):
    ARABIC = "ar", _("Arabic")
    PERSIAN = "fa", _("Persian")
    UNDETERMINED = "und", _("undetermined")


class Certainty(models.TextChoices):
    STATED = "stated", _("stated by the page")
    INFERRED = "inferred", _("inferred from the text")
    CURATED = "curated", _("given by a curator")
    UNDATED = "undated", _("undated")


class Precision(models.TextChoices):
    MINUTE = "minute", _("minute")
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Calendar(models.TextChoices):
    GREGORIAN = "gregorian", _("Gregorian")
    SOLAR_HIJRI = "solar_hijri", _("Solar Hijri")
    LUNAR_HIJRI = "lunar_hijri", _("lunar Hijri")


def guid(identifier: str) -> str:
    """A name of an article that never changes, whatever its title, site or address: `urn:uuid:…`."""
    return uuid.uuid5(GUID_NAMESPACE, identifier).urn


class ArticleQuerySet(models.QuerySet[Any]):
    """Questions asked of articles."""

    def published(self) -> ArticleQuerySet:
        """What the public may see: neither drafts nor withdrawn items."""
        return self.filter(status=Status.PUBLISHED)

    def still_published(self) -> ArticleQuerySet:
        """The published among few articles that are named otherwise, in no order.

        By `published` SQLite would look through all that are published, which it takes for few.
        """
        return self.exclude(status__in=(Status.DRAFT, Status.WITHDRAWN)).order_by()

    def unpublished(self) -> ArticleQuerySet:
        """What staff alone may see: drafts, and what was withdrawn and not erased."""
        return self.filter(status__in=(Status.DRAFT, Status.WITHDRAWN), erased_at=None)

    def gone(self) -> ArticleQuerySet:
        """What the public could see once and cannot any more."""
        return self.filter(status=Status.WITHDRAWN, first_published_at__isnull=False)

    def newest_first(self) -> ArticleQuerySet:
        """By date, undated articles last; articles of one day in the order of their arrival."""
        return self.order_by(models.F("dated_on").desc(nulls_last=True), "-pk")

    def described(self) -> ArticleQuerySet:
        """With everything that a result or a page shows, in a fixed number of queries."""
        points = AccessPoint.objects.select_related("record")
        return self.select_related("capture", "source").prefetch_related(models.Prefetch("access_points", points))

    def outlined(self) -> ArticleQuerySet:
        """What a line shows that leads to an article: its card, neither its text nor its evidence; one query."""
        return self.defer("body", "evidence", "curated_fields")

    def lined(self) -> ArticleQuerySet:
        """The same of a report that is named beside another one: its title, its source and its date."""
        named = ("identifier", "title", "language", "source_as_printed", "card")
        return self.only(*named, "dated_on", "date_precision", "date_calendar", "date_certainty")

    def carded(self) -> ArticleQuerySet:
        """The same with its text, in which a search marks what answers."""
        return self.defer("evidence", "curated_fields")


class Article(models.Model):
    """Text is NFC, in logical order, as written; `body` is paragraphs separated by one empty line.

    `identifier` is permanent: the first twelve hexadecimal digits of the first capture's SHA-256 digest. Dates:
    `dated_on` is the Gregorian day (the first day of a month or year for those precisions) in the outlet's own time
    zone, `dated_at` the instant when a time and zone were stated, `date_as_printed` the words of the page.
    """

    identifier = models.CharField(
        _("identifier"), max_length=64, unique=True, editable=False, validators=[RegexValidator(r"^[0-9a-f]+$")]
    )
    capture = models.ForeignKey(Capture, verbose_name=_("capture"), on_delete=models.PROTECT, related_name="articles")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    language = models.CharField(_("language"), max_length=3, choices=Language.choices)
    kicker = models.CharField(_("kicker"), max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=1000)
    romanized_title = models.CharField(
        _("romanized title"),
        max_length=1000,
        blank=True,
        help_text=_("kicker and title in Latin letters with their vowels, for citations; never made by the archive"),
    )
    body = models.TextField(_("text"))
    source = models.ForeignKey(
        AuthorityRecord,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
        limit_choices_to={"kind": Kind.SOURCE},
    )
    source_as_printed = models.CharField(_("source as printed"), max_length=200, blank=True)
    item_code = models.CharField(_("item code"), max_length=40, blank=True)
    byline = models.CharField(_("byline"), max_length=200, blank=True)
    agency = models.CharField(_("agency"), max_length=200, blank=True)
    place = models.CharField(_("place of the dateline"), max_length=200, blank=True)

    dated_on = models.DateField(_("date"), null=True, blank=True)
    dated_at = models.DateTimeField(_("time"), null=True, blank=True)
    date_as_printed = models.CharField(_("date as printed"), max_length=200, blank=True)
    date_calendar = models.CharField(_("calendar as printed"), max_length=11, choices=Calendar.choices, blank=True)
    date_precision = models.CharField(_("precision"), max_length=6, choices=Precision.choices, blank=True)
    date_certainty = models.CharField(
        _("date evidence"), max_length=8, choices=Certainty.choices, default=Certainty.UNDATED
    )

    evidence = models.JSONField(_("evidence"), default=dict, blank=True, editable=False)
    curated_fields = models.JSONField(_("curated fields"), default=list, blank=True, editable=False)
    card = models.JSONField(null=True, default=None, editable=False)  # see archive.articles.cards
    records: models.ManyToManyField[AuthorityRecord, AccessPoint] = models.ManyToManyField(
        AuthorityRecord, through="AccessPoint", related_name="articles"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    first_published_at = models.DateTimeField(_("first published at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=500, blank=True, editable=False)
    is_title_told = models.BooleanField(
        _("the title is told"), default=False, help_text=_("at the address of a withdrawn article")
    )
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("it is not published before")
    )
    publish_on = models.DateTimeField(_("to be published on"), null=True, blank=True, help_text=_("by itself, then"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    objects = ArticleQuerySet.as_manager()
    shown_as: str = Rights.WHOLE  # less for a copy that leaves something out: `archive.articles.rights`

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-dated_on", "-pk"]
        permissions = [
            ("publish_article", "Can publish and withdraw articles"),
            ("erase_article", "Can erase articles for good"),
        ]
        indexes = [
            models.Index(fields=["status", "-dated_on"], name="article_status_date"),
            models.Index(fields=["source", "status", "dated_on"], name="article_source_date"),
            models.Index(fields=["first_published_at"], name="article_first_published"),
            models.Index(
                fields=["-withdrawn_at"], name="article_withdrawn", condition=models.Q(withdrawn_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *arguments: Any, **named: Any) -> None:
        if self.shown_as != Rights.WHOLE:
            raise ValueError("a copy of an article that leaves out what may not be shown cannot be saved")
        super().save(*arguments, **named)

    def get_absolute_url(self) -> str:
        return path_to("articles:detail", self.identifier)

    @property
    def guid(self) -> str:
        return guid(self.identifier)

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def paragraphs(self) -> list[str]:
        return self.body.split("\n\n")

    @property
    def is_date_inferred(self) -> bool:
        return self.date_certainty == Certainty.INFERRED

    @property
    def is_date_told(self) -> bool:
        """Whether the page states it or a curator gave it."""
        return self.date_certainty in {Certainty.STATED, Certainty.CURATED}


class Field(models.TextChoices):
    KICKER = "kicker", _("kicker")
    TITLE = "title", _("title")
    BODY = "body", _("text")


class AccessPoint(models.Model):
    """A link from an article to an authority record: recognised by rule, or decided by a curator."""

    State = LinkState

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="access_points")
    record = models.ForeignKey(
        AuthorityRecord, verbose_name=_("record"), on_delete=models.PROTECT, related_name="access_points"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECOGNISED)

    class Meta:
        verbose_name = _("access point")
        verbose_name_plural = _("access points")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["article", "record"], name="access_point_once")]

    def __str__(self) -> str:
        return f"{self.record} ({self.get_state_display()})"


class Mention(models.Model):
    """Where in the article an access point was recognised: offsets are code points into the named field's text."""

    access_point = models.ForeignKey(AccessPoint, on_delete=models.CASCADE, related_name="mentions")
    field = models.CharField(max_length=6, choices=Field.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    form = models.CharField(max_length=200)
    rule = models.CharField(max_length=40)
    confidence = models.FloatField()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["field", "start"]

    def __str__(self) -> str:
        return self.form
