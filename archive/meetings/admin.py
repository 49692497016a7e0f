"""Meetings on the curators' desk: proposals with their sentences, to be confirmed, rejected, corrected or merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.articles.dating import precision
from archive.articles.models import Certainty
from archive.curation.dated_form import DatedForm
from archive.curation.revised_admin import RevisedAdmin
from archive.curation.revising import StateRevision
from archive.curation.rows import NamedRows
from archive.meetings.actions import NotOneMeeting, confirm, merge, reject, reopen
from archive.meetings.models import Meeting, MeetingParty, MeetingReport
from archive.meetings.proposals import candidates
from archive.meetings.quotes import quote
from archive.pages.desk import KnownFilter, curator
from archive.pages.interface import reader_calendar
from archive.states import Status


class MeetingForm(DatedForm):
    revision: StateRevision

    class Meta:
        model = Meeting
        fields = ("kind", "round", "level", "dated_on", "city", "by_video", "note")
        widgets = {
            "city": forms.TextInput({"dir": "auto", "class": "vTextField"}),
            "note": forms.Textarea({"dir": "auto", "rows": 3, "class": "vLargeTextField"}),
        }

    def shown_date(self) -> str:
        return self.instance.date_as_printed or str(self.instance.dated_on or "")

    def date(self, meeting: Meeting) -> None:
        """Keep the date as a curator typed it, or that there is none."""
        typed = self.typed
        meeting.date_as_printed = typed.typed if typed else ""
        meeting.date_calendar = typed.calendar if typed else ""
        meeting.date_precision = precision(typed) if typed else ""
        meeting.date_certainty = Certainty.CURATED if typed else Certainty.UNDATED


class PartyInline(NamedRows):
    model = MeetingParty
    extra = 0
    autocomplete_fields = ["record", "head"]


class ReportInline(NamedRows):
    model = MeetingReport
    extra = 0
    autocomplete_fields = ["article"]


class ToldFilter(KnownFilter):
    """Meetings by what was decided; a proposal without a public report waits for nobody."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [*Meeting.State.choices, ("merged", _("merged"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "merged":
            return queryset.exclude(merged_into=None)
        if self.value() == Meeting.State.PROPOSED:
            return queryset.filter(pk__in=Meeting.objects.proposed().values("pk"))
        return queryset.filter(merged_into=None, state=self.value()) if self.value() else queryset


