"""Who follows what by mail, for administrators, who keep people: to be read, and to be deleted where somebody asks."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.pages.desk import MemoryAdmin
from archive.pages.shown import localnumber
from search.alerts.asking import end_all
from search.alerts.models import Follower
from search.export.views import in_words
from search.question.address import read_request

LETTERS_SHOWN = 20


@admin.register(Follower)
class FollowerAdmin(MemoryAdmin):
    permission = "auth.change_user"
    list_display = ["address", "language", "number", "refused", "last", "created_at"]
    list_filter = ["language", "refused"]
    search_fields = ["address"]
    readonly_fields = ["address", "language", "created_at", "refused", "searches", "sent"]
    fields = tuple(readonly_fields)
    actions = ["forget_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Follower]:
        held: QuerySet[Follower] = super().get_queryset(request)
        confirmed = Count("alerts", filter=Q(alerts__confirmed_at__isnull=False))
        return held.annotate(confirmed=confirmed).prefetch_related("letters", "alerts")

    @admin.display(description=_("searches"))
    def number(self, follower: Follower) -> str:
        return localnumber(follower.confirmed)  # type: ignore[attr-defined]

    @admin.display(description=_("last letter"))
    def last(self, follower: Follower) -> str:
        letters = list(follower.letters.all())
        return letters[-1].get_state_display() if letters else "–"

    @admin.display(description=_("searches"))
    def searches(self, follower: Follower) -> SafeString:
        rows = [
            (in_words(read_request(QueryDict(one.query))) or _("The whole archive"), one.get_rhythm_display(), one)
            for one in follower.alerts.all()
        ]
        told = [
            (words, rhythm, _("confirmed") if one.confirmed_at else _("not confirmed")) for words, rhythm, one in rows
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li><bdi>{}</bdi> · {} · {}</li>", told))

    @admin.display(description=_("letters"))
    def sent(self, follower: Follower) -> SafeString:
        last = list(follower.letters.all())[-LETTERS_SHOWN:]
        told = [(one.get_kind_display(), one.get_state_display(), one.error) for one in reversed(last)]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} · {} <bdi>{}</bdi></li>", told))

    @admin.action(description=_("Delete the selected addresses with all that is known of them"), permissions=["decide"])
    def forget_selected(self, request: HttpRequest, queryset: QuerySet[Follower]) -> None:
        chosen = list(queryset)
        for follower in chosen:
            end_all(follower)
        told = ngettext("%(count)d address was deleted.", "%(count)d addresses were deleted.", len(chosen))
        self.message_user(request, told % {"count": len(chosen)}, messages.SUCCESS)
