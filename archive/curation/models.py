"""Curation events: who decided what about which article or record, when, and what changed; mistakes of readers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article, Field
from archive.authorities.models import AuthorityRecord
from archive.work.models import Job


class CurationEvent(models.Model):
    """Written in the transaction of the change it tells; never edited. Of one article, record, meeting or collection.

    `changes` gives each field that changed with what it was and what it is: `{"title": ["…", "…"]}`. Where they are
    `exact`, they are the values as kept, by which one can go back; events of earlier releases tell them in words.
    """

    class Action(models.TextChoices):
        IMPORT = "import", _("imported")
        REFRESH = "refresh", _("extracted again")
        EDIT = "edit", _("edited")
        PUBLISH = "publish", _("published")
        WITHDRAW = "withdraw", _("withdrawn")
        REREAD = "reread", _("read again for a changed name")
        REVERT = "revert", _("put back")
        ADD = "add", _("added")
        MERGE = "merge", _("merged")
        UNMERGE = "unmerge", _("merge undone")
        SPLIT = "split", _("split")
        UNSPLIT = "unsplit", _("split undone")
        ERASE = "erase", _("erased")
        NOTE = "note", _("note of a curator")
        CONFIRM = "confirm", _("confirmed")
        REJECT = "reject", _("rejected")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="events", null=True, blank=True, verbose_name=_("article")
    )
    record = models.ForeignKey(
        AuthorityRecord,
        on_delete=models.CASCADE,
        related_name="events",
        null=True,
        blank=True,
        verbose_name=_("authority record"),
    )
    meeting = models.ForeignKey(
        "meetings.Meeting",
        on_delete=models.CASCADE,
        related_name="events",
        null=True,
        blank=True,
        verbose_name=_("meeting"),
    )
    collection = models.ForeignKey(
        "collections.Collection",
        on_delete=models.CASCADE,
        related_name="events",
        null=True,
        blank=True,
        verbose_name=_("collection"),
    )
    job = models.ForeignKey(
        Job, on_delete=models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("job")
    )
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("empty: a command, without a person"),
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    exact = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("curation event")
        verbose_name_plural = _("curation events")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} · {self.article or self.record or self.meeting or self.collection}"


class UnknownName(models.Model):
    """A person beside a title whom no record names, told from others by the folded name; for a curator to decide."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PROPOSED = "proposed", _("has a record")
        DISMISSED = "dismissed", _("not to be recorded")

    folded = models.CharField(_("name"), max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN, db_index=True)
    record = models.ForeignKey(
        AuthorityRecord, on_delete=models.SET_NULL, related_name="+", null=True, verbose_name=_("authority record")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, editable=False, on_delete=models.PROTECT
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    class Meta:
        verbose_name = _("name that no record has")
        verbose_name_plural = _("names that no record has")
        ordering = ["folded"]

    def __str__(self) -> str:
        return self.folded


class UnknownMention(models.Model):
    """Where a text has such a name, as in `Mention`, and the post beside it: role, country or body, printed words."""

    name = models.ForeignKey(UnknownName, on_delete=models.CASCADE, related_name="mentions")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="unknown_mentions")
    field = models.CharField(max_length=6, choices=Field.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    form = models.CharField(max_length=200)
    role = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=80, blank=True)
    post = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("place of a name that no record has")
        verbose_name_plural = _("places of names that no record has")
        ordering = ["article", "field", "start"]

    def __str__(self) -> str:
        return self.form


class CutLine(models.Model):
    """A line that a source prints and that belongs to no report: it is cut from what is taken in from then on.

    `letters` are those of the line alone, so that a line with another number or day is such a line too.
    """

    source = models.ForeignKey(
        AuthorityRecord, on_delete=models.CASCADE, related_name="cut_lines", verbose_name=_("source")
    )
    letters = models.CharField(max_length=500)
    text = models.CharField(_("line"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, editable=False, on_delete=models.PROTECT
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("line cut from a source")
        verbose_name_plural = _("lines cut from sources")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["source", "letters"], name="cut_line_once")]

    def __str__(self) -> str:
        return self.text


class Mistake(models.Model):
    """A mistake as a reader reports it, without an account; a curator accepts or rejects it.

    `passage` and `told` are as typed, in NFC without control characters. Nothing tells who the reader is, but `contact`
    where it was given.
    """

    class About(models.TextChoices):
        DATE = "date", _("the date")
        NAME = "name", _("a name")
        COUNTRY = "country", _("a country")
        TEXT = "text", _("the text")
        BOILERPLATE = "boilerplate", _("what was left out of the text")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mistakes", verbose_name=_("article"))
    about = models.CharField(_("what is wrong"), max_length=11, choices=About.choices)
    passage = models.TextField(_("passage"), blank=True)
    told = models.TextField(_("what the reader says"))
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    note = models.TextField(_("note"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, editable=False, on_delete=models.PROTECT
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)

    class Meta:
        verbose_name = _("reported mistake")
        verbose_name_plural = _("reported mistakes")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "received_at"], name="mistake_queue")]

    def __str__(self) -> str:
        return f"{self.get_about_display()} · {self.article}"


class Sender(models.Model):
    """That somebody reported a mistake within the last hour: a keyed hash of the address, which is then forgotten."""

    trace = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.trace[:8]
