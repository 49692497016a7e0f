"""`manage.py load_authorities [FOLDER]`: load authority records from JSON files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from archive.authorities.loading import load, not_read, read_entries


class Command(BaseCommand):
    help = "Load authority records. Records that a curator edited stay as they are."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures" / "authorities", metavar="FOLDER"
        )

    def handle(self, *, folder: Path, **_options: Any) -> None:
        outcomes = load(read_entries(folder))
        counts = ", ".join(f"{outcomes[name]} {name}" for name in ("added", "renewed", "unchanged", "curated"))
        self.stdout.write(f"Authority records: {counts}.")
        for path in not_read(folder):
            self.stderr.write(f"not read   {path}: a link, a pipe or a device")
