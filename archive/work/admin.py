"""The work that waits, runs and is over: progress, what became of it, cancel, go on."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from archive.pages.desk import KnownFilter, MemoryAdmin, asking_again, curator
from archive.pages.shown import in_a_row, localdecimal, localdigits, localnumber
from archive.work.kinds import in_words, kept_by, kind_named, label_of, may_undo
from archive.work.models import Job
from archive.work.queue import cancel, resume

admin.site.unregister(DBTaskResult)  # tasks are turns of a job, and no memory


class KindFilter(KnownFilter):
    """The kinds of the jobs there are, in words."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        kinds = Job.objects.order_by("kind").values_list("kind", flat=True).distinct()
        return [(kind, label_of(kind)) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Job)
class JobAdmin(MemoryAdmin):
    permission = "articles.publish_article"
    list_display = ["what", "state", "progress", "came_to", "by", "asked_at", "ended_at"]
    list_filter = ["state", KindFilter, "asked_at"]
    list_select_related = ["by"]
    readonly_fields = [
        "what",
        "state",
        "progress",
        "remaining_time",
        "came_to",
        "error",
        "by",
        "asked_at",
        "started_at",
        "ended_at",
    ]
    fields = tuple(readonly_fields)
    actions = ["cancel_selected", "resume_selected", "undo_selected"]
    change_form_template = "admin/work/job.html"

    @admin.display(description=_("work"))
    def what(self, job: Job) -> str:
        return label_of(job.kind)

    @admin.display(description=_("progress"))
    def progress(self, job: Job) -> SafeString:
        told = _("%(done)s of %(total)s") % {"done": localnumber(job.done), "total": localnumber(job.total)}
        return format_html(
            '<progress value="{}" max="{}" aria-label="{}"></progress> {}', job.done, max(job.total, 1), told, told
        )

    @admin.display(description=_("time left"))
    def remaining_time(self, job: Job) -> str:
        if job.remaining is None:
            return "–"
        told = _("about %(left)s, at %(rate)s a second")
        return told % {"left": localdigits(job.remaining), "rate": localdecimal(round(job.rate, 1))}

    @admin.display(description=_("outcome"))
    def came_to(self, job: Job) -> str:
        told = (f"{name}: {localnumber(number)}" for name, number in in_words(job.kind, job.outcome))
        return in_a_row(told) or "–"

    @admin.action(description=_("Cancel the selected work; what is done stays"), permissions=["decide"])
    def cancel_selected(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        done = sum(map(cancel, queryset))
        told = ngettext("%(count)d job was cancelled.", "%(count)d jobs were cancelled.", done)
        self.message_user(request, told % {"count": done})

    @admin.action(description=_("Have the selected work go on"), permissions=["decide"])
    def resume_selected(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        done = sum(map(resume, queryset))
        told = ngettext("%(count)d job goes on.", "%(count)d jobs go on.", done)
        self.message_user(request, told % {"count": done}, messages.SUCCESS)

    @admin.action(description=_("Undo what the selected work changed"), permissions=["decide"])
    def undo_selected(self, request: HttpRequest, queryset: QuerySet[Job]) -> HttpResponse | None:
        """Begin to undo them; of one, the page that tells how far that has come."""
        begun = [kind_named(job.kind).undo(job, curator(request)) for job in queryset.order_by("-pk") if may_undo(job)]  # type: ignore[misc]
        told = ngettext("%(count)d job is being undone.", "%(count)d jobs are being undone.", len(begun))
        self.message_user(request, told % {"count": len(begun)}, messages.SUCCESS if begun else messages.WARNING)
        return redirect("admin:work_job_change", begun[0].pk) if len(begun) == 1 else None  # the list asks again

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        return asking_again(request, response, is_under_way=_is_under_way(self.model.objects.all()))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        job = self.get_object(request, object_id)
        told = {"may_undo": may_undo(job), "kept": kept_by(job)} if job is not None else {}
        extra = {**(extra_context or {}), **told}
        response = super().change_view(request, object_id, form_url, extra)
        shown = self.model.objects.filter(pk=object_id) if object_id.isdecimal() else self.model.objects.none()
        return asking_again(request, response, is_under_way=_is_under_way(shown))


def _is_under_way(shown: QuerySet[Job]) -> bool:
    return shown.exclude(state__in=Job.OVER).exists()
