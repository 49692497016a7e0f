"""`manage.py erase IDENTIFIER --reason WORDS`: erase an article for good, for a court or for privacy."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.articles.models import Article
from archive.curation.erasing import erase


class Command(BaseCommand):
    help = "Erase text, capture, index, pictures and kept pages of an article; a line that there was one stays."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("identifier", metavar="IDENTIFIER")
        parser.add_argument("--reason", required=True, help="told at its address")

    def handle(self, *, identifier: str, reason: str, **_options: Any) -> None:
        article = Article.objects.filter(identifier=identifier, erased_at=None).first()
        if article is None:
            raise CommandError(f"There is no article {identifier}.")
        erase(article, note=reason)
        self.stdout.write(f"{identifier} is erased. The index is built anew by `work`; remove it from old backups.")
