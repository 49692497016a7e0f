"""`manage.py watch_feeds`: look at the feeds of the watch list that are due, and take in what they name, here and now.

`serve` does so by itself. `--all` looks at those that are not due, too.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from archive.intake.models import WatchedFeed
from archive.intake.watching import begin_due
from archive.work.kinds import WRITER
from archive.work.management.commands.work import work_off
from archive.work.models import Job

PAUSE = 0.5  # seconds between two looks for work that had to wait for a site


class Command(BaseCommand):
    help = "Look at the feeds of the watch list that are due, and take in what they name as drafts."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="look at those that are not due yet, too")

    def handle(self, *, all: bool, **_options: Any) -> None:
        if all:
            WatchedFeed.objects.filter(is_active=True).update(next_at=timezone.now())
        begun = timezone.now()
        looked = begin_due()
        while True:
            work_off(but=[WRITER])
            if not Job.objects.filter(asked_at__gte=begun).exclude(state__in=Job.OVER).exists():
                break
            time.sleep(PAUSE)
        self.stdout.write(f"{looked} feeds looked at.")
        for feed in WatchedFeed.objects.filter(looked_at__gte=begun):
            self.stdout.write(f"{feed.address}: {feed.told}")
