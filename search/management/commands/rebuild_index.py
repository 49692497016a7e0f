"""`manage.py rebuild_index`: index every public article anew beside the served index, then swap."""

from __future__ import annotations

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from search.indexing import BATCH, public_articles, rebuild


class Command(BaseCommand):
    help = "Build a new index beside the one that is served and swap it in; readers never see an empty or half index."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        # Haystack's own command asks before it empties the index; this one empties nothing, so it need not ask.
        parser.add_argument("--noinput", action="store_true", help="accepted and not needed")

    def handle(self, **_options: Any) -> None:
        started = time.monotonic()
        articles = public_articles()
        count = rebuild(tqdm(articles.iterator(chunk_size=BATCH), total=articles.count(), unit="article", disable=None))
        seconds = time.monotonic() - started
        self.stdout.write(f"{count} articles indexed in {seconds:.1f} s.")
