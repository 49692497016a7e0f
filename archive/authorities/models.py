"""Authority records: one identity for an official, country, body or source, with every form of its name.

A record is what articles are linked to and facets count; names are only ways to reach it. After ISAAR(CPF): one
authorized form per language, parallel forms, variant forms; every form and every post says where it was found.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.authorities.dates import refuse_nonsense
from archive.authorities.gazetteer.kinds import FormStatus as FormStatus
from archive.authorities.gazetteer.kinds import Kind as Kind
from archive.authorities.gazetteer.kinds import NameUse as NameUse
from archive.authorities.gazetteer.kinds import RelationKind as RelationKind
from archive.authorities.gazetteer.kinds import Rights as Rights
from archive.pages.addresses import path_to
from archive.pages.interface import reader_language
from archive.text.arrows import becomes


class RecordQuerySet(models.QuerySet[Any]):
    """Questions asked of authority records."""

    def present(self) -> RecordQuerySet:
        """Records that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def of_kind(self, kind: str) -> RecordQuerySet:
        return self.filter(kind=kind)


class AuthorityRecord(models.Model):
    """An identity; `slug` is permanent (`khalaf-khalafov`; for countries ISO 3166-1 alpha-2 in lower case: `az`)."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    slug = models.SlugField(_("identifier"), max_length=80)
    note = models.TextField(_("note"), blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text=_("another record of the same kind that takes this one's place"),
    )
    curated = models.BooleanField(
        _("curated"), default=False, editable=False, help_text=_("a curator edited it; loading files leaves it alone")
    )
    is_proposed = models.BooleanField(
        _("proposed"),
        default=False,
        help_text=_("made from a name that a report prints; nobody has confirmed it or joined it to another record"),
    )
    rights_pages = models.CharField(
        _("shown on pages"),
        max_length=11,
        choices=Rights.choices,
        blank=True,
        help_text=_("what readers see of its reports; empty: as the settings say"),
    )
    rights_bulk = models.CharField(
        _("given in bulk"),
        max_length=11,
        choices=Rights.choices,
        blank=True,
        help_text=_("in files, feeds and to programs, never more than on pages; empty: as the settings say"),
    )
    wikidata = models.CharField(
        "Wikidata", max_length=20, blank=True, validators=[RegexValidator(r"^Q[1-9]\d*$")], help_text="Q359480"
    )
    viaf = models.CharField(
        "VIAF", max_length=24, blank=True, validators=[RegexValidator(r"^[1-9]\d*$")], help_text="66494525"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority record")
        verbose_name_plural = _("authority records")
        ordering = ["kind", "slug"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="authority_kind_slug")]
        permissions = [("give_rights_authorityrecord", "Can say what of a source is shown")]

    def __str__(self) -> str:
        """What to call the record in the reader's language, for forms and lists of the admin."""
        return self.called(reader_language())

    def get_absolute_url(self) -> str:
        """Its page; of a term, which has none, the search for it."""
        if self.kind == Kind.TERM:
            return f"{reverse('search')}?{urlencode({'q': str(self)})}"
        return path_to(f"browse:{self.kind}", self.slug)

    @property
    def same_as(self) -> list[tuple[str, str]]:
        """The same identity in other files, by the name of the file."""
        known = (
            ("Wikidata", "https://www.wikidata.org/wiki/", self.wikidata),
            ("VIAF", "https://viaf.org/viaf/", self.viaf),
        )
        return [(name, before + held) for name, before, held in known if held]

    def called(self, language: str) -> str:
        """The authorized form in `language`, else in English, else any: the directory answers (`apps.py` says so)."""
        raise NotImplementedError(language)


