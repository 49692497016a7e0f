"""Searches followed by mail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "search.alerts"
    label = "alerts"
    verbose_name = _("Searches followed by mail")

    def ready(self) -> None:
        from archive.work.clock import every
        from archive.work.kinds import JobKind, register
        from search.alerts import sending

        register(JobKind(sending.LETTERS, sending.LABEL, sending.step, sending.OUTCOMES, commits=True))
        every(sending.LOOKED_FOR_SECONDS, sending.LETTERS, sending.begin_due)
