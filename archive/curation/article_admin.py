"""Articles in the admin: a list with filters, the described article, its access points to accept or reject."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.articles.models import AccessPoint, Article
from archive.articles.reading import evidence, removed
from archive.articles.rules import mention_label
from archive.curation import bulk
from archive.curation.actions import remember_edit
from archive.curation.article_form import ArticleForm
from archive.pages.desk import curator
from archive.pages.shown import localnumber


class AccessPointInline(admin.TabularInline):
    model = AccessPoint
    extra = 0
    autocomplete_fields = ["record"]
    readonly_fields = ["found"]
    fields = ["record", "state", "found"]

    @admin.display(description=_("found in the text"))
    def found(self, point: AccessPoint) -> SafeString | str:
        if point.pk is None:
            return ""
        mentions = point.mentions.all()
        return format_html_join(
            " · ", "<bdi>{}</bdi> <small>({})</small>", ((m.form, mention_label(m.rule)) for m in mentions)
        )


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    form = ArticleForm
    list_display = ["headline", "status", "language", "source", "dated_on", "date_certainty", "updated_at"]
    list_filter = [
        "status",
        "language",
        "date_certainty",
        ("source", admin.RelatedOnlyFieldListFilter),
        "dated_on",
        "created_at",
    ]
    search_fields = ["title", "body", "identifier", "item_code"]
    list_select_related = ["source"]
    date_hierarchy = "dated_on"
    readonly_fields = [
        "identifier",
        "status",
        "capture",
        "proofs",
        "cuts",
        "hints",
        "curated_fields",
        "first_published_at",
    ]
    inlines = [AccessPointInline]
    actions = ["publish_selected", "withdraw_selected"]
    fieldsets = [
        (None, {"fields": ["identifier", "status", "language", "kicker", "title", "body", "version"]}),
        (_("Source"), {"fields": ["source", "source_as_printed", "item_code", "byline", "agency", "place"]}),
        (
            _("Date"),
            {
                "fields": [
                    "dated_on",
                    "dated_at",
                    "date_as_printed",
                    "date_calendar",
                    "date_precision",
                    "date_certainty",
                    "hints",
                ]
            },
        ),
        (_("Provenance"), {"fields": ["capture", "proofs", "cuts", "curated_fields", "first_published_at"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # an article begins with a capture: import_articles

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # an archive withdraws, it does not forget

    @admin.display(description=_("title"), ordering="title")
    def headline(self, article: Article) -> SafeString:
        return format_html('<bdi lang="{}">{}</bdi>', article.language, article.title)

    @admin.display(description=_("what each guess rests on"))
    def proofs(self, article: Article) -> SafeString:
        rows = ((item["label"], item["text"], item["rule"]) for item in evidence(article))
        return format_html_join("", "<p>{}: <bdi>{}</bdi> <small>({})</small></p>", rows)

    @admin.display(description=_("removed as boilerplate"))
    def cuts(self, article: Article) -> SafeString:
        rows = ((cut["text"], cut["rule_label"]) for cut in removed(article))
        return format_html_join("", "<p><bdi>{}</bdi> <small>({})</small></p>", rows)

    @admin.display(description=_("partial dates in the text"))
    def hints(self, article: Article) -> SafeString:
        rows = ((hint["text"],) for hint in article.evidence.get("date_hints", []))
        return format_html_join(" · ", "<bdi>{}</bdi>", rows)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Remember the edit with its fields and access points, in the transaction that the admin opened."""
        super().save_related(request, form, formsets, change)
        # What the form changed, as `{field: [before, after]}` in text.
        changes = {
            name: [str(form.initial.get(name, "")), str(form.cleaned_data[name])]
            for name in form.changed_data
            if name != "version"
        } | _decisions(formsets)
        if changes:
            remember_edit(form.instance, changes, by=curator(request))

    @admin.action(description=_("Publish the selected articles"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        if not self._put_off(request, bulk.PUBLISH, queryset):
            done = bulk.done_at_once(bulk.PUBLISH, queryset, curator(request))
            told = ngettext("%(count)d article was published.", "%(count)d articles were published.", done)
            self.message_user(request, told % {"count": done}, messages.SUCCESS)

    @admin.action(description=_("Withdraw the selected articles"), permissions=["change"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        if not self._put_off(request, bulk.WITHDRAW, queryset):
            done = bulk.done_at_once(bulk.WITHDRAW, queryset, curator(request))
            told = ngettext("%(count)d article was withdrawn.", "%(count)d articles were withdrawn.", done)
            self.message_user(request, told % {"count": done}, messages.SUCCESS)

    def _put_off(self, request: HttpRequest, doing: str, queryset: QuerySet[Article]) -> bool:
        """Have many articles changed in the queue of work, and tell the curator where to watch it."""
        if queryset.count() <= bulk.AT_ONCE:
            return False
        job = bulk.put_off(doing, queryset, curator(request))
        told = _('{count} articles: done in the background. <a href="{address}">See how far it has come</a>.')
        address = reverse("admin:work_job_change", args=[job.pk])
        self.message_user(request, format_html(str(told), count=localnumber(job.total), address=address))
        return True


def _decisions(formsets: Any) -> dict[str, Any]:
    decided = [
        str(point) for formset in formsets for point in [*formset.new_objects, *(c[0] for c in formset.changed_objects)]
    ]
    gone = [f"{point.record} (deleted)" for formset in formsets for point in formset.deleted_objects]
    return {"access_points": decided + gone} if decided or gone else {}
