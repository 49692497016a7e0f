"""The history of an article or a record in the admin: who, when, what and why, field by field; and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord
from archive.curation import actions, record_actions, record_undoing, revising
from archive.curation.models import CurationEvent
from archive.curation.telling import rows
from archive.pages.desk import DatedLists, curator


class HistoryAdmin(DatedLists):
    """Whatever curators decide on: its history is ours, told from the events of curation; `to` puts a state back."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **named: Any) -> Any:
        """A form that knows who has it open."""
        form: Any = super().get_form(request, obj, change, **named)
        form.by = curator(request)
        return form

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        held = self.get_object(request, object_id)
        if held is None or not self.has_view_or_change_permission(request, held):
            raise PermissionDenied if held is not None else _absent(self, object_id)
        if request.method == "POST":
            return self._take_out(request, held) if "take_out" in request.POST else self._put_back(request, held)
        events = list(held.events.select_related("by", "job"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(what)s") % {"what": held},
            "object": held,
            "opts": self.opts,
            "may_put_back": self.has_change_permission(request, held),
            "may_take_out": self._may_take_out(request, held),
            "may_see_work": request.user.has_perm("articles.publish_article"),
            "events": [
                {
                    "event": event,
                    "rows": rows(event),
                    "is_last": event == events[0],
                    "may": _may(events, number),
                    "is_first": event.action == CurationEvent.Action.ADD,
                }
                for number, event in enumerate(events)
            ],
        }
        return TemplateResponse(request, "admin/curation/history.html", context)

    def _may_take_out(self, request: HttpRequest, held: Any) -> bool:
        may = self.has_change_permission(request, held) and isinstance(held, AuthorityRecord)
        return may and record_undoing.may_take_out(held)

    def _take_out(self, request: HttpRequest, held: Any) -> HttpResponse:
        """Have a new record, and all that followed of it, be no more."""
        if not self._may_take_out(request, held):
            raise PermissionDenied
        job = record_undoing.take_out(held, curator(request))
        if job is not None:
            told = _('It is being taken out. <a href="{address}">See how far it has come</a>.')
            address = reverse("admin:work_job_change", args=[job.pk])
            messages.success(request, format_html(str(told), address=address))
        return redirect(request.path)

    def _put_back(self, request: HttpRequest, held: Any) -> HttpResponse:
        if not self.has_change_permission(request, held):
            raise PermissionDenied
        key = request.POST.get("to", "")
        event = held.events.filter(pk=key if key.isdecimal() else 0).first()
        if event and _put_back_of(held)(held, event, by=curator(request), note=request.POST.get("why", "")):
            self.message_user(request, _("It is again as it was then."), messages.SUCCESS)
        else:
            self.message_user(request, _("Nothing was to be put back."), messages.WARNING)
        return redirect(request.path)


def _put_back_of(held: Any) -> Callable[..., bool]:
    if isinstance(held, Article):
        return actions.revert
    return record_actions.revert if isinstance(held, AuthorityRecord) else revising.revert


def _may(events: list[CurationEvent], number: int) -> bool:
    """Whether the state after an event is known: whether all later events tell exactly what they changed."""
    return number > 0 and all(later.exact or not later.changes for later in events[:number])


def _absent(desk: admin.ModelAdmin, object_id: str) -> Exception:
    from django.http import Http404

    return Http404(f"{desk.opts.verbose_name} {object_id}")
