"""Curation: decisions of curators and their memory."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CurationConfig(AppConfig):
    name = "archive.curation"
    label = "curation"
    verbose_name = _("Curation")

    def ready(self) -> None:
        from archive.curation import bulk_deeds, queues, record_undoing  # noqa: F401 - they register what they are about
