"""`manage.py import_archive FOLDER`: an archive from a bag, in an empty state folder, ready to be served."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.exchange.bags import ExchangeError
from archive.exchange.importing import import_from
from search.indexing.indexes import BOTH


class Command(BaseCommand):
    help = "Verify what `export_archive` wrote and put it into an empty archive; then do all that `prepare` does."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="what `export_archive` wrote")

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            with tqdm(unit="row", disable=None) as bar:
                report = import_from(folder.absolute(), bar.update)
        except ExchangeError as error:
            raise CommandError(str(error)) from error
        for held in BOTH:
            if held.engine().was_built():
                with held.engine().writing(wait=True) as index:
                    index.condemn("another archive was imported")
        self.stdout.write(f"{report.rows} rows and {report.pages} pages imported; every field is what the bag says.")
        self.stdout.write("Accounts have no passwords yet: `manage.py changepassword NAME` sets one.")
        call_command("prepare", wait=True, first_articles=False, stdout=self.stdout)
        if report.lost:
            self.stderr.write("Lost before the archive was exported: " + ", ".join(report.lost))
