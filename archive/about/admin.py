"""The description of the archive in the admin: a form for each language."""

from django.contrib import admin

from archive.about.models import ArchiveDescription
from archive.pages.desk import DatedLists


@admin.register(ArchiveDescription)
class ArchiveDescriptionAdmin(DatedLists):
    list_display = ["language", "updated_at"]
