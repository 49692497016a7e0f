"""The curators' desk: articles and the memory of decisions. Articles are curated here, so their admin stands here."""

from __future__ import annotations

from django.contrib import admin

from archive.curation import article_admin, mistake_admin  # noqa: F401  (they register what they are about)
from archive.curation.models import CurationEvent
from archive.pages.desk import MemoryAdmin


@admin.register(CurationEvent)
class CurationEventAdmin(MemoryAdmin):
    """A memory: to be read, never edited."""

    list_display = ["at", "action", "article", "by", "note"]
    list_filter = ["action", "at", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["article__title", "article__identifier", "note"]
    list_select_related = ["article", "by"]
    readonly_fields = ["article", "action", "by", "at", "note", "changes"]
