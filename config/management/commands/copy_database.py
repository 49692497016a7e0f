"""`manage.py copy_database [FILE]`: move an archive from SQLite to the PostgreSQL that the settings name."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from config.copying import CopyError, copy_database


class Command(BaseCommand):
    help = (
        "Copy every row of an SQLite archive into the empty PostgreSQL database of DIWAN_DATABASE, whole or not at "
        "all, and prove every row equal. Stop everything that writes before; the file stays as it is."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        file = settings.VAR_DIR / "diwan.sqlite3"
        parser.add_argument("file", type=Path, nargs="?", default=file, metavar="FILE", help=f"(default {file})")

    def handle(self, *, file: Path, **_options: Any) -> None:
        try:
            with tqdm(unit=" rows", disable=None) as bar:
                report = copy_database(file.absolute(), bar.update)
        except CopyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{report.rows} rows of {report.tables} tables copied, read again and found equal.")
