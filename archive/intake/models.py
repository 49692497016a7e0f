"""Accessions: who took what in, when, from where and how, and what became of every item."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.articles.models import Article
from archive.captures.models import Capture
from archive.pages.shown import apart, in_words, localnumber

PATH_LENGTH, NOTE_LENGTH = 1000, 500
Told = list[Any]  # what is told of something: an English sentence, what stands in it, the address that it is of or ""


def told_of(sentence: str, parameters: Mapping[str, int | str], address: str = "") -> Told:
    return [sentence, dict(parameters), address]


class Accession(models.Model):
    """One intake. With every piece of it, in its transaction, the row tells how far it has come; so it goes on there.

    `origins` are the files and folders as they were named; `options` what was asked for: `publish`, `refresh`,
    `columns` (a mapping, by fields), `stated` (what the giver says of all). `outcomes` counts items by what became of
    them. Of a dry run the report is kept, and nothing else.
    """

    class Way(models.TextChoices):
        COMMAND = "command", _("by command")
        UPLOAD = "upload", _("uploaded")
        PASTE = "paste", _("pasted")
        ADDRESS = "address", _("fetched from an address")
        FEED = "feed", _("fetched by the watch list")
        BROWSER = "browser", _("sent from a browser")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("under way")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("done")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("empty: a command, without a person"),
    )
    way = models.CharField(pgettext_lazy("how an intake came in", "how"), max_length=8, choices=Way.choices)
    origins = models.JSONField(_("from where"), default=list)
    options = models.JSONField(_("options"), default=dict, blank=True)
    is_dry_run = models.BooleanField(_("dry run"), default=False, help_text=_("nothing is taken in, only told"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    began_at = models.DateTimeField(_("began at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    done = models.PositiveIntegerField(_("items"), default=0)
    share = models.FloatField(_("share done"), default=0)
    outcomes = models.JSONField(_("outcomes"), default=dict)
    seconds = models.FloatField(_("seconds at work"), default=0)
    note = models.CharField(_("note"), max_length=500, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("undone by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)

    class Meta:
        verbose_name = _("accession")
        verbose_name_plural = _("accessions")
        ordering = ["-began_at", "-pk"]

    def __str__(self) -> str:
        origin = str(self.origins[0]) if self.origins else ""
        _scheme, is_address, place = origin.partition("://")
        first = place[:60] if is_address else origin.rpartition("/")[2]
        more = f" +{len(self.origins) - 1}" if len(self.origins) > 1 else ""
        return f"{self.pk} · {first}{more}"

    @property
    def is_open(self) -> bool:
        """Whether items of it may still be taken in."""
        return self.state in (self.State.WAITING, self.State.RUNNING, self.State.STOPPED)

    @property
    def rate(self) -> float:
        """Items a second while it was at work; 0 before the first."""
        return self.done / self.seconds if self.seconds else 0.0

    @property
    def told(self) -> str:
        """What became of how many, in the reader's language: "added 40 · refused 2"."""
        names = dict(AccessionItem.Outcome.choices)
        return " · ".join(
            f"{names.get(outcome, outcome)} {localnumber(number)}" for outcome, number in self.outcomes.items()
        )

    def count(self, outcome: str, number: int = 1) -> None:
        """Count items that came to an outcome; a negative number takes them away again."""
        left = self.outcomes.get(outcome, 0) + number
        self.outcomes = {**self.outcomes, outcome: left}
        if not left:
            del self.outcomes[outcome]


