"""`manage.py import_articles PATH…`: take pages in from text and HTML files and folders of them.

Ends with 0 when every page is in the archive, with 1 when one was refused, with 2 when it had to stop: no room, no
database. What was taken in until then is whole, and running it again goes on from there.
"""

from __future__ import annotations

import argparse
import datetime
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import DataError, IntegrityError, OperationalError
from tqdm import tqdm

from archive.articles.intake import IntakeOutcome, Provenance, Receipt
from archive.articles.visual.visual import for_terminal
from archive.captures.plain_files import Found, open_named, shown, walk
from archive.curation.actions import accession
from archive.extraction.page.errors import ExtractionError, PayloadTooLarge

SUFFIXES = {".txt", ".html", ".htm", ".xhtml"}
NOT_READ: Final = "not read"  # beside the outcomes: what lies in a folder and is no page
AGAIN: Final = "mend this and run the same command again."
PATH_LENGTH: Final = 1000  # of `Capture.received_from`


class CannotStore(Exception):
    """The archive can take nothing in: the disk is full or read-only, the database is locked or gone."""


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
        for path in filter(Path.is_symlink, paths):
            self.stdout.write(f"follows    {shown(path)}: a link to {shown(path.resolve())}, for it was named itself")
        outcomes: Counter[str] = Counter()
        try:
            # No bar where nobody watches it (`disable=None`: not a terminal), nor for a handful of files.
            for file in tqdm(files, unit="page", disable=True if len(files) < 20 else None):
                outcomes[self._take(file, options)] += 1
        except CannotStore as error:
            self.stdout.write(_summary(outcomes))
            told = f"Stopped after {outcomes.total()} of {len(files)} files, the next one cannot be stored: {error}."
            raise CommandError(f"{told} What was taken in is whole; {AGAIN}", returncode=2) from error
        self.stdout.write(_summary(outcomes))
        if refused := outcomes[IntakeOutcome.REFUSED]:
            raise CommandError(f"{refused} of {len(files)} files were refused; the lines above say why.")

    def _take(self, file: Found, options: dict[str, Any]) -> str:
        """What became of one file; CannotStore when the archive can take nothing in now."""
        path = shown(file.path)
        if file.why:
            outcome = IntakeOutcome.REFUSED if file.is_unread else NOT_READ
            self._tell(self.stderr, f"{outcome:<10} {path}: {file.why}")
            return outcome
        try:
            payload = _read(file)
        except (ExtractionError, OSError) as error:
            return self._refuse(path, error)
        try:
            receipt = accession(
                payload,
                Provenance(path[-PATH_LENGTH:], options["target_uri"], options["captured_at"]),
                refresh=options["refresh"],
                publishing=options["publish"],
            )
        except (ExtractionError, DataError, IntegrityError) as error:
            return self._refuse(path, error)
        except (OperationalError, OSError) as error:
            raise CannotStore(getattr(error, "strerror", None) or error) from error
        self._tell(self.stdout, _line(path, receipt, options["visual"]))
        return receipt.outcome

    def _refuse(self, path: str, error: Exception) -> str:
        self._tell(self.stderr, f"refused    {path}: {getattr(error, 'strerror', None) or error}")
        return IntakeOutcome.REFUSED

    def _tell(self, stream: OutputWrapper, line: str) -> None:
        with tqdm.external_write_mode():  # the bar makes room
            stream.write(line)


def _files(paths: list[Path]) -> Iterator[Found]:
    """The files named, and all that lies below the folders named, in order, each with why it is not read.

    What is named itself is read where a link leads to it; in a folder no link is followed.
    """
    for path in paths:
        if not path.is_dir():
            yield Found(path, ())
            continue
        for file in walk(path):
            is_page = file.path.suffix.lower() in SUFFIXES
            yield file if file.why or is_page else Found(file.root, file.parts, "neither text nor HTML by its name")


def _read(file: Found) -> bytes:
    limit = settings.CAPTURE_MAX_BYTES
    with file.open() if file.parts else open_named(file.root) as page:
        size = os.fstat(page.fileno()).st_size
        payload = page.read(limit + 1) if size <= limit else b""
    if max(size, len(payload)) > limit:
        raise PayloadTooLarge(size=max(size, len(payload)), limit=limit)
    return payload


def _summary(outcomes: Counter[str]) -> str:
    counts = [f"{outcomes[outcome]} {outcome}" for outcome in IntakeOutcome]
    counts += [f"{outcomes[NOT_READ]} {NOT_READ}"] if outcomes[NOT_READ] else []
    return ", ".join(counts) + "."


def _line(path: str, receipt: Receipt, visual: bool) -> str:
    article = receipt.article
    title = for_terminal(article.title) if visual else article.title
    kept = f" (kept as edited: {', '.join(receipt.protected)})" if receipt.protected else ""
    held = f" (held back as a draft: {receipt.held_back})" if receipt.held_back else ""
    return f"{receipt.outcome:<10} {path}: {article.identifier} {title}{kept}{held}"


def _instant(value: str) -> datetime.datetime:
    instant = datetime.datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("give the time zone too, as in 2023-10-04T23:23+03:30")
    return instant
