"""`manage.py export_archive FOLDER`: the whole archive as a bag of JSON Lines and WARC, made while it is served."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.exchange.bags import ExchangeError
from archive.exchange.exporting import export


class Command(BaseCommand):
    help = "Write records and captures to a new folder, a BagIt bag; ends with 1 when bytes were damaged or missing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that does not exist yet")

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            with tqdm(unit="row", disable=None) as bar:
                report = export(folder.absolute(), bar.update)
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{report.rows} rows and {report.pages} pages exported to {folder}.")
        if report.lost:
            raise CommandError("Damaged or missing, so not exported: " + ", ".join(report.lost))
