"""The curators' desk: articles and the memory of decisions. Articles are curated here, so their admin stands here."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.curation import (  # noqa: F401  (they register what they are about)
    article_admin,
    merge_admin,
    mistake_admin,
    record_admin,
    split_admin,
    unknown_admin,
)
from archive.curation.models import CurationEvent
from archive.curation.telling import rows
from archive.pages.desk import MemoryAdmin


@admin.register(CurationEvent)
class CurationEventAdmin(MemoryAdmin):
    """A memory: to be read, never edited."""

    list_display = ["at", "action", "article", "record", "meeting", "collection", "by", "note"]
    list_filter = ["action", "at", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["article__title", "article__identifier", "note", "record__slug"]
    list_select_related = ["article", "record", "meeting", "collection", "by"]
    fields = ["article", "record", "meeting", "collection", "action", "by", "at", "note", "told"]
    readonly_fields = ["article", "record", "meeting", "collection", "action", "by", "at", "note", "told"]

    @admin.display(description=_("changes"))
    def told(self, event: CurationEvent) -> SafeString:
        return format_html_join("", "<p><b>{}</b> {}</p>", rows(event))
