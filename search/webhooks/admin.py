"""Webhooks in the admin: made, tried, switched on and off, given another secret; and the log of their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote_plus, urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from archive.authorities.directory import directory
from archive.curation.guarded import GuardedForm
from archive.fetching.errors import AddressRefused
from archive.fetching.targets import target
from archive.pages.desk import DatedLists, MemoryAdmin, NamedChoices
from archive.pages.shown import apart, in_words, localdigits, localnumber, moment
from search.question.address import read_request, state_query
from search.question.understanding import understand
from search.tree import All
from search.webhooks.models import Webhook, WebhookChange, WebhookDelivery, told_of
from search.webhooks.sending import send_test
from search.webhooks.signing import renew, secret

LAST: Final = 10  # deliveries on the page of a webhook
DEEDS: Final = {  # as its history keeps them, in English
    "on": gettext_noop("Switched on."),
    "off": gettext_noop("Switched off."),
    "secret": gettext_noop("Made another secret."),
    "test": gettext_noop("Sent a test."),
}
TOLD: Final = ("switched_on", "off_because", "secret_at", "created_at", "log")


class WebhookForm(GuardedForm):
    class Meta:
        model = Webhook
        fields = ("address", "query", "record", "with_text")
        widgets = {name: forms.TextInput({"dir": "ltr", "class": "vLargeTextField"}) for name in ("address", "query")}

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        try:
            target(address, open_ports=settings.FETCH_LOOPBACK)
        except AddressRefused as error:
            raise ValidationError(f"{apart(address[:100])}: {in_words(error.template, error.parameters)}") from error
        return address

    def clean_query(self) -> str:
        """What of an address, or of what follows its question mark, is a question."""
        typed = str(self.cleaned_data["query"]).strip()
        asked = read_request(QueryDict(urlsplit(typed).query if "?" in typed else typed))
        query = state_query(asked.sorted_by(""))
        understood = understand(asked, directory())
        asks_nothing = isinstance(understood.tree, All) and not asked.is_narrowed
        if typed and (asks_nothing or understood.parsed.refused):
            raise ValidationError(_("This is no question that the search can answer."))
        return query

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("query") and cleaned.get("record"):
            raise ValidationError(_("Give a saved search or a record, not both."))
        return cleaned


@admin.register(Webhook)
class WebhookAdmin(NamedChoices, DatedLists):
    form = WebhookForm
    list_display = ["address", "is_on", "about", "with_text", "off_at", "off_because"]
    list_filter = ["is_on"]
    list_select_related = ["record"]
    search_fields = ["address", "query"]
    autocomplete_fields = ["record"]
    readonly_fields = TOLD
    change_form_template = "admin/webhooks/webhook.html"

    def get_fields(self, request: HttpRequest, obj: Webhook | None = None) -> Any:
        return ["address", "query", "record", "with_text", *(TOLD if obj else ()), "version"]

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        obj.site = f"{request.scheme}://{request.get_host()}"
        if {"query", "record"} & set(form.changed_data):
            obj.known_at = None
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Webhook, post_url_continue: str | None = None) -> HttpResponse:
        return self._with_secret(request, obj, secret(obj))

    def get_urls(self) -> list[Any]:
        deeds = self.admin_site.admin_view(self.do)
        return [path("<path:object_id>/do/", deeds, name="webhooks_webhook_do"), *super().get_urls()]

    def do(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """One click: send a test, switch on or off, make another secret."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        webhook = self.get_object(request, object_id)
        if webhook is None or not self.has_change_permission(request, webhook):
            raise PermissionDenied
        wanted = request.POST.get("do", "")
        if wanted in ("on", "off"):
            webhook.switch(wanted == "on")
            told = _("It is switched on.") if webhook.is_on else _("It is switched off.")
        elif wanted == "secret":
            self.log_change(request, webhook, DEEDS["secret"])
            return self._with_secret(request, webhook, renew(webhook, timezone.now()))
        else:
            send_test(webhook)
            told = _("A test is on its way; the log tells what became of it.")
        self.log_change(request, webhook, DEEDS.get(wanted, DEEDS["test"]))
        self.message_user(request, told, messages.SUCCESS)
        return redirect("admin:webhooks_webhook_change", webhook.pk)

    def _with_secret(self, request: HttpRequest, webhook: Webhook, shown: str) -> HttpResponse:
        """The one page that shows a secret, kept by no cache."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The secret of this webhook"),
            "opts": self.opts,
            "original": webhook,
            "secret": shown,
        }
        response = TemplateResponse(request, "admin/webhooks/secret.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Its log goes with it, which nobody may delete alone."""
        return [str(one) for one in objs], {self.opts.verbose_name_plural: len(objs)}, set(), []

    @admin.display(description=gettext_lazy("about"))
    def about(self, webhook: Webhook) -> SafeString | str:
        if webhook.query:
            return format_html("<bdi dir=ltr>{}</bdi>", unquote_plus(webhook.query))
        return str(webhook.record or _("all articles"))

    @admin.display(description=gettext_lazy("switched on"), boolean=True)
    def switched_on(self, webhook: Webhook) -> bool:
        return webhook.is_on

    @admin.display(description=gettext_lazy("deliveries"))
    def log(self, webhook: Webhook) -> SafeString:
        rows = (
            (
                reverse("admin:webhooks_webhookdelivery_change", args=[one.pk]),
                moment(one.made_at),
                _state(one),
                one.told,
            )
            for one in webhook.deliveries.all()[:LAST]
        )
        lines = format_html_join("", '<p><a href="{}">{}</a> · {} · <bdi>{}</bdi></p>', rows)
        every = f"{reverse('admin:webhooks_webhookdelivery_changelist')}?webhook__id__exact={webhook.pk}"
        return format_html('{}<p><a href="{}">{}</a></p>', lines, every, _("all"))


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(MemoryAdmin):
    list_display = ["made_at", "state", "came_to", "tries", "number", "is_test", "webhook", "next_at", "name"]
    list_filter = ["state", "is_test", ("webhook", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["webhook"]
    search_fields = ["name"]
    fields = ("webhook", "name", "state", "is_test", "made_at", "next_at", "articles", "every_attempt")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        found: QuerySet[WebhookDelivery] = super().get_queryset(request).select_related("webhook")
        return found

    @admin.display(description=gettext_lazy("articles"))
    def number(self, delivery: WebhookDelivery) -> str:
        return localnumber(len(delivery.items))

    @admin.display(description=gettext_lazy("attempts"))
    def tries(self, delivery: WebhookDelivery) -> str:
        return localnumber(len(delivery.attempts))

    @admin.display(description=gettext_lazy("the last attempt"))
    def came_to(self, delivery: WebhookDelivery) -> SafeString:
        return format_html("<bdi>{}</bdi>", delivery.told)

    @admin.display(description=gettext_lazy("articles"))
    def articles(self, delivery: WebhookDelivery) -> SafeString:
        names = dict(WebhookChange.Event.choices)
        rows = ((identifier, names.get(event, event)) for identifier, event in delivery.items)
        return format_html_join("", "<p><bdi dir=ltr>{}</bdi> · {}</p>", rows)

    @admin.display(description=gettext_lazy("attempts"))
    def every_attempt(self, delivery: WebhookDelivery) -> SafeString:
        rows = (
            (moment(datetime.fromisoformat(one["at"])), told_of(one), _("seconds"), localdigits(one["seconds"]))
            for one in delivery.attempts
        )
        return format_html_join("", "<p>{} · <bdi>{}</bdi> · {}: {}</p>", rows)


def _state(delivery: WebhookDelivery) -> str:
    told = delivery.get_state_display()
    return f"{told} ({_('test')})" if delivery.is_test else told