@admin.register(Meeting)
class MeetingAdmin(RevisedAdmin):
    form = MeetingForm
    change_form_template = "admin/meetings/meeting.html"
    list_display = ["shown", "state", "kind", "round", "dated_on", "place", "sentence"]
    list_filter = [ToldFilter, "kind", "level", "dated_on"]
    search_fields = ["identifier", "city", "reports__article__title", "parties__record__slug", "parties__head__slug"]
    date_hierarchy = "dated_on"
    inlines = [PartyInline, ReportInline]
    actions = ["confirm_selected", "reject_selected", "merge_selected"]
    fields = ["kind", "round", "level", "dated_on", "date_confirmed", "city", "by_video", "note", "why", "version"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        return super().get_queryset(request).whole().prefetch_related("reports__article")  # type: ignore[attr-defined,no-any-return]

    def has_delete_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        return False  # its address lasts: reject a meeting that was none

    def view_on_site(self, obj: Meeting) -> str | None:
        """A proposal has no page of its own."""
        return obj.get_absolute_url() if obj.is_confirmed else None

    @admin.display(description=gettext_lazy("parties"))
    def shown(self, meeting: Meeting) -> SafeString:
        return format_html("<bdi>{}</bdi>", " × ".join(map(str, meeting.parties.all())))

    @admin.display(description=gettext_lazy("place"), ordering="city")
    def place(self, meeting: Meeting) -> SafeString:
        return format_html("<bdi>{}</bdi>", meeting.city)

    @admin.display(description=gettext_lazy("sentence"))
    def sentence(self, meeting: Meeting) -> SafeString | str:
        """Of the first report that has one."""
        quotes = filter(None, (quote(report, report.article) for report in meeting.reports.all()))
        first = next(quotes, None)
        return format_html('<span dir="auto">{}</span>', first.text) if first else ""

    def save_model(self, request: HttpRequest, obj: Meeting, form: MeetingForm, change: bool) -> None:
        if "dated_on" in form.changed_data:
            form.date(obj)
        super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Meeting) -> HttpResponse:
        """The buttons decide on the meeting as it was just saved; after a decision the next proposal is shown."""
        obj, by, posted = Meeting.objects.get(pk=obj.pk), curator(request), request.POST
        note = posted.get("why", "").strip()[:500]
        if "_same" in posted:
            kept = Meeting.objects.filter(pk=posted["_same"] if posted["_same"].isdecimal() else 0).first()
            done = kept is not None and self._merged(request, [obj], kept)
        elif "_confirm" in posted:
            done = self._told(request, confirm(obj, by=by, note=note), _("It is confirmed."))
        elif "_reject" in posted:
            done = self._told(request, reject(obj, by=by, note=note), _("It is rejected."))
        elif "_reopen" in posted:
            self._told(request, reopen(obj, by=by, note=note), _("It is a proposal again."))
            return redirect(request.path)
        else:
            return super().response_change(request, obj)
        following = Meeting.objects.proposed().order_by("pk").filter(pk__gt=obj.pk).first() if done else obj
        return redirect("admin:meetings_meeting_change", following.pk) if following else redirect(
            "admin:meetings_meeting_changelist"
        )  # fmt: skip

    def _told(self, request: HttpRequest, done: bool, words: str) -> bool:
        if done:
            self.message_user(request, words, messages.SUCCESS)
        else:
            self.message_user(request, _("Nothing was changed."), messages.WARNING)
        return done

    def _merged(self, request: HttpRequest, gone: list[Meeting], kept: Meeting) -> bool:
        try:
            for one in gone:
                merge(one, kept, by=curator(request))
        except NotOneMeeting as error:
            self.message_user(request, str(error), messages.ERROR)
            return False
        return self._told(request, True, _("They are one meeting."))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *rest: Any, **named: Any
    ) -> HttpResponse:
        held = context.get("original")
        if isinstance(held, Meeting):
            reports = [(report, quote(report, report.article)) for report in held.reports.select_related("article")]
            context["calendar"] = reader_calendar()
            context["quotes"] = [(report.article, words) for report, words in reports]
            context["candidates"] = candidates(held) if held.is_open else []
            context["waiting"] = Meeting.objects.proposed().count()
            context["is_public"] = held.is_confirmed and any(
                report.article.status == Status.PUBLISHED for report, _words in reports
            )
        return super().render_change_form(request, context, *rest, **named)

    @admin.action(description=gettext_lazy("Confirm the selected meetings"), permissions=["change"])
    def confirm_selected(self, request: HttpRequest, chosen: QuerySet[Meeting]) -> None:
        told = self._decided(request, chosen, confirm)
        words = ngettext("%(count)d meeting was confirmed.", "%(count)d meetings were confirmed.", told)
        self.message_user(request, words % {"count": told}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Reject the selected meetings"), permissions=["change"])
    def reject_selected(self, request: HttpRequest, chosen: QuerySet[Meeting]) -> None:
        told = self._decided(request, chosen, reject)
        words = ngettext("%(count)d meeting was rejected.", "%(count)d meetings were rejected.", told)
        self.message_user(request, words % {"count": told}, messages.SUCCESS)

    def _decided(self, request: HttpRequest, chosen: QuerySet[Meeting], decide: Callable[..., bool]) -> int:
        return sum(decide(one, by=curator(request)) for one in Meeting.objects.filter(pk__in=chosen.values("pk")))

    @admin.action(description=gettext_lazy("Merge the selected meetings into the first"), permissions=["change"])
    def merge_selected(self, request: HttpRequest, chosen: QuerySet[Meeting]) -> None:
        """The first is one that is confirmed, else the oldest on file."""
        found = Meeting.objects.filter(pk__in=chosen.values("pk")).order_by("pk")
        kept, *gone = sorted(found, key=lambda one: not one.is_confirmed)
        if gone:
            self._merged(request, gone, kept)
        else:
            self.message_user(request, _("Select two meetings or more."), messages.WARNING)
