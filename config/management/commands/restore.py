"""`manage.py restore FOLDER`: an archive from a backup, in an empty state folder, ready to be served."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.backup import restore
from config.snapshots import BackupError
from search.indexing.indexes import BOTH


class Command(BaseCommand):
    help = "Verify a backup and put it into an empty state folder (DIWAN_VAR); then do all that `prepare` does."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="what `backup` wrote")

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            report = restore(folder.absolute())
        except BackupError as error:
            raise CommandError(str(error)) from error
        for held in BOTH:
            if held.engine().was_built():
                with held.engine().writing(wait=True) as index:
                    index.condemn("another archive was restored")
        self.stdout.write(f"Database and {report.payloads} payloads restored.")
        call_command("prepare", wait=True, first_articles=False, stdout=self.stdout)
        if report.lost:
            self.stderr.write("Lost before the backup was made: " + ", ".join(report.lost))
