"""The proposed meetings that wait for a curator."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from archive.meetings.models import Meeting, MeetingQuerySet
from archive.pages.queues import Queue, register


def waiting() -> MeetingQuerySet:
    found: MeetingQuerySet = Meeting.objects.proposed()
    return found


register(Queue("meetings", _("proposed meetings"), waiting, "meetings.meeting", "state=proposed"))
