"""Articles in the admin: a list with filters, the described article, its access points to accept or reject."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.articles.dating import DATE_FIELDS
from archive.articles.finding import Unanswered, article_search
from archive.articles.fitness import reason_to_hold
from archive.articles.linking import CURATOR
from archive.articles.models import AccessPoint, Article, Status
from archive.articles.reading import evidence, removed
from archive.articles.rules import mention_label
from archive.curation import bulk
from archive.curation.actions import ArticleRevision, publish, withdraw
from archive.curation.article_form import ArticleForm
from archive.curation.bulk_page import change_page, tell_of_bulk
from archive.curation.erasing import erase
from archive.curation.history import HistoryAdmin
from archive.curation.queues import MineFilter, QueueFilter
from archive.curation.review import review
from archive.curation.rows import NamedRows
from archive.curation.telling import label
from archive.pages.desk import curator, dated
from archive.pages.queues import queue
from archive.pages.shown import in_a_row


class WithReason(ActionForm):
    """Beside the actions of the list: why articles are withdrawn, and whether their addresses tell their titles."""

    reason = forms.CharField(label=_("reason"), required=False, max_length=500)
    is_title_told = forms.BooleanField(label=_("the title is told"), required=False)


def _how(request: HttpRequest) -> dict[str, Any]:
    told = bool(request.POST.get("is_title_told") or request.POST.get("tell_title"))
    return {"note": request.POST.get("reason", "").strip()[:500], "is_title_told": told}


class AccessPointInline(NamedRows):
    model = AccessPoint
    extra = 0
    can_delete = False  # a link that is wrong is rejected, else it would be recognised again
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
class ArticleAdmin(HistoryAdmin):
    form = ArticleForm
    action_form = WithReason
    change_form_template = "admin/curation/article.html"
    change_list_template = "admin/curation/article_list.html"
    list_display = [
        "title",
        "status",
        "language",
        "source",
        "dated_on",
        "date_certainty",
        "assigned_to",
        "updated_at",
    ]
    list_filter = [
        QueueFilter,
        MineFilter,
        "status",
        "language",
        "date_certainty",
        ("source", admin.RelatedOnlyFieldListFilter),
        "dated_on",
        "created_at",
    ]
    search_fields = ["identifier", "item_code"]  # beside what the readers' own search finds
    list_select_related = ["source", "assigned_to"]
    date_hierarchy = "dated_on"
    readonly_fields = [
        *(name for name in DATE_FIELDS if name != "dated_on"),
        "identifier",
        "status",
        "capture",
        "proofs",
        "cuts",
        "hints",
        "by_curators",
        "first_published_at",
        "withdrawal_reason",
        "withdrawn_at",
    ]
    inlines = [AccessPointInline]
    actions = ["publish_selected", "withdraw_selected", "assign_selected", "change_selected"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "identifier",
                    "status",
                    "language",
                    "kicker",
                    "title",
                    "romanized_title",
                    "body",
                    "why",
                    "version",
                ]
            },
        ),
        (_("Source"), {"fields": ["source", "source_as_printed", "item_code", "byline", "agency", "place"]}),
        (
            _("Date"),
            {
                "fields": [
                    "dated_on",
                    "date_confirmed",
                    "dated_at",
                    "date_as_printed",
                    "date_calendar",
                    "date_precision",
                    "date_certainty",
                    "hints",
                ]
            },
        ),
        (_("Publication"), {"fields": ["publish_on", "embargo_until", "withdrawal_reason", "withdrawn_at"]}),
        (_("Provenance"), {"fields": ["capture", "proofs", "cuts", "by_curators", "first_published_at"]}),
    ]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.review_view)
        return [path("<path:object_id>/review/", view, name="articles_article_review"), *super().get_urls()]

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The captured page, the text with its mentions and the description, side by side."""
        article = self.get_object(request, object_id)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if article is None:
            raise Http404("there is no such article")
        may = self.has_publish_permission(request)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "may_publish": may}
        if request.method != "POST":
            return review(request, article, context)
        with transaction.atomic():
            return review(request, article, context)

    def view_on_site(self, obj: Article) -> str | None:
        """A draft has no page of readers; what was withdrawn has the one that says so."""
        return obj.get_absolute_url() if obj.status != Status.DRAFT else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # an article begins with a capture: import_articles

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # an archive withdraws, it does not forget

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("articles.publish_article"))

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Who may not publish describes drafts alone."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.status == Status.DRAFT or self.has_publish_permission(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """When a draft is published by itself is a decision to publish it."""
        planned = [] if self.has_publish_permission(request) else ["publish_on", "embargo_until"]
        return [*super().get_readonly_fields(request, obj), *(dated(Article, name) for name in planned)]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What the readers' own search finds, whatever its status; in a field of a form also what begins so."""
        named, may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return named, may_repeat
        try:
            found = Q(identifier__in=article_search().found(search_term))
        except Unanswered:
            is_list = request.resolver_match and request.resolver_match.url_name == "articles_article_changelist"
            if is_list:
                self.message_user(request, _("The search does not answer now: titles alone are looked at."))
            found = Q(title__icontains=search_term)
        if "field_name" in request.GET:
            found |= Q(title__icontains=search_term)
        return queryset.filter(found | Q(pk__in=named.values("pk"))), may_repeat

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """With a link to the review page, which goes through the queue that is listed, and with what answers a search.

        The marked fragment is that of the readers' results.
        """
        chosen = request.GET.get("queue", "")
        asked = f"?queue={chosen}" if queue(chosen) else ""

        @admin.display(description=_("review"))
        def to_review(article: Article) -> SafeString:
            address = reverse("admin:articles_article_review", args=[article.pk])
            return format_html('<a href="{}{}">{}</a>', address, asked, _("review"))

        listed = super().get_list_display(request)
        return [_headline_of(request.GET.get(SEARCH_VAR, "")), to_review, *listed[1:]]

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

    @admin.display(description=_("curated fields"))
    def by_curators(self, article: Article) -> str:
        return in_a_row(map(label, article.curated_fields)) or "–"

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        form.revision = ArticleRevision(obj)
        if "dated_on" in form.changed_data:
            form.revision.date(form.typed)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A link that a curator makes, or leads to another record, is the curator's word."""
        for point in formset.save(commit=False):
            is_new = point.pk is None
            if (is_new or _leads_elsewhere(point)) and point.state == AccessPoint.State.RECOGNISED:
                point.state = AccessPoint.State.ACCEPTED
            if not is_new and _leads_elsewhere(point):
                point.mentions.update(rule=CURATOR, confidence=1.0)
            point.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Have what rests on the text follow it, and remember the edit, in the transaction that the admin opened."""
        super().save_related(request, form, formsets, change)
        form.revision.finish(curator(request), note=form.cleaned_data.get("why", ""))

    @admin.action(description=_("Publish the selected articles"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        if not self._put_off(request, bulk.PUBLISH, queryset):
            done = bulk.done_at_once(bulk.PUBLISH, queryset, curator(request))
            told = ngettext("%(count)d article was published.", "%(count)d articles were published.", done)
            self.message_user(request, told % {"count": done}, messages.SUCCESS)

    @admin.action(description=_("Withdraw the selected articles"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        if not self._put_off(request, bulk.WITHDRAW, queryset):
            done = bulk.done_at_once(bulk.WITHDRAW, queryset, curator(request), **_how(request))
            told = ngettext("%(count)d article was withdrawn.", "%(count)d articles were withdrawn.", done)
            self.message_user(request, told % {"count": done}, messages.SUCCESS)

    @admin.action(description=_("Assign the selected articles to me"), permissions=["change"])
    def assign_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        done = Article.objects.filter(pk__in=queryset.values("pk")).update(assigned_to=curator(request))
        told = ngettext("%(count)d article is yours.", "%(count)d articles are yours.", done)
        self.message_user(request, told % {"count": done}, messages.SUCCESS)

    @admin.action(description=_("Change the selected articles …"), permissions=["publish"])
    def change_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse:
        return change_page(self, request, queryset)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """The buttons below the form decide on the article as it was just saved."""
        by, posted, may = curator(request), request.POST, self.has_publish_permission(request)
        if "_publish" in posted and may:
            done = publish(obj, by=by)
            self._told(request, done, _("It is public."), reason_to_hold(obj))
        elif "_withdraw" in posted and may:
            done = withdraw(obj, by=by, **_how(request))
            self._told(request, done, _("It is withdrawn."), "")
        else:
            return super().response_change(request, obj)
        return redirect(request.path)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Erasing saves nothing that stands in the form, and asks for no right to change it."""
        if "_erase" not in request.POST or not object_id or not self.has_erase_permission(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404("there is no such article")
        identifier, reason = (request.POST.get(name, "").strip() for name in ("erase_identifier", "erase_reason"))
        is_meant = identifier == article.identifier and bool(reason) and not article.erased_at
        if is_meant:
            erase(article, by=curator(request), note=reason)
        self._told(request, is_meant, _("It is erased."), _("Type its identifier and a reason."))
        return redirect(request.path)

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("articles.erase_article"))

    def _told(self, request: HttpRequest, done: bool, words: object, otherwise: object) -> None:
        if done:
            self.message_user(request, str(words), messages.SUCCESS)
        else:
            self.message_user(request, str(otherwise or _("Nothing was changed.")), messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *rest: Any, **named: Any
    ) -> HttpResponse:
        context |= {
            "may_erase": self.has_erase_permission(request),
            "may_publish": self.has_publish_permission(request),
        }
        return super().render_change_form(request, context, *rest, **named)

    def _put_off(self, request: HttpRequest, doing: str, queryset: QuerySet[Article]) -> bool:
        """Have many articles changed in the queue of work, and tell the curator where to watch it."""
        if queryset.count() <= bulk.AT_ONCE:
            return False
        how = _how(request) if doing == bulk.WITHDRAW else {}
        tell_of_bulk(request, bulk.put_off(doing, queryset, curator(request), **how))
        return True


def _headline_of(query: str) -> Any:
    """The column of titles; under a title what of its text answers a query."""
    mark = None
    with suppress(Unanswered):
        mark = article_search().marker(query) if query.strip() else None

    @admin.display(description=_("title"), ordering="title")
    def headline(article: Article) -> SafeString:
        title = format_html('<bdi lang="{}">{}</bdi>', article.language, article.title)
        if mark is None:
            return title
        pieces = ((format_html("<mark>{}</mark>", text) if hit else text,) for text, hit in mark(article))
        fragment = format_html_join("", "{}", pieces)
        return format_html('{}<br><small dir="auto" lang="{}">{}</small>', title, article.language, fragment)

    return headline


def _leads_elsewhere(point: AccessPoint) -> bool:
    return AccessPoint.objects.filter(pk=point.pk).exclude(record=point.record_id).exists()
