"""Captures in the admin: evidence, to be read; only what is known later of their origin may be added."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from archive.captures.cleaned import frame, framing, page_of
from archive.captures.models import Capture, FixityEvent
from archive.captures.payloads import PayloadsUnreachable


class FixityInline(admin.TabularInline):
    """What became of the bytes: to be read, never edited."""

    model = FixityEvent
    extra = 0
    can_delete = False
    fields = ["outcome", "first_at", "at", "agent", "detail"]
    readonly_fields = ["outcome", "first_at", "at", "agent", "detail"]

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Capture)
class CaptureAdmin(admin.ModelAdmin):
    list_display = ["received_from", "received_at", "captured_at", "target_uri", "payload_size", "payload_digest"]
    list_filter = ["fixity_events__outcome", "received_at", "encoding"]
    search_fields = ["payload_digest", "received_from", "target_uri"]
    readonly_fields = [
        "payload_digest",
        "payload_size",
        "media_type",
        "encoding",
        "http_status",
        "http_headers",
        "received_at",
        "received_from",
    ]
    inlines = [FixityInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Capture | None = None) -> list[str]:
        return [*self.readonly_fields, "captured_page"]

    def get_urls(self) -> list[Any]:
        shown = self.admin_site.admin_view(require_safe(self.page_view))
        return [path("<path:object_id>/page/", shown, name="captures_capture_page"), *super().get_urls()]

    def page_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The captured page, cleaned, to be shown in a frame."""
        capture = self.get_object(request, object_id)
        if not self.has_view_permission(request, capture):
            raise PermissionDenied
        try:
            return page_of(capture) if capture else HttpResponseNotFound()
        except PayloadsUnreachable:
            raise
        except OSError as error:
            raise Http404("the captured bytes are missing") from error

    def change_view(self, *arguments: Any, **named: Any) -> HttpResponse:
        response: HttpResponse = framing(super().change_view(*arguments, **named))
        return response

    @admin.display(description=_("the page, cleaned"))
    def captured_page(self, capture: Capture) -> SafeString:
        return frame(capture)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Capture | None = None) -> bool:
        return False
