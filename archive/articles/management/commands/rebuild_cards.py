"""`manage.py rebuild_cards [--missing]`: make the cards of articles anew; nothing changes where they were true."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from archive.articles.cards import rewrite


class Command(BaseCommand):
    help = "Make what lists show of each article anew, from its source and its access points."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only articles that have none")

    @transaction.atomic
    def handle(self, *, missing: bool, **_options: Any) -> None:
        with tqdm(unit="article", disable=None) as bar:
            changed = rewrite(missing=missing, told=bar.update)
        self.stdout.write(f"{changed} cards written, all others were true.")
