"""Stories on the curators' desk: which reports are one story and why, to be joined or parted by hand."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.articles.models import Article
from archive.pages.desk import KnownFilter, MemoryAdmin, curator
from archive.stories.decisions import join, part, take_back
from archive.stories.models import Decision, Fingerprint, Link


class InCompany(KnownFilter):
    title = gettext_lazy("story")
    parameter_name = "company"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", _("several reports")), ("no", _("alone"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Fingerprint]) -> QuerySet[Fingerprint]:
        return queryset.filter(story__isnull=self.value() == "no") if self.value() in {"yes", "no"} else queryset


@admin.register(Fingerprint)
class FingerprintAdmin(MemoryAdmin):
    permission = "articles.publish_article"
    list_display = ["headline", "story", "day", "language", "source"]
    list_filter = [InCompany, "article__language", "day"]
    list_select_related = ["article__source"]
    search_fields = ["article__title", "article__identifier", "=story"]
    date_hierarchy = "day"
    ordering = ["-story", "day"]
    fields = ["article", "story", "day", "ties"]
    readonly_fields = ["article", "story", "day", "ties"]
    actions = ["join_selected", "part_selected"]

    @admin.display(description=gettext_lazy("title"), ordering="article__title")
    def headline(self, held: Fingerprint) -> SafeString:
        return format_html('<bdi lang="{}">{}</bdi>', held.article.language, held.article.title)

    @admin.display(description=gettext_lazy("language"))
    def language(self, held: Fingerprint) -> str:
        return held.article.get_language_display()

    @admin.display(description=gettext_lazy("source"))
    def source(self, held: Fingerprint) -> str:
        return str(held.article.source or "")

    @admin.display(description=gettext_lazy("ties"))
    def ties(self, held: Fingerprint) -> SafeString:
        """What ties this report to others, with the clues that both have."""
        links = list(Link.objects.filter(Q(one=held) | Q(other=held)).order_by("-strength"))
        others = [link.other_id if link.one_id == held.pk else link.one_id for link in links]
        titles = dict(Article.objects.filter(pk__in=others).values_list("pk", "title"))
        rows = (
            (link.get_kind_display(), f"{link.strength:.2f}", titles[key], ", ".join(link.shared))
            for link, key in zip(links, others, strict=True)
        )
        return format_html_join("", "<p>{} {}: <bdi>{}</bdi><br><small><bdi dir=ltr>{}</bdi></small></p>", rows)

    @admin.action(description=gettext_lazy("Join the selected reports into one story"), permissions=["decide"])
    def join_selected(self, request: HttpRequest, chosen: QuerySet[Fingerprint]) -> None:
        keys = list(chosen.values_list("pk", flat=True))
        if len(keys) < 2:
            self.message_user(request, _("Select two reports or more."), messages.WARNING)
            return
        join(keys, by=curator(request))
        told = ngettext("%(count)d report is one story.", "%(count)d reports are one story.", len(keys))
        self.message_user(request, told % {"count": len(keys)}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Part the selected reports from their stories"), permissions=["decide"])
    def part_selected(self, request: HttpRequest, chosen: QuerySet[Fingerprint]) -> None:
        keys = list(chosen.values_list("pk", flat=True))
        part(keys, by=curator(request))
        told = ngettext("%(count)d report stands by itself.", "%(count)d reports stand by themselves.", len(keys))
        self.message_user(request, told % {"count": len(keys)}, messages.SUCCESS)


@admin.register(Decision)
class DecisionAdmin(MemoryAdmin):
    """The memory of joins and parts; a decision is taken back by an action."""

    permission = "articles.publish_article"
    list_display = ["at", "together", "one", "other", "by"]
    list_filter = ["together", "at"]
    list_select_related = ["one", "other", "by"]
    search_fields = ["one__title", "other__title", "one__identifier", "other__identifier"]
    actions = ["take_back_selected"]

    @admin.action(description=gettext_lazy("Take the selected decisions back"), permissions=["decide"])
    def take_back_selected(self, request: HttpRequest, chosen: QuerySet[Decision]) -> None:
        take_back(chosen)
        self.message_user(request, _("The reports are judged by what ties them again."), messages.SUCCESS)
