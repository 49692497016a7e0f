"""`manage.py backup [FOLDER]`: a consistent copy of database and captures, made while the archive is served."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backup import back_up
from config.backup_folder import NAME, thin
from config.snapshots import BackupError


class Command(BaseCommand):
    help = (
        "Write database and captured bytes to a new folder; ends with 1 when bytes were damaged or missing. Without a "
        "folder: to one of this time in DIWAN_BACKUPS, where older ones are thinned by DIWAN_BACKUPS_KEPT."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="a folder that does not exist yet")

    def handle(self, *, folder: Path | None, **_options: Any) -> None:
        if folder:
            self._back_up(folder)
        elif settings.BACKUPS_DIR:
            # A backup that lost bytes ends here with an error: an older one, which may have them, is not removed.
            self._back_up(settings.BACKUPS_DIR / f"{datetime.datetime.now(datetime.UTC):{NAME}}")
            for removed in thin(settings.BACKUPS_DIR, settings.BACKUPS_KEPT):
                self.stdout.write(f"Removed {removed}.")
        else:
            raise CommandError("Name a folder, or a folder of backups by DIWAN_BACKUPS.")

    def _back_up(self, folder: Path) -> None:
        try:
            report = back_up(folder.absolute())
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Database and {report.payloads} payloads backed up to {folder}.")
        if report.lost:
            raise CommandError("Damaged or missing, so not backed up: " + ", ".join(report.lost))
