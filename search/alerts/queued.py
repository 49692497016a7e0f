"""The job that writes and sends letters: one of it waits or runs at a time."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from archive.work.models import Job
from archive.work.queue import begin

LETTERS: Final = "send-letters"


@transaction.atomic
def begin_letters(priority: int) -> Job | None:
    """Have letters sent; None where that is under way."""
    under_way = Job.objects.filter(kind=LETTERS).exclude(state__in=Job.OVER).exists()
    return None if under_way else begin(LETTERS, {}, priority=priority)