class AccessionItem(models.Model):
    """What became of one item, written in the transaction of its article.

    `reason` is an English sentence to be translated as it stands, with `parameters`. What is quarantined has a capture
    and no article; what is set aside or refused has neither.
    """

    class Outcome(models.TextChoices):
        ADDED = "added", _("added")
        UNCHANGED = "unchanged", _("unchanged")
        REFRESHED = "refreshed", _("refreshed")
        CAPTURED = "captured", _("another capture of an article")
        ALIKE = "alike", _("to be compared with an article")
        QUARANTINED = "quarantined", _("in quarantine")
        REFUSED = "refused", _("refused")
        SET_ASIDE = "not read", _("set aside")
        DISCARDED = "discarded", _("discarded")
        UNDONE = "undone", _("undone")
        KEPT = "kept", _("kept, for a curator has touched it since")

    accession = models.ForeignKey(
        Accession, verbose_name=_("accession"), on_delete=models.CASCADE, related_name="items"
    )
    place = models.PositiveIntegerField(_("place"))
    name = models.CharField(_("name"), max_length=PATH_LENGTH)
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), null=True, on_delete=models.SET_NULL, related_name="accession_items"
    )
    capture = models.ForeignKey(
        Capture, verbose_name=_("capture"), null=True, on_delete=models.SET_NULL, related_name="accession_items"
    )
    digest = models.CharField(_("payload digest"), max_length=64, blank=True)
    stated = models.JSONField(_("stated by the giver"), default=dict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("item of an accession")
        verbose_name_plural = _("items of accessions")
        ordering = ["accession", "place"]
        constraints = [models.UniqueConstraint(fields=["accession", "place"], name="item_once")]
        indexes = [
            models.Index(fields=["accession", "outcome"], name="items_by_outcome"),
            models.Index(fields=["digest"], name="items_by_digest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> str:
        """The reason in the reader's language."""
        return in_words(self.reason, self.parameters) if self.reason else ""


class Trace(models.Model):
    """What an article is known again by, of the page that it is described from: see `archive.intake.marks`."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="trace")
    address = models.BigIntegerField(db_index=True)
    text = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return str(self.article_id)


class Bucket(models.Model):
    """One bucket of a trace: nearly the same texts meet in one of theirs."""

    trace = models.ForeignKey(Trace, on_delete=models.CASCADE, related_name="buckets")
    value = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return str(self.value)


class Version(models.Model):
    """One of several captures of an article, that which it is described from among them."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    capture = models.OneToOneField(Capture, on_delete=models.CASCADE, related_name="version")

    def __str__(self) -> str:
        return str(self.capture)


class Pair(models.Model):
    """An item that resembles an article, and what is decided of the two: by a curator, or by rule (`decided_by` empty).

    Without a decision the item waits: its bytes are kept, and no article is made of them.
    """

    class Kind(models.TextChoices):
        VERSION = "version", _("the same address, another text")
        SAME = "same", _("the same text")
        NEAR = "near", _("nearly the same text")

    class Decision(models.TextChoices):
        OPEN = "", _("to be decided")
        NEWER = "newer", _("the same article, with the new text")
        SAME = "same", _("the same article, with the text it has")
        WITNESS = "witness", _("another witness of the story")
        LEFT = "left", _("left as it is")

    item = models.OneToOneField(AccessionItem, verbose_name=_("item"), on_delete=models.CASCADE, related_name="pair")
    held = models.ForeignKey(Article, verbose_name=_("article held"), on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("in common"), max_length=7, choices=Kind.choices)
    share = models.FloatField(_("share of text in common"), default=1.0)
    decision = models.CharField(
        _("decision"), max_length=7, choices=Decision.choices, default=Decision.OPEN, blank=True, db_index=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("empty: by rule"),
    )

    class Meta:
        verbose_name = _("pair to compare")
        verbose_name_plural = _("pairs to compare")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.item} – {self.held}"

    @property
    def is_by_rule(self) -> bool:
        return bool(self.decision) and self.decided_by_id is None


class WatchedFeed(models.Model):
    """A feed or site map that is looked at now and then; pages that it names for the first time become drafts."""

    address = models.CharField(_("address"), max_length=2000, unique=True, help_text=_("of a feed or a site map"))
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("of what names none itself"))
    minutes = models.PositiveIntegerField(
        _("minutes between two looks"), default=60, validators=[MinValueValidator(5), MaxValueValidator(43_200)]
    )
    is_active = models.BooleanField(_("watched"), default=True)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    looked_at = models.DateTimeField(_("looked at"), null=True, editable=False)
    next_at = models.DateTimeField(_("next look"), default=timezone.now, editable=False)
    failures = models.PositiveIntegerField(_("failures, one after another"), default=0, editable=False)
    note = models.CharField(
        _("what became of the last look"), max_length=NOTE_LENGTH, blank=True, editable=False
    )  # see `tell`

    class Meta:
        verbose_name = _("watched feed")
        verbose_name_plural = _("watched feeds")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address

    def tell(self, told: list[Told]) -> None:
        """Note what became of a look, in the order of weight: what finds no room is left out."""
        while len(note := json.dumps(told, ensure_ascii=False)) > NOTE_LENGTH and told:
            told = told[:-1]
        self.note = note

    @property
    def told(self) -> str:
        """What became of the last look, in the reader's language: "12 pages, 3 new"."""
        try:
            rows = json.loads(self.note)
            return " · ".join(f"{apart(of)}: " * bool(of) + in_words(said, parameters) for said, parameters, of in rows)
        except ValueError:  # of an earlier release, in English
            return self.note
