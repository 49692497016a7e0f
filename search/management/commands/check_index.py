"""`manage.py check_index [--repair]`: read every byte of the index, and compare every article with its document."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.indexing import health as figures
from search.indexing.comparison import IndexDifference, compare, repair
from search.indexing.indexes import BOTH, KeptIndex
from search.indexing.telling import told_in_a_sentence
from search.indexing.writer import doubt, ensure_index


class Command(BaseCommand):
    help = "Compare the index with its manifest byte by byte, and with the database by the digest of each article."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="index again what differs; build a damaged index anew"
        )

    def handle(self, *, repair: bool, **_options: Any) -> None:
        with told_in_a_sentence():
            self._check_files(repair)
            for held in BOTH:
                self._check_articles(held, repair)
        figures.note_check("")
        self.stdout.write("Index and database are equal.")

    def _check_files(self, mend: bool) -> None:
        for held in BOTH:
            reason = doubt(held)
            if reason and not mend:
                figures.note_check(reason)
                raise CommandError(f"The index cannot be trusted: {reason}. Run check_index --repair.")
            if reason:
                self.stdout.write(f"Building the index anew: {reason}")
                ensure_index(held)

    def _check_articles(self, held: KeptIndex, mend: bool) -> None:
        difference = compare(held)
        if difference and mend:
            self.stdout.write(f"Repairing: {_summary(difference)}")
            repair(difference, held)
            difference = compare(held)
        if difference:
            figures.note_check(_summary(difference))
            raise CommandError(f"Index and database differ: {_summary(difference)}. Run check_index --repair.")


def _summary(difference: IndexDifference) -> str:
    return f"{len(difference.missing)} missing, {len(difference.stale)} stale, {len(difference.extra)} extra"
