"""`manage.py check_index [--repair]`: compare every public article with its document in the index."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.indexing import Difference, compare, repair


class Command(BaseCommand):
    help = "Compare index and database by count and by the digest of each article."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="index again what differs")

    def handle(self, **options: Any) -> None:
        difference = compare()
        if difference and options["repair"]:
            self.stdout.write(f"Repairing: {_summary(difference)}")
            repair(difference)
            difference = compare()
        if difference:
            raise CommandError(f"Index and database differ: {_summary(difference)}. Run check_index --repair.")
        self.stdout.write("Index and database are equal.")


def _summary(difference: Difference) -> str:
    return f"{len(difference.missing)} missing, {len(difference.stale)} stale, {len(difference.extra)} extra"