class Name(models.Model):
    """One form of a record's name, as written, NFC, with its language and where it was found."""

    record = models.ForeignKey(AuthorityRecord, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=8, help_text=_("BCP 47: ar, fa, en, az …"))
    form = models.CharField(_("form"), max_length=10, choices=FormStatus.choices, default=FormStatus.VARIANT)
    use = models.CharField(_("use"), max_length=13, choices=NameUse.choices, default=NameUse.NAME)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "text", "language", "use"], name="name_once_per_record")
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Marks, blanks and signs alone name nobody."""
        if not any(map(str.isalnum, self.text)):
            raise ValidationError({"text": gettext("A name has letters.")})


class Post(models.Model):
    """A post that an official held; dates are ISO 8601 and may be partial (`2020-07`), empty where not known."""

    record = models.ForeignKey(AuthorityRecord, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(
        _("role"),
        max_length=60,
        help_text=_("foreign_minister, ambassador …"),
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$")],
    )
    title_ar = models.CharField(_("title in Arabic"), max_length=200, blank=True)
    title_fa = models.CharField(_("title in Persian"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    country = models.ForeignKey(
        AuthorityRecord,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="country_posts",
        limit_choices_to={"kind": Kind.COUNTRY},
    )
    body = models.ForeignKey(
        AuthorityRecord,
        verbose_name=_("body"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="body_posts",
        limit_choices_to={"kind": Kind.BODY},
    )
    start = models.CharField(_("from"), max_length=10, blank=True)
    end = models.CharField(_("until"), max_length=10, blank=True)
    attested_on = models.CharField(
        _("attested on"),
        max_length=10,
        blank=True,
        help_text=_("a day on which a source saw the post held; of several the last"),
    )
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["start", "attested_on", "pk"]

    def __str__(self) -> str:
        return self.title(reader_language())

    def clean(self) -> None:
        """A date is a date, the end is not before the beginning, and a post is of a country or of a body."""
        refuse_nonsense(start=self.start, end=self.end, attested_on=self.attested_on)
        if self.country_id is None and self.body_id is None:
            raise ValidationError({"country": gettext("A post is of a country or of a body.")})

    def title(self, language: str) -> str:
        """The title in `language`, else in English, else the role's code."""
        return getattr(self, f"title_{language}", "") or self.title_en or self.role


class Relation(models.Model):
    """What a record is to another one, from a day to another one; dates are as those of a post."""

    record = models.ForeignKey(AuthorityRecord, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=11, choices=RelationKind.choices)
    other = models.ForeignKey(
        AuthorityRecord, verbose_name=_("other record"), on_delete=models.PROTECT, related_name="related"
    )
    start = models.CharField(_("from"), max_length=10, blank=True)
    end = models.CharField(_("until"), max_length=10, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["kind", "start", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other}"

    def clean(self) -> None:
        refuse_nonsense(start=self.start, end=self.end)
        if self.other_id is not None and self.other_id == self.record_id:
            raise ValidationError({"other": gettext("A record is in no relation to itself.")})


class Undoable(models.Model):
    """What moved between two records: who decided it, when, and what, so that it can be undone as one."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("empty: a command, without a person"),
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    moved = models.JSONField(_("what moved"), default=dict)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]


class Merge(Undoable):
    """That one record took the place of another: who decided it, when, and what moved, so that it can be undone."""

    gone = models.ForeignKey(
        AuthorityRecord, verbose_name=_("record that went"), on_delete=models.PROTECT, related_name="merges_away"
    )
    kept = models.ForeignKey(
        AuthorityRecord, verbose_name=_("record that stayed"), on_delete=models.PROTECT, related_name="merges_here"
    )

    class Meta(Undoable.Meta):
        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self) -> str:
        return becomes(self.gone, self.kept)


class Split(Undoable):
    """That some forms and mentions of one record were given to another, new or held."""

    record = models.ForeignKey(
        AuthorityRecord, verbose_name=_("record that was split"), on_delete=models.PROTECT, related_name="splits_away"
    )
    other = models.ForeignKey(
        AuthorityRecord, verbose_name=_("record that took"), on_delete=models.PROTECT, related_name="splits_here"
    )

    class Meta(Undoable.Meta):
        verbose_name = _("split")
        verbose_name_plural = _("splits")

    def __str__(self) -> str:
        return becomes(self.record, self.other)
