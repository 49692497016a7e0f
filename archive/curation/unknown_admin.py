"""The names that no record has, most frequent first, with their sentences; one click proposes a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.articles.models import Status
from archive.curation import persons
from archive.curation.models import CutLine, UnknownName
from archive.curation.record_field import find_record
from archive.curation.unknown_words import post_in_words, sentence
from archive.pages.desk import MemoryAdmin, curator
from archive.pages.shown import localnumber

SHOWN: Final = 40  # sentences of one name
PUBLIC_OR_DRAFT: Final = ~Q(mentions__article__status=Status.WITHDRAWN)


class WithRecord(ActionForm):
    """Beside the actions of the list: whose name it is."""

    record = forms.CharField(
        label=_("record"), required=False, max_length=200, widget=forms.TextInput({"dir": "auto", "size": 20})
    )


@admin.register(UnknownName)
class UnknownNameAdmin(MemoryAdmin):
    permission = "articles.publish_article"
    action_form = WithRecord
    change_form_template = "admin/curation/unknown.html"
    list_display = ["shown", "articles", "post", "example", "state", "record"]
    list_filter = ["state"]
    search_fields = ["folded", "mentions__form"]
    list_select_related = ["record"]
    list_per_page = 50
    fields = ("shown", "articles", "post", "state", "record", "decided_by", "decided_at", "sentences")
    readonly_fields = fields
    actions = ["propose_selected", "join_selected", "dismiss_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        count = Count("mentions__article", filter=PUBLIC_OR_DRAFT, distinct=True)
        held: QuerySet[Any] = self.model._default_manager.annotate(found_in=count)
        return held.prefetch_related("mentions__article")

    def get_ordering(self, request: HttpRequest) -> list[str]:
        return ["-found_in", "folded"]

    @admin.display(description=_("name"))
    def shown(self, name: UnknownName) -> SafeString:
        forms_of = Counter(one.form for one in name.mentions.all())
        return format_html("<bdi>{}</bdi>", forms_of.most_common(1)[0][0] if forms_of else name.folded)

    @admin.display(description=_("articles"), ordering="found_in")
    def articles(self, name: Any) -> str:
        return localnumber(name.found_in)

    @admin.display(description=_("post"))
    def post(self, name: UnknownName) -> SafeString:
        return format_html("<bdi>{}</bdi>", post_in_words(list(name.mentions.all())))

    @admin.display(description=_("sentence"))
    def example(self, name: UnknownName) -> SafeString | str:
        return next((sentence(one) for one in name.mentions.all()), "–")

    @admin.display(description=_("sentences"))
    def sentences(self, name: UnknownName) -> SafeString:
        return format_html_join("", "<p>{}</p>", ((sentence(one),) for one in name.mentions.all()[:SHOWN]))

    @admin.action(description=_("Propose a record of the selected names"), permissions=["decide"])
    def propose_selected(self, request: HttpRequest, queryset: QuerySet[UnknownName]) -> None:
        made = self._do(queryset, lambda name: persons.propose(name, by=curator(request)))
        told = ngettext("%(count)d record is proposed.", "%(count)d records are proposed.", made)
        self.message_user(request, told % {"count": made}, messages.SUCCESS)

    @admin.action(description=_("The selected names are forms of this record"), permissions=["decide"])
    def join_selected(self, request: HttpRequest, queryset: QuerySet[UnknownName]) -> None:
        record = find_record(request.POST.get("record", "").strip())
        if record is None:
            self.message_user(request, __("No record has this identifier or name."), messages.ERROR)
            return
        made = self._do(queryset, lambda name: persons.join(name, record, by=curator(request)))
        told = ngettext("%(count)d name is one of its forms.", "%(count)d names are forms of it.", made)
        self.message_user(request, told % {"count": made}, messages.SUCCESS)

    @admin.action(description=_("The selected names are not to be recorded"), permissions=["decide"])
    def dismiss_selected(self, request: HttpRequest, queryset: QuerySet[UnknownName]) -> None:
        made = self._do(queryset, lambda name: persons.dismiss(name, by=curator(request)))
        told = ngettext("%(count)d name is not asked of again.", "%(count)d names are not asked of again.", made)
        self.message_user(request, told % {"count": made}, messages.SUCCESS)

    def _do(self, chosen: QuerySet[UnknownName], deed: Callable[[UnknownName], object]) -> int:
        """Of those that nobody decided on; how many."""
        names = list(UnknownName.objects.filter(pk__in=chosen.values("pk"), state=UnknownName.State.OPEN))
        for name in names:
            deed(name)
        return len(names)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        name = self.get_object(request, object_id)
        is_open = name is not None and name.state == UnknownName.State.OPEN
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "is_open": is_open})


@admin.register(CutLine)
class CutLineAdmin(MemoryAdmin):
    """What curators had be cut of sources; to be read, and taken back by an action."""

    permission = "articles.publish_article"
    list_display = ["text", "source", "by", "at"]
    list_select_related = ["source", "by"]
    search_fields = ["text"]
    readonly_fields = fields = ("text", "source", "by", "at")
    actions = ["stop_selected"]

    @admin.action(description=_("Do not cut the selected lines any more"), permissions=["decide"])
    def stop_selected(self, request: HttpRequest, queryset: QuerySet[CutLine]) -> None:
        number, _each = queryset.delete()
        told = ngettext("%(count)d line is cut no more.", "%(count)d lines are cut no more.", number)
        self.message_user(request, told % {"count": number}, messages.SUCCESS)
