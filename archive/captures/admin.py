"""Captures in the admin: evidence, to be read; only what is known later of their origin may be added."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from archive.captures.models import Capture, FixityEvent


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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Capture | None = None) -> bool:
        return False
