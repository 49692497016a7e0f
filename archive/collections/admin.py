"""Collections on the curators' desk."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.collections.models import FIELDS, CollectedArticle, Collection
from archive.curation.guarded import ReasonedForm
from archive.curation.revised_admin import RevisedAdmin
from archive.curation.revising import StateRevision
from archive.curation.rows import NamedRows


class CollectionForm(ReasonedForm):
    revision: StateRevision

    class Meta:
        model = Collection
        fields = ("slug", *FIELDS)
        widgets = {
            name: (forms.TextInput if name.startswith("title") else forms.Textarea)(
                {"dir": "auto", "class": "vTextField" if name.startswith("title") else "vLargeTextField"}
            )
            for name in FIELDS[:6]
        } | {"query": forms.TextInput({"dir": "ltr", "class": "vTextField"})}

    def clean_query(self) -> str:
        """The parameters of an address, or of what follows its question mark."""
        typed = str(self.cleaned_data["query"]).strip()
        return urlsplit(typed).query if "?" in typed else typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(f"title_{code}") for code in ("ar", "fa", "en")):
            raise forms.ValidationError(_("Give it a title in one language at least."))
        return cleaned


class CollectedInline(NamedRows):
    model = CollectedArticle
    extra = 0
    autocomplete_fields = ["article"]


@admin.register(Collection)
class CollectionAdmin(RevisedAdmin):
    form = CollectionForm
    list_display = ["shown", "slug", "is_public", "on_home", "place", "by_hand", "updated_at"]
    list_filter = ["is_public", "on_home"]
    search_fields = ["slug", "title_ar", "title_fa", "title_en"]
    inlines = [CollectedInline]
    fields = ["slug", *FIELDS, "why", "version"]
    actions: list[Any] = []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        found: QuerySet[Collection] = super().get_queryset(request).annotate(number=Count("items"))
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Collection | None = None) -> list[str]:
        return ["slug"] if obj else []  # it is in other people's links and feeds

    def has_delete_permission(self, request: HttpRequest, obj: Collection | None = None) -> bool:
        return False  # its address lasts: make it not public

    def view_on_site(self, obj: Collection) -> str | None:
        return obj.get_absolute_url() if obj.is_public else None

    @admin.display(description=gettext_lazy("title"))
    def shown(self, collection: Collection) -> SafeString:
        return format_html("<bdi>{}</bdi>", str(collection))

    @admin.display(description=gettext_lazy("articles"), ordering="number")
    def by_hand(self, collection: Any) -> str:
        return _("saved search") if collection.query else str(collection.number)
