"""Meetings: proposals of the archive and decisions of curators."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "archive.meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from archive.meetings import held, listeners, queues  # noqa: F401 - they register what they are about
        from archive.meetings.proposals import PROPOSE, begin_due, step
        from archive.work.clock import every
        from archive.work.kinds import JobKind, register

        outcomes = {"read": _("reports read"), "proposed": _("meetings proposed")}
        register(JobKind(PROPOSE, _("look for meetings in new reports"), step, outcomes))
        every(10.0, PROPOSE, begin_due)
        post_migrate.connect(held.watch_meetings, sender=self)
