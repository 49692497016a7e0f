"""Merging in the admin: records chosen in the list become one, and every merge can be read and undone."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.authorities.directory import label
from archive.authorities.merging import NotMergeable
from archive.authorities.models import AuthorityRecord, Kind, Merge
from archive.curation.moved import told_of
from archive.curation.record_actions import merge, undo
from archive.pages.desk import MemoryAdmin, curator
from archive.pages.interface import reader_language
from archive.pages.shown import localnumber


@admin.action(description=gettext_lazy("Merge the selected records into one"), permissions=["merge"])
def merge_selected(
    desk: admin.ModelAdmin, request: HttpRequest, chosen: QuerySet[AuthorityRecord]
) -> HttpResponse | None:
    """Ask which record stays, then merge the others into it."""
    records = list(chosen.order_by("pk"))
    if len(records) < 2:
        desk.message_user(request, _("Select two records or more."), messages.WARNING)
        return None
    kept = next((record for record in records if str(record.pk) == request.POST.get("kept")), None)
    if kept is None:
        return _ask(desk, request, records)
    try:
        for record in records:
            if record.pk != kept.pk:
                merge(record, kept, by=curator(request))
    except NotMergeable as error:
        desk.message_user(request, str(error), messages.ERROR)
        return None
    told = ngettext("%(count)d record was merged.", "%(count)d records were merged.", len(records) - 1)
    desk.message_user(request, told % {"count": len(records) - 1}, messages.SUCCESS)
    return None


def _ask(desk: admin.ModelAdmin, request: HttpRequest, records: list[AuthorityRecord]) -> HttpResponse:
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Which record stays?"),
        "opts": desk.model._meta,
        "records": [
            {"pk": r.pk, "label": label(r, reader_language()), "slug": r.slug, "articles": localnumber(_linked(r))}
            for r in records
        ],
    }
    return TemplateResponse(request, "admin/authorities/merge.html", context)


def _linked(record: AuthorityRecord) -> int:
    """How many articles would move with a record; of a source, its reports."""
    return int((record.reports if record.kind == Kind.SOURCE else record.access_points).count())


@admin.register(Merge)
class MergeAdmin(MemoryAdmin):
    """A memory: to be read, and undone by an action."""

    permission = "authorities.add_merge"
    list_display = ["at", "gone", "kept", "by", "undone_at"]
    list_select_related = ["gone", "kept", "by"]
    search_fields = ["gone__slug", "kept__slug"]
    readonly_fields = ["gone", "kept", "by", "at", "told", "undone_at", "undone_by"]
    fields = tuple(readonly_fields)
    actions = ["undo_selected"]

    @admin.display(description=gettext_lazy("what moved"))
    def told(self, done: Merge) -> str:
        return told_of(done.moved)

    @admin.action(description=gettext_lazy("Undo the selected merges"), permissions=["decide"])
    def undo_selected(self, request: HttpRequest, chosen: QuerySet[Merge]) -> None:
        try:
            for done in chosen.order_by("-pk"):
                undo(done, by=curator(request))
        except NotMergeable as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        self.message_user(request, _("The records are as they were before."), messages.SUCCESS)
