"""`manage.py backup FOLDER`: a consistent copy of database and captures, made while the archive is served."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Write database and captured bytes to a new folder; ends with 1 when bytes were damaged or missing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that does not exist yet")

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            report = back_up(folder.absolute())
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Database and {report.payloads} payloads backed up to {folder}.")
        if report.lost:
            raise CommandError("Damaged or missing, so not backed up: " + ", ".join(report.lost))
