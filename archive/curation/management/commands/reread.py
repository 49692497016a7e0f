"""`manage.py reread`: read all articles again for the names of the authority file; goes on where it was interrupted."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from archive.curation.rereading import reread_all
from archive.work.kinds import in_words
from archive.work.management.commands.work import see_through
from archive.work.models import Job


class Command(BaseCommand):
    help = "Read all articles again for the names of the authority file; writes those alone that become otherwise."

    def handle(self, **_options: Any) -> None:
        job = reread_all()
        if job.done:
            self.stdout.write(f"Going on behind article {job.done} of {job.total}.")
        see_through(job)
        self._tell(Job.objects.get(pk=job.pk))

    def _tell(self, job: Job) -> None:
        told = ", ".join(f"{name}: {number}" for name, number in in_words(job.kind, job.outcome))
        self.stdout.write(f"{job.done} of {job.total} articles read again ({job.rate:.0f} a second). {told}")
