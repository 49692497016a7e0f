"""`manage.py rebuild_index [--processes N]`: index every article anew beside the served index, then swap."""

from __future__ import annotations

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.articles.models import Article
from search.indexing.indexes import DESK
from search.indexing.parallel import PartFailed
from search.indexing.telling import told_in_a_sentence
from search.indexing.writer import rebuild


class Command(BaseCommand):
    help = "Build a new index beside the one that is served and swap it in; readers never see an empty or half index."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--processes", type=int, default=0, metavar="N", help="processes that prepare documents (default: as pays)"
        )
        # Haystack's own command asks before it empties the index; this one empties nothing, so it need not ask.
        parser.add_argument("--noinput", action="store_true", help="accepted and not needed")

    def handle(self, *, processes: int, **_options: Any) -> None:
        if processes < 0:
            raise CommandError("--processes is a number of processes, 0 for as many as pay.")
        started = time.monotonic()
        # Rate and remaining time, where somebody watches (`disable=None`: not when the output is no terminal).
        total = Article.objects.published().count()
        with told_in_a_sentence(), tqdm(total=total, unit=" articles", disable=None, smoothing=0.1) as bar:
            try:
                count = rebuild(processes=processes, progress=bar.update)
                rebuild(DESK)
            except PartFailed as error:
                raise CommandError(f"{error}; the index that was served is served still.") from error
        seconds = time.monotonic() - started
        self.stdout.write(f"{count} articles indexed in {seconds:.1f} s ({count / seconds:.0f} articles/s).")
