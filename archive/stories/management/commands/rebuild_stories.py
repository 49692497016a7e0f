"""`manage.py rebuild_stories [--missing]`: find the stories of the archive anew; decisions of curators stand."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from archive.articles.models import Article
from archive.stories.building import rebuild
from archive.stories.models import Fingerprint


class Command(BaseCommand):
    help = "Read every public article again and find which reports are one story. Decisions of curators stand."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only articles not read yet by these rules")

    def handle(self, *, missing: bool, **_options: Any) -> None:
        total = None if missing else Article.objects.published().count()
        with tqdm(total=total, unit="article", disable=None) as bar:
            count = rebuild(missing=missing, told=bar.update)
        shared = Fingerprint.objects.filter(story__isnull=False)
        number = shared.values("story").distinct().count()
        self.stdout.write(f"{count} articles read; {shared.count()} articles share {number} stories.")
