"""The queue of reported mistakes: read, then accepted or rejected, with who did it and when."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.curation.guarded import GuardedForm
from archive.curation.models import Mistake
from archive.pages.desk import DatedLists, curator

State = Mistake.State
STATE = "State"  # as Django's history keeps the label of a field that a form changed


@admin.register(Mistake)
class MistakeAdmin(DatedLists):
    form = GuardedForm
    list_display = ["received_at", "about", "shown", "article", "state", "decided_by", "decided_at"]
    list_filter = ["state", "about", "received_at"]
    search_fields = ["told", "passage", "article__title", "article__identifier"]
    list_select_related = ["article", "decided_by"]
    readonly_fields = ["place", "about", "passage", "told", "contact", "received_at", "decided_by", "decided_at"]
    fields = [
        "place",
        "about",
        "passage",
        "told",
        "contact",
        "received_at",
        "state",
        "note",
        "decided_by",
        "decided_at",
        "version",
    ]
    actions = ["accept_selected", "reject_selected"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("what the reader says"))
    def shown(self, mistake: Mistake) -> str:
        return Truncator(mistake.told).chars(80)

    @admin.display(description=_("article"))
    def place(self, mistake: Mistake) -> SafeString:
        address = reverse("admin:articles_article_change", args=[mistake.article_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, mistake.article.title)

    def save_model(self, request: HttpRequest, obj: Mistake, form: Any, change: bool) -> None:
        if "state" in form.changed_data:
            decide(obj, curator(request))
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Accept the selected reports"), permissions=["change"])
    def accept_selected(self, request: HttpRequest, queryset: QuerySet[Mistake]) -> None:
        self._decide_all(request, queryset, State.ACCEPTED)

    @admin.action(description=_("Reject the selected reports"), permissions=["change"])
    def reject_selected(self, request: HttpRequest, queryset: QuerySet[Mistake]) -> None:
        self._decide_all(request, queryset, State.REJECTED)

    def _decide_all(self, request: HttpRequest, queryset: QuerySet[Mistake], state: str) -> None:
        chosen = list(queryset.exclude(state=state))
        for mistake in chosen:
            mistake.state = state
            decide(mistake, curator(request))
            mistake.save()
            self.log_change(request, mistake, [{"changed": {"fields": [STATE]}}])
        told = ngettext("%(count)d report was decided.", "%(count)d reports were decided.", len(chosen))
        self.message_user(request, told % {"count": len(chosen)}, messages.SUCCESS)


def decide(mistake: Mistake, by: User | None) -> None:
    """Note who gave a report its state, and when; an opened one is decided by nobody."""
    is_open = mistake.state == State.OPEN
    mistake.decided_by = None if is_open else by
    mistake.decided_at = None if is_open else timezone.now()
