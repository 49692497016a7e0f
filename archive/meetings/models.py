"""Meetings of states: proposed by the archive from what reports tell, confirmed or rejected by a curator."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article, Calendar, Certainty, Field, Precision
from archive.authorities.models import AuthorityRecord, Kind
from archive.meetings.days import day_in_words
from archive.pages.addresses import path_to
from archive.pages.interface import reader_language

FIELDS: Final = (
    *("kind", "round", "level", "state", "city", "by_video", "note"),
    *("dated_on", "date_as_printed", "date_calendar", "date_precision", "date_certainty"),
)
PARTIES: Final = (Kind.COUNTRY, Kind.BODY)


def new_identifier() -> str:
    """Eight hexadecimal digits that no meeting has: `3f9a1c02`."""
    return secrets.token_hex(4)


class MeetingQuerySet(models.QuerySet[Any]):
    """Questions asked of meetings."""

    def present(self) -> MeetingQuerySet:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def told(self) -> MeetingQuerySet:
        """Those of which a public report tells."""
        reports = MeetingReport.objects.filter(meeting=OuterRef("pk"), article__in=Article.objects.published())
        return self.filter(Exists(reports))

    def public(self) -> MeetingQuerySet:
        """What is called a meeting on the pages of readers: confirmed, and told by a public report."""
        return self.present().filter(state=Meeting.State.CONFIRMED).told()

    def proposed(self) -> MeetingQuerySet:
        """What waits for a curator, and is shown to readers as a proposal."""
        return self.present().filter(state=Meeting.State.PROPOSED).told()

    def of(self, *slugs: str) -> MeetingQuerySet:
        """Those in which these states took part, no two of them on one side."""
        found, sides = self, []
        for slug in slugs:
            parties = MeetingParty.objects.filter(meeting=OuterRef("pk"), record__slug=slug)
            found = found.filter(Exists(parties))
            sides.append(models.Subquery(parties.values("side")[:1]))
        if len(sides) == 2:
            found = found.alias(one_side=sides[0], other_side=sides[1]).exclude(one_side=models.F("other_side"))
        return found

    def by_time(self) -> MeetingQuerySet:
        """The newest first, the undated last."""
        return self.order_by(models.F("dated_on").desc(nulls_last=True), "-pk")

    def whole(self) -> MeetingQuerySet:
        """With its parties, in a fixed number of queries."""
        held = ("record", "record__merged_into", "head", "head__merged_into")
        return self.prefetch_related(models.Prefetch("parties", MeetingParty.objects.select_related(*held)))


class Meeting(models.Model):
    """`identifier` is permanent, whatever is corrected. The date is kept as an article's is: `dated_on` is the
    Gregorian day, the first day of a month or a year for those precisions; `date_certainty` tells whether a report
    states it, whether it is the day of the first report, or a curator gave it.
    """

    class Kind(models.TextChoices):
        CONSULTATIONS = "consultations", _("political consultations")
        TALKS = "talks", _("talks")
        VISIT = "visit", _("visit")
        CALL = "call", _("call")
        SIGNING = "signing", _("signing")
        MEETING = "meeting", _("meeting")

    class Level(models.TextChoices):
        HEADS_OF_STATE = "heads_of_state", _("heads of state")
        HEADS_OF_GOVERNMENT = "heads_of_government", _("heads of government")
        MINISTERS = "ministers", _("ministers")
        DEPUTIES = "deputies", _("deputy ministers")
        AMBASSADORS = "ambassadors", _("ambassadors")
        EXPERTS = "experts", _("directors and experts")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    identifier = models.CharField(_("identifier"), max_length=8, unique=True, editable=False, default=new_identifier)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.PROPOSED, editable=False, db_index=True
    )
    kind = models.CharField(_("kind"), max_length=13, choices=Kind.choices, default=Kind.MEETING)
    round = models.PositiveSmallIntegerField(
        _("round"), null=True, blank=True, help_text=_("of consultations or talks")
    )
    level = models.CharField(_("level"), max_length=19, choices=Level.choices, blank=True)
    by_video = models.BooleanField(_("by video"), default=False)
    city = models.CharField(_("place"), max_length=100, blank=True, help_text=_("a city, in any language"))
    note = models.TextField(_("note"), blank=True, help_text=_("for readers, under the meeting"))
    dated_on = models.DateField(_("date"), null=True, blank=True)
    date_as_printed = models.CharField(_("date as printed"), max_length=200, blank=True)
    date_calendar = models.CharField(_("calendar as printed"), max_length=11, choices=Calendar.choices, blank=True)
    date_precision = models.CharField(_("precision"), max_length=6, choices=Precision.choices, blank=True)
    date_certainty = models.CharField(
        _("date evidence"), max_length=8, choices=Certainty.choices, default=Certainty.UNDATED
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-dated_on", "-pk"]

    def __str__(self) -> str:
        names = " × ".join(str(party.present) for party in self.parties.all())
        day = day_in_words(self.dated_on, self.date_precision, self.date_calendar, reader_language())
        return " · ".join(filter(None, (names, str(self.get_kind_display()), day)))

    def get_absolute_url(self) -> str:
        return path_to("browse:meeting", self.identifier)

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PROPOSED and self.merged_into_id is None

    @property
    def is_day_of_report(self) -> bool:
        """No report tells the day: it is the day on which the first of them was printed."""
        return self.date_certainty == Certainty.INFERRED

    def article_keys(self) -> set[int]:
        """The articles that have this meeting in the index."""
        if not self.is_confirmed or self.merged_into_id:
            return set()
        return set(self.reports.values_list("article_id", flat=True))

    def state_of(self) -> dict[str, Any]:
        """All that may change of it, in values that JSON keeps; a report by its article and place in the text."""
        parties = self.parties.order_by("pk").values_list("record__kind", "record__slug", "side", "head__slug")
        return {
            **{name: getattr(self, name) for name in FIELDS},
            "dated_on": self.dated_on.isoformat() if self.dated_on else None,
            "merged_into": self.merged_into.identifier if self.merged_into else None,
            "parties": [list(row) for row in parties],
            "reports": [report.told_as for report in self.reports.select_related("article").order_by("pk")],
        }

    def put_back(self, state: dict[str, Any]) -> None:
        """Give it a state that it had; what another took over from it comes back."""
        for name in FIELDS:
            setattr(self, name, state[name])
        self.dated_on = date.fromisoformat(state["dated_on"]) if state["dated_on"] else None
        held, self.merged_into = self.merged_into, Meeting.objects.filter(identifier=state["merged_into"]).first()
        self.save()
        self.parties.all().delete()
        for kind, slug, side, head in state["parties"]:
            party = AuthorityRecord.objects.get(kind=kind, slug=slug)
            official = AuthorityRecord.objects.filter(kind=Kind.OFFICIAL, slug=head).first()
            self.parties.create(record=party, side=side, head=official)
        wanted = {tuple(told) for told in state["reports"]}
        for report in self.reports.select_related("article"):
            if tuple(report.told_as) not in wanted:
                report.delete()
        self._take_back(state["reports"], held)

    def _take_back(self, reports: Iterable[list[Any]], held: Meeting | None) -> None:
        present = {tuple(report.told_as) for report in self.reports.select_related("article")}
        for told in reports:
            article = Article.objects.filter(identifier=told[0]).first()
            if tuple(told) not in present and article:
                other = held.reports.filter(article=article).first() if held else None
                place = dict(zip(PLACE, told[1:], strict=True))
                self.reports.create(article=article, **place, told=other.told if other else {})


class MeetingParty(models.Model):
    """A state or body that took part, and who led its delegation. Parties of one side met those of the others."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="parties")
    record = models.ForeignKey(
        AuthorityRecord,
        verbose_name=_("party"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind__in": PARTIES},
    )
    side = models.PositiveSmallIntegerField(
        _("side"), default=0, help_text=_("those of one side did not meet each other")
    )
    head = models.ForeignKey(
        AuthorityRecord,
        verbose_name=_("head of delegation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Kind.OFFICIAL},
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["side", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "record"], name="meeting_party_once")]

    def __str__(self) -> str:
        return str(self.present)

    @property
    def present(self) -> AuthorityRecord:
        """Who it is now, where its record was merged."""
        return self.record.merged_into or self.record

    @property
    def present_head(self) -> AuthorityRecord | None:
        return (self.head.merged_into or self.head) if self.head else None


PLACE: Final = ("field", "start", "end", "word_start", "word_end", "digest")


class MeetingReport(models.Model):
    """A report as a witness of a meeting, with the sentence that tells it: code points into the named field's text,
    half open, with those of the telling word. `digest` is that of the sentence, so that no other words are ever shown
    for it; `told` is what the sentence says, without its words. Of a report that a curator added nothing is known.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reports")
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="meeting_reports"
    )
    field = models.CharField(max_length=6, choices=Field.choices, blank=True, editable=False)
    start = models.PositiveIntegerField(default=0, editable=False)
    end = models.PositiveIntegerField(default=0, editable=False)
    word_start = models.PositiveIntegerField(default=0, editable=False)
    word_end = models.PositiveIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=16, blank=True, editable=False)
    told = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("report of a meeting")
        verbose_name_plural = _("reports of a meeting")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "article"], name="meeting_report_once")]

    def __str__(self) -> str:
        return str(self.article)

    @property
    def told_as(self) -> list[Any]:
        """The article, and where the sentence stands in it."""
        return [self.article.identifier, *(getattr(self, name) for name in PLACE)]


class MeetingReading(models.Model):
    """That a public article was read for meetings as it is now; a change of it takes the row away."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="meeting_reading")

    def __str__(self) -> str:
        return str(self.article_id)
