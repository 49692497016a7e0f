"""Intake: whatever a person has becomes articles, and every intake is a record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "archive.intake"
    label = "intake"
    verbose_name = _("Intake")

    def ready(self) -> None:
        from archive.intake import queued  # noqa: F401 - registers what the queue of work does
