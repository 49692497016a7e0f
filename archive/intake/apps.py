"""Intake: whatever a person has becomes articles, and every intake is a record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "archive.intake"
    label = "intake"
    verbose_name = _("Intake")

    def ready(self) -> None:
        from archive.intake import erasing, queued, queues, watching  # noqa: F401 - some register themselves
        from archive.work.clock import every
        from archive.work.kinds import JobKind, register

        queued.register_kinds()
        outcomes = {"named": _("pages named"), "new": _("new ones, taken in")}
        register(JobKind(watching.WATCH, _("look at a feed"), watching.watch, outcomes, commits=True))
        every(watching.LOOKED_FOR_SECONDS, watching.WATCH, watching.begin_due)
