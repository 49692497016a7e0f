"""`manage.py load_authorities [FOLDER]`: load authority records from JSON files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from archive.authorities.loading import load, not_read, read_entries
from archive.authorities.terms import entries, relate, shipped_terms

SHIPPED = settings.BASE_DIR / "fixtures" / "authorities"


class Command(BaseCommand):
    help = (
        "Load authority records, and with those that ship the terms of diplomacy. What a curator edited stays as it is."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED, metavar="FOLDER")

    def handle(self, *, folder: Path, **_options: Any) -> None:
        terms = shipped_terms() if folder == SHIPPED else []
        outcomes = load([*read_entries(folder), *entries(terms)])
        relate(terms)
        counts = ", ".join(f"{outcomes[name]} {name}" for name in ("added", "renewed", "unchanged", "curated"))
        self.stdout.write(f"Authority records: {counts}.")
        for path in not_read(folder):
            self.stderr.write(f"not read   {path}: a link, a pipe or a device")
