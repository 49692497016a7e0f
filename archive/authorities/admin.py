"""Authority records in the admin: one list for each kind, with every name and post and where it was found."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.authorities.directory import gazetteer, label
from archive.authorities.merge_admin import merge_selected
from archive.authorities.models import AuthorityRecord, Kind, Name, Post
from archive.authorities.signals import record_changed
from archive.pages.interface import reader_language


class NameInline(admin.TabularInline):
    model = Name
    extra = 0


class PostInline(admin.StackedInline):
    model = Post
    fk_name = "record"
    extra = 0
    autocomplete_fields = ["country", "body"]


@admin.register(AuthorityRecord)
class RecordAdmin(admin.ModelAdmin):
    """Whatever is saved here counts as curated: loading files leaves it alone from then on."""

    list_display = ["shown", "kind", "slug", "curated", "updated_at"]
    list_filter = ["kind", "curated"]
    search_fields = ["slug", "names__text"]
    readonly_fields = ["merged_into", "curated", "created_at", "updated_at"]
    actions = [merge_selected]
    fields = ["kind", "slug", "note", "merged_into", "curated", "created_at", "updated_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: AuthorityRecord | None = None) -> list[str]:
        # The identifier is in other people's links and feeds.
        return [*self.readonly_fields, *(["kind", "slug"] if obj else [])]

    def get_inlines(self, request: HttpRequest, obj: AuthorityRecord | None) -> list[Any]:
        return [NameInline, PostInline] if obj and obj.kind == Kind.OFFICIAL else [NameInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuthorityRecord]:
        return super().get_queryset(request).prefetch_related("names")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuthorityRecord], search_term: str
    ) -> tuple[QuerySet[AuthorityRecord], bool]:
        """Also by any spelling of a name, as readers search: Khalafov finds خلف خلفوف."""
        found, _distinct = super().get_search_results(request, queryset, search_term)
        slugs = {key.slug for key in gazetteer().lookup(search_term)}
        return found | queryset.filter(slug__in=slugs), True

    def has_delete_permission(self, request: HttpRequest, obj: AuthorityRecord | None = None) -> bool:
        return False  # identifiers are permanent: merge a record that should not be

    @admin.display(description=_("name"))
    def shown(self, record: AuthorityRecord) -> str:
        return label(record, reader_language())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record: AuthorityRecord = form.instance
        record.curated = True
        record.save()
        record_changed.send(AuthorityRecord, record=record)
