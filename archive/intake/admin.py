"""Accessions in the admin: what came in, what became of every item, what waits in quarantine; and undoing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from archive.articles.models import Status
from archive.intake import pair_admin, uploads  # noqa: F401 - the first registers pairs
from archive.intake.forms import IntakeForm, WatchedFeedForm
from archive.intake.models import Accession, AccessionItem, Pair, WatchedFeed
from archive.intake.quarantine import discard, to_draft
from archive.intake.queued import job_of, undo_later
from archive.intake.sending import SendForm, bookmark, in_earnest, may_be_in_earnest
from archive.intake.undoing import undo
from archive.intake.watching import look_later
from archive.pages.desk import DatedLists, MemoryAdmin, asking_again, curator
from archive.pages.grants import PARAMETER, grant
from archive.pages.shown import apart, in_words, localdigits, moment
from archive.text.tables import as_csv
from archive.work.kinds import label_of

ORIGINS: Final = 20  # files or addresses that the page of an accession names
AT_ONCE: Final = 20  # items; more take longer than a curator waits for a page
UNDER_WAY: Final = (Accession.State.WAITING, Accession.State.RUNNING, Accession.State.UNDOING)
COLUMNS: Final = ("place", "name", "outcome", "reason", "article", "title", "payload_digest")
ACCESSION: Final = (
    "began_at",
    "ended_at",
    "by",
    "way",
    "origin",
    "wishes",
    "is_dry_run",
    "state",
    "progress",
    "done",
    "became",
    "lists",
    "resembling",
    "speed",
    "note",
    "undone_by",
    "undone_at",
)
ITEM: Final = (
    "accession",
    "place",
    "shown",
    "outcome",
    "why",
    "leads_to",
    "capture",
    "digest",
    "giver",
    "at",
    "decided_by",
)
WISHES: Final = {
    "publish": gettext_lazy("Publish at once"),
    "refresh": gettext_lazy("Read again what is held"),
}
GIVEN: Final = {  # what a giver may state (`Stated`)
    "title": gettext_lazy("title"),
    "kicker": gettext_lazy("kicker"),
    "body": gettext_lazy("text"),
    "html": gettext_lazy("text as HTML"),
    "date": gettext_lazy("date"),
    "date_as_printed": gettext_lazy("date as printed"),
    "source": gettext_lazy("source"),
    "address": gettext_lazy("target URI"),
    "language": gettext_lazy("language"),
    "captured_at": gettext_lazy("captured at"),
    "identifier": gettext_lazy("identifier of the giver"),
    "tags": gettext_lazy("tags"),
}
Outcome = AccessionItem.Outcome


class IntakeAdmin(MemoryAdmin):
    """To be read by who may view; decided on by who may change."""

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


@admin.register(Accession)
class AccessionAdmin(IntakeAdmin):
    list_display = ["first_origin", "became", "standing", "begun"]
    list_filter = ["state", "way", "is_dry_run", "began_at", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["origins", "items__name"]
    list_select_related = ["by"]
    fields = ACCESSION
    readonly_fields = ACCESSION
    actions = ["undo_selected"]
    change_form_template = "admin/intake/accession.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("intake.add_accession"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Take something in: files, a text, addresses. What is given goes into the queue of work."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = IntakeForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            begun = form.take_in(curator(request))
            self.message_user(request, _("It is taken in in the background; this page tells how far it has come."))
            only = [begun[0].pk] if len(begun) == 1 else []
            return redirect(f"admin:intake_accession_{'change' if only else 'changelist'}", *only)
        context = self._with_files(request, form, _("Take in")) | {"bookmark": bookmark(request)}
        return TemplateResponse(request, "admin/intake/take_in.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        accession = self.get_object(request, object_id)
        is_tried = accession is not None and self.has_add_permission(request) and may_be_in_earnest(accession)
        shown = {**(extra_context or {}), "is_tried": is_tried}
        response = super().change_view(request, object_id, form_url, shown)
        accession = self.get_object(request, object_id)
        job = job_of(accession) if accession else None
        is_under_way = accession is not None and accession.state in UNDER_WAY and not (job and job.is_over)
        return asking_again(request, response, is_under_way=is_under_way)

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, accession: Accession) -> SafeString:
        """How far it has come, and the job that works on it."""
        share = round(100 * accession.share)
        told = f"{localdigits(share)}\N{NO-BREAK SPACE}%"
        bar = format_html('<progress value="{}" max="100" aria-label="{}"></progress> {}', share, told, told)
        job = job_of(accession)
        if job is None:
            return bar
        address = reverse("admin:work_job_change", args=[job.pk])
        return format_html('{} · <a href="{}">{}</a>: {}', bar, address, label_of(job.kind), job.get_state_display())

    @admin.display(description=gettext_lazy("from where"))
    def origin(self, accession: Accession) -> SafeString:
        return _named(accession, ORIGINS)

    @admin.display(description=gettext_lazy("from where"))
    def first_origin(self, accession: Accession) -> SafeString:
        return _named(accession, 1)

    @admin.display(description=gettext_lazy("began at"), ordering="began_at")
    def begun(self, accession: Accession) -> SafeString:
        """When, and by whom."""
        return format_html("{}<br><bdi>{}</bdi>", moment(accession.began_at), accession.by or "")

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def standing(self, accession: Accession) -> str:
        """The state, and whether it is a dry run."""
        state = accession.get_state_display()
        return f"{state} · {_('dry run')}" if accession.is_dry_run else state

    @admin.display(description=gettext_lazy("options"))
    def wishes(self, accession: Accession) -> SafeString:
        """What was asked for, in the reader's words."""
        asked = accession.options
        lines: list[tuple[object]] = [(WISHES[name],) for name in WISHES if asked.get(name)]
        if tried := asked.get("tried"):
            address = reverse("admin:intake_accession_change", args=[tried])
            lines.append((format_html('<a href="{}">{}</a>', address, _("tried before in a dry run")),))
        columns = {name: ", ".join(names) for name, names in asked.get("columns", {}).items()}
        return format_html_join("", "<p>{}</p>", lines) + _said(asked.get("stated", {})) + _said(columns)

    @admin.display(description=gettext_lazy("outcomes"))
    def became(self, accession: Accession) -> str:
        return accession.told

    @admin.display(description=gettext_lazy("items a second"))
    def speed(self, accession: Accession) -> str:
        return localdigits(f"{accession.rate:.1f}") if accession.rate else ""

    @admin.display(description=gettext_lazy("items"))
    def lists(self, accession: Accession) -> SafeString:
        """Links to the items, all and by their outcome."""
        items = reverse("admin:intake_accessionitem_changelist")
        names = dict(Outcome.choices)
        rows = [(items, accession.pk, "", _("all"), accession.done)]
        rows += [
            (items, accession.pk, f"&outcome__exact={outcome}", names.get(outcome, outcome), number)
            for outcome, number in accession.outcomes.items()
        ]
        lists = format_html_join(" · ", '<a href="{}?accession__id__exact={}{}">{} ({})</a>', rows)
        return format_html(
            '{} · <a href="{}">CSV</a>', lists, reverse("admin:intake_accession_outcome", args=[accession.pk])
        )

    @admin.display(description=gettext_lazy("resembling what is held"))
    def resembling(self, accession: Accession) -> SafeString | str:
        """Links to the pairs by what they have in common and what is decided of them, with their number."""
        pairs = Pair.objects.filter(item__accession=accession).order_by("kind", "decision").values("kind", "decision")
        address = f"{reverse('admin:intake_pair_changelist')}?item__accession__exact={accession.pk}"
        kinds, decisions = dict(Pair.Kind.choices), dict(Pair.Decision.choices)
        rows = [
            (address, row["kind"], row["decision"], kinds[row["kind"]], decisions[row["decision"]], row["number"])
            for row in pairs.annotate(number=Count("pk"))
        ]
        link = '<p><a href="{}&amp;kind__exact={}&amp;decision__exact={}">{}: {}</a> ({})</p>'
        return format_html_join("", link, rows)

    def get_urls(self) -> list[Any]:
        path_to_file = path(
            "<path:object_id>/outcome.csv", self.admin_site.admin_view(self.outcome), name="intake_accession_outcome"
        )
        real = path("<path:object_id>/real/", self.admin_site.admin_view(self.real), name="intake_accession_real")
        send = path("send/", self.admin_site.admin_view(self.send), name="intake_accession_send")
        return [send, real, path_to_file, *super().get_urls()]

    @method_decorator(never_cache)
    def send(self, request: HttpRequest) -> HttpResponse:
        """The window that a bookmark opens beside a page: it shows what it was handed, and takes it in when told so."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = SendForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            begun = form.take_in(curator(request), dry_run="dry_run" in request.POST)
            self.message_user(request, _("It is taken in in the background; this page tells how far it has come."))
            return redirect("admin:intake_accession_change", begun.pk)
        response = TemplateResponse(
            request, "admin/intake/send.html", self._with_files(request, form, _("Send a page"))
        )
        response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"  # the page that opened it hands it its markup
        return response

    def real(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take in what a dry run has told of."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        accession = self.get_object(request, object_id)
        if accession is None or not self.has_add_permission(request):
            raise PermissionDenied
        if not may_be_in_earnest(accession):
            self.message_user(request, _("What was tried is no longer here; give it again."), messages.WARNING)
            return redirect("admin:intake_accession_change", accession.pk)
        begun = in_earnest(accession, curator(request))
        self.message_user(request, _("It is taken in in the background; this page tells how far it has come."))
        return redirect("admin:intake_accession_change", begun.pk)

    def _with_files(self, request: HttpRequest, form: Form, title: str) -> dict[str, object]:
        """What a page with a form for files shows: it is sent with a grant to be longer than other forms."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "form": form,
            "to": f"?{PARAMETER}={quote(grant(request.user.pk or 0))}",
            "most": settings.UPLOAD_MAX_BYTES,
        }

    def outcome(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """What became of every item, as CSV."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        accession = self.get_object(request, object_id)
        if accession is None or not self.has_view_permission(request, accession):
            raise PermissionDenied
        lines = (line.encode("utf-8", "replace") for line in as_csv(COLUMNS, _rows(accession)))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="diwan-accession-{accession.pk}.csv"'
        return response

    @admin.action(description=gettext_lazy("Undo the selected accessions"), permissions=["decide"])
    def undo_selected(self, request: HttpRequest, chosen: QuerySet[Accession]) -> None:
        for accession in chosen.exclude(state__in=(Accession.State.UNDOING, Accession.State.UNDONE)):
            if accession.done > AT_ONCE:
                job = undo_later(accession, curator(request))
                address = reverse("admin:work_job_change", args=[job.pk])
                told = _('{count} items: undone in the background. <a href="{address}">See how far it has come</a>.')
                self.message_user(request, format_html(told, count=accession.done, address=address), messages.SUCCESS)
                continue
            undo(accession, float("inf"), curator(request))
            counts = {
                "gone": accession.outcomes.get(Outcome.UNDONE, 0),
                "kept": accession.outcomes.get(Outcome.KEPT, 0),
            }
            told = _("Gone: %(gone)d. Kept, for a curator has touched them since: %(kept)d.")
            self.message_user(request, told % counts, messages.SUCCESS)


def _named(accession: Accession, most: int) -> SafeString:
    """The first of the files or addresses of an accession, and how many there are beside."""
    names = uploads.names(accession)
    named = format_html_join("", "<p><bdi>{}</bdi></p>", ((name,) for name in names[:most]))
    left = len(names) - most
    return named + format_html("<p>{}</p>", _("and %(count)d more") % {"count": left}) if left > 0 else named


def _said(stated: Mapping[str, str | list[str]]) -> SafeString:
    """What a giver states, or the columns that are to be read, by the names of the fields."""
    rows = (
        (GIVEN.get(name, name), ", ".join(said) if isinstance(said, list) else said) for name, said in stated.items()
    )
    return format_html_join("", "<p>{}: <bdi>{}</bdi></p>", rows)


def _rows(accession: Accession) -> Iterator[list[object]]:
    items = accession.items.select_related("article").order_by("place")
    for item in items.iterator(500):
        identity = (item.article.identifier, item.article.title) if item.article else ("", "")
        yield [item.place, item.name, item.outcome, item.told, *identity, item.digest]


@admin.register(AccessionItem)
class AccessionItemAdmin(IntakeAdmin):
    list_display = ["shown", "outcome", "why", "leads_to"]
    list_display_links = ["shown"]
    list_filter = ["outcome", "at", "accession__way"]
    search_fields = ["name", "article__title", "article__identifier", "digest"]
    list_select_related = ["accession", "article"]
    fields = ITEM
    readonly_fields = ITEM
    actions = ["draft_selected", "discard_selected"]
    change_form_template = "admin/intake/item.html"

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        listed = super().get_list_display(request)
        first = listed.index("shown") + 1
        buttons = ["buttons"] if self.has_decide_permission(request) else []
        return [*listed[:first], *buttons, *listed[first:]]

    def get_urls(self) -> list[Any]:
        decide = self.admin_site.admin_view(self.decide)
        return [
            path("<path:object_id>/decide/", decide, name="intake_accessionitem_decide"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        item = self.get_object(request, object_id)
        buttons = self.buttons(item) if item and self.has_decide_permission(request) else ""
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "buttons": buttons})

    def decide(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make a draft of one item in quarantine, or discard it: one click in the list or on its page."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_decide_permission(request):
            raise PermissionDenied
        chosen = AccessionItem.objects.filter(pk=object_id) if object_id.isdecimal() else AccessionItem.objects.none()
        decided = request.POST.get("decide")
        if decided == Status.DRAFT:
            self.draft_selected(request, chosen)
        elif decided == Outcome.DISCARDED:
            self.discard_selected(request, chosen)
        before = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
        return redirect(before if is_ours else reverse("admin:intake_accessionitem_changelist"))

    @admin.display(description=gettext_lazy("decision"))
    def buttons(self, item: AccessionItem) -> SafeString | str:
        """Two buttons for what is in quarantine, a link for what is to be compared; they stand in a form."""
        if item.outcome == Outcome.ALIKE:
            pair = Pair.objects.filter(item=item).first()
            address = reverse("admin:intake_pair_change", args=[pair.pk]) if pair else ""
            return format_html('<a href="{}">{}</a>', address, _("Compare")) if pair else ""
        if item.outcome != Outcome.QUARANTINED or item.accession.is_dry_run:
            return ""
        rows = [(Status.DRAFT.value, _("Make a draft")), (Outcome.DISCARDED.value, _("Discard"))]
        address = reverse("admin:intake_accessionitem_decide", args=[item.pk])
        button = '<button class="button" formaction="{}" name="decide" value="{}">{}</button> '
        return format_html_join("", button, ((address, value, label) for value, label in rows))

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def shown(self, item: AccessionItem) -> SafeString:
        return format_html("<bdi>{}</bdi>", item.name)

    @admin.display(description=gettext_lazy("reason"), ordering="reason")
    def why(self, item: AccessionItem) -> str:
        return item.told

    @admin.display(description=gettext_lazy("article"))
    def leads_to(self, item: AccessionItem) -> SafeString | str:
        if item.article is None:
            return ""
        address = reverse("admin:articles_article_change", args=[item.article_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, item.article.title)

    @admin.display(description=gettext_lazy("stated by the giver"))
    def giver(self, item: AccessionItem) -> SafeString:
        return _said(item.stated)

    @admin.action(description=gettext_lazy("Make drafts of the selected items"), permissions=["decide"])
    def draft_selected(self, request: HttpRequest, chosen: QuerySet[AccessionItem]) -> None:
        reasons = [(item, to_draft(item, curator(request))) for item in _waiting(chosen)]
        done = sum(1 for _item, reason in reasons if reason is None)
        told = ngettext("%(count)d draft was made.", "%(count)d drafts were made.", done)
        self.message_user(request, told % {"count": done}, messages.SUCCESS)
        for item, reason in reasons:
            if reason is not None:
                self.message_user(
                    request, f"{apart(item.name)}: {in_words(reason.template, reason.parameters)}", messages.WARNING
                )

    @admin.action(description=gettext_lazy("Discard the selected items"), permissions=["decide"])
    def discard_selected(self, request: HttpRequest, chosen: QuerySet[AccessionItem]) -> None:
        waiting = list(_waiting(chosen))
        for item in waiting:
            discard(item, curator(request))
        told = ngettext("%(count)d item was discarded.", "%(count)d items were discarded.", len(waiting))
        self.message_user(request, told % {"count": len(waiting)}, messages.SUCCESS)


@admin.register(WatchedFeed)
class WatchedFeedAdmin(DatedLists):
    list_display = ["address", "became", "next_at", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["address", "source"]
    fields = ["address", "source", "minutes", "is_active", "looked_at", "became", "failures", "next_at"]
    readonly_fields = ["looked_at", "became", "failures", "next_at"]
    form = WatchedFeedForm
    actions = ["look_now"]

    @admin.display(description=gettext_lazy("what became of the last look"))
    def became(self, feed: WatchedFeed) -> str:
        return feed.told

    @admin.action(description=gettext_lazy("Look at the selected feeds now"), permissions=["change"])
    def look_now(self, request: HttpRequest, chosen: QuerySet[WatchedFeed]) -> None:
        done = len([look_later(feed) for feed in chosen.filter(is_active=True)])
        told = ngettext("%(count)d feed is looked at.", "%(count)d feeds are looked at.", done)
        self.message_user(request, told % {"count": done}, messages.SUCCESS)


def _waiting(chosen: QuerySet[AccessionItem]) -> QuerySet[AccessionItem]:
    """Those of the chosen that are in quarantine, in fact and not only in a dry run."""
    held = chosen.filter(outcome=Outcome.QUARANTINED, accession__is_dry_run=False)
    return held.select_related("accession", "capture", "article")
