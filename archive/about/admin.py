"""The description of the archive in the admin: a form for each language."""

from django.contrib import admin

from archive.about.models import ArchiveDescription


@admin.register(ArchiveDescription)
class ArchiveDescriptionAdmin(admin.ModelAdmin):
    list_display = ["language", "updated_at"]
