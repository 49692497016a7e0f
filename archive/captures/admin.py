"""Captures in the admin: evidence, to be read; only what is known later of their origin may be added."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from archive.captures.models import Capture


@admin.register(Capture)
class CaptureAdmin(admin.ModelAdmin):
    list_display = ["received_from", "received_at", "captured_at", "target_uri", "payload_size", "payload_digest"]
    list_filter = ["received_at", "encoding"]
    search_fields = ["payload_digest", "received_from", "target_uri"]
    readonly_fields = ["payload_digest", "payload_size", "media_type", "encoding", "received_at", "received_from"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Capture | None = None) -> bool:
        return False
