"""`manage.py import_articles PATH…`: take pages in from text and HTML files and folders of them."""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from tqdm import tqdm

from archive.articles.intake import Outcome, Provenance, Receipt
from archive.articles.visual.visual import for_terminal
from archive.curation.actions import accession
from archive.extraction.page.errors import ExtractionError, PayloadTooLarge

SUFFIXES = {".txt", ".html", ".htm", ".xhtml"}


class Command(BaseCommand):
    help = "Take pages in as drafts. A page that is held already changes nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files")
        parser.add_argument("--publish", action="store_true", help="publish new articles at once")
        parser.add_argument("--refresh", action="store_true", help="read pages that are held again; edited fields stay")
        parser.add_argument("--target-uri", default="", help="the page's own address (one PATH)")
        parser.add_argument(
            "--captured-at", type=_instant, help="when the page was fetched, as 2023-10-04T23:23+03:30 (one PATH)"
        )
        parser.add_argument(
            "--visual", action="store_true", help="shape titles for a terminal that does not join Arabic letters"
        )

    def handle(self, *, paths: list[Path], **options: Any) -> None:
        files = list(_files(paths))
        if (options["target_uri"] or options["captured_at"]) and len(files) != 1:
            raise CommandError("--target-uri and --captured-at speak of one page; give one PATH.")
        outcomes: Counter[str] = Counter()
        # No bar where nobody watches it (`disable=None`: not a terminal), nor for a handful of files.
        for path in tqdm(files, unit="page", disable=True if len(files) < 20 else None):
            outcomes[self._import(path, options)] += 1
        self.stdout.write(", ".join(f"{outcomes[outcome]} {outcome}" for outcome in Outcome) + ".")

    def _import(self, path: Path, options: dict[str, Any]) -> str:
        try:
            receipt = accession(
                _read(path),
                Provenance(str(path), options["target_uri"], options["captured_at"]),
                refresh=options["refresh"],
                publishing=options["publish"],
            )
        except (ExtractionError, OSError) as error:
            self._tell(self.stderr, f"refused    {path}: {getattr(error, 'strerror', None) or error}")
            return Outcome.REFUSED
        self._tell(self.stdout, _line(path, receipt, options["visual"]))
        return receipt.outcome

    def _tell(self, stream: OutputWrapper, line: str) -> None:
        with tqdm.external_write_mode():  # the bar makes room
            stream.write(line)


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and the text and HTML files below the folders named, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
        else:
            yield path


def _read(path: Path) -> bytes:
    limit = settings.CAPTURE_MAX_BYTES
    size = path.stat().st_size
    if size > limit:
        raise PayloadTooLarge(size=size, limit=limit)
    return path.read_bytes()


def _line(path: Path, receipt: Receipt, visual: bool) -> str:
    article = receipt.article
    title = for_terminal(article.title) if visual else article.title
    kept = f" (kept as edited: {', '.join(receipt.protected)})" if receipt.protected else ""
    return f"{receipt.outcome:<10} {path}: {article.identifier} {title}{kept}"


def _instant(value: str) -> datetime.datetime:
    instant = datetime.datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("give the time zone too, as in 2023-10-04T23:23+03:30")
    return instant
