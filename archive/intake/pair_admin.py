"""Pairs in the admin: an item beside the article that it resembles, differences marked; and what is decided of it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.articles.models import Article
from archive.intake.deciding import protected, reading, settle_pair
from archive.intake.differences import compared
from archive.intake.models import Pair
from archive.intake.reading.items import Reason
from archive.pages.desk import MemoryAdmin, curator
from archive.pages.shown import apart, in_words

FACTS: Final = ("source_as_printed", "date_as_printed", "dated_on", "byline", "agency", "place")
Decision = Pair.Decision


@admin.register(Pair)
class PairAdmin(MemoryAdmin):
    """To be read by who may view; decided on by who may change."""

    list_display = ["shown", "article", "kind", "common", "decision"]
    list_filter = ["kind", "decision"]
    search_fields = ["item__name", "held__title", "held__identifier"]
    list_select_related = ["item", "held"]
    actions = ["newer_selected", "same_selected", "witness_selected", "leave_selected"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("intake.change_pair"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup == "item__accession__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("item"), ordering="item__name")
    def shown(self, pair: Pair) -> SafeString:
        return format_html("<bdi>{}</bdi>", pair.item.name)

    @admin.display(description=gettext_lazy("article held"), ordering="held__title")
    def article(self, pair: Pair) -> SafeString:
        return format_html('<bdi lang="{}">{}</bdi>', pair.held.language, pair.held.title)

    @admin.display(description=gettext_lazy("text in common"), ordering="share")
    def common(self, pair: Pair) -> str:
        return f"{pair.share:.0%}"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """The two texts beside each other, and four buttons."""
        pair = self.get_object(request, object_id)
        if pair is None and self.has_view_permission(request):
            raise Http404
        if pair is None or not self.has_view_permission(request, pair):
            raise PermissionDenied
        if request.method == "POST":
            return self._decided(request, pair)
        found = reading(pair)
        said = found.description or {} if found else {}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Compare"),
            "subtitle": None,
            "opts": self.opts,
            "pair": pair,
            "held": pair.held,
            "said": said,
            "rows": compared(_whole(vars(pair.held)), _whole(said)) if said else [],
            "facts": _facts(pair.held, said),
            "protected": protected(pair.held),
            "choices": _choices(pair) if self.has_decide_permission(request) else (),
        }
        return TemplateResponse(request, "admin/intake/pair.html", context)

    def _decided(self, request: HttpRequest, pair: Pair) -> HttpResponse:
        if not self.has_decide_permission(request):
            raise PermissionDenied
        if request.POST.get("decision") not in Decision.values[1:]:
            return redirect(request.path)
        reason = settle_pair(pair, Decision(request.POST["decision"]), curator(request))
        if reason is not None:
            self.message_user(request, _told(reason), messages.WARNING)
            return redirect(request.path)
        self.message_user(request, _("Decided: %(what)s.") % {"what": pair.get_decision_display()}, messages.SUCCESS)
        following = Pair.objects.filter(decision=Decision.OPEN).first()
        if following is None:
            return redirect("admin:intake_pair_changelist")
        return redirect("admin:intake_pair_change", following.pk)

    @admin.action(description=gettext_lazy("The same article, with the new text"), permissions=["decide"])
    def newer_selected(self, request: HttpRequest, chosen: QuerySet[Pair]) -> None:
        self._settle(request, chosen, Decision.NEWER)

    @admin.action(description=gettext_lazy("The same article, with the text it has"), permissions=["decide"])
    def same_selected(self, request: HttpRequest, chosen: QuerySet[Pair]) -> None:
        self._settle(request, chosen, Decision.SAME)

    @admin.action(description=gettext_lazy("Other witnesses of the stories"), permissions=["decide"])
    def witness_selected(self, request: HttpRequest, chosen: QuerySet[Pair]) -> None:
        self._settle(request, chosen, Decision.WITNESS)

    @admin.action(description=gettext_lazy("Leave as it is"), permissions=["decide"])
    def leave_selected(self, request: HttpRequest, chosen: QuerySet[Pair]) -> None:
        self._settle(request, chosen, Decision.LEFT)

    def _settle(self, request: HttpRequest, chosen: QuerySet[Pair], decision: Decision) -> None:
        reasons = [(pair, settle_pair(pair, decision, curator(request))) for pair in chosen.select_related("item")]
        done = sum(1 for _pair, reason in reasons if reason is None)
        told = ngettext("%(count)d pair was decided.", "%(count)d pairs were decided.", done)
        self.message_user(request, told % {"count": done}, messages.SUCCESS)
        for pair, reason in reasons:
            if reason is not None:
                self.message_user(request, f"{apart(pair.item.name)}: {_told(reason)}", messages.WARNING)


def _told(reason: Reason) -> str:
    return in_words(reason.template, reason.parameters)


def _choices(pair: Pair) -> list[tuple[str, str]]:
    """The decisions that can be taken, as they are named."""
    taken = {pair.decision, Decision.OPEN.value}
    labels = {**dict(Decision.choices), Decision.LEFT.value: _("Leave as it is")}
    return [(value, str(label)) for value, label in labels.items() if value not in taken]


def _whole(said: dict[str, Any]) -> str:
    return f"{said['title']}\n\n{said['body']}"


def _facts(held: Article, said: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """What the two say of themselves: the name of the field, and both values."""
    names = {field.name: str(field.verbose_name) for field in Article._meta.fields}
    rows = [(names[name], getattr(held, name), said.get(name, "")) for name in FACTS]
    return [row for row in rows if row[1] or row[2]]
