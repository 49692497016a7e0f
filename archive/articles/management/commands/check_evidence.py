"""`manage.py check_evidence`: read every page again, and see that what its article says of it stands there."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.articles.evidence import faults
from archive.articles.models import Article

BATCH = 200


class Command(BaseCommand):
    help = (
        "Compare dates, sources and mentions with the captured pages. Ends with 1 when one is not where it should be."
    )

    def handle(self, **_options: Any) -> None:
        articles = Article.objects.select_related("capture").prefetch_related("access_points__mentions").order_by("pk")
        found: Counter[str] = Counter()
        wrong = 0
        for article in tqdm(articles.iterator(chunk_size=BATCH), total=articles.count(), unit="article", disable=None):
            here = list(faults(article))
            wrong += bool(here)
            for fault in here:
                found[fault.what] += 1
                with tqdm.external_write_mode():  # the bar makes room
                    self.stderr.write(f"{article.identifier} {fault.what}: «{fault.claimed}» is not «{fault.found}»")
        self.stdout.write(f"{articles.count() - wrong} of {articles.count()} articles say only what their pages say.")
        if wrong:
            told = ", ".join(f"{number} {what}" for what, number in found.most_common())
            raise CommandError(f"{told}. Read the pages again: `manage.py import_articles --refresh`.")
