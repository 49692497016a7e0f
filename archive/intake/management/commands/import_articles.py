"""`manage.py import_articles PATH…`: take in whatever PATH holds, as one accession.

Ends with 0 when every page is in the archive, with 1 when one was refused or waits for a curator, with 2 when it had to
stop: no room, no database. What was taken in until then is whole; `--resume` goes on where it stopped, and running the
same again changes nothing of what is held.
"""

from __future__ import annotations

import argparse
import datetime
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from tqdm import tqdm

from archive.articles.models import Article
from archive.articles.visual.visual import for_terminal
from archive.captures.plain_files import shown
from archive.intake.models import Accession, Pair
from archive.intake.reading.columns import read_mapping
from archive.intake.reading.items import Stated
from archive.intake.taking import Outcome, Receipt
from archive.intake.working import CannotStore, Told, begin, resumable, stop, work_on

NICE: Final = 5  # readers go first
AGAIN: Final = "mend this and run the same command again."
TURN: Final = 5.0  # seconds between two looks at the bar
ASIDE: Final = {Outcome.REFUSED, Outcome.SET_ASIDE, Outcome.QUARANTINED, Outcome.ALIKE}
ALWAYS: Final = (Outcome.ADDED, Outcome.UNCHANGED, Outcome.REFRESHED, Outcome.REFUSED)
SOMETIMES: Final = (Outcome.CAPTURED, Outcome.ALIKE, Outcome.QUARANTINED, Outcome.SET_ASIDE)


class Command(BaseCommand):
    help = (
        "Take articles in as drafts: from text, HTML, PDF, MHTML, e-mail, JSON Lines, CSV, ZIP, WARC, WACZ and folders "
        "of these. What is held already changes nothing."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files")
        parser.add_argument("--publish", action="store_true", help="publish new articles at once")
        parser.add_argument("--refresh", action="store_true", help="read pages that are held again; edited fields stay")
        parser.add_argument("--source", default="", help="the source of what names none itself")
        parser.add_argument("--mapping", type=Path, metavar="FILE", help="lines of FIELD = COLUMN; see curation.md")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would become of each item")
        parser.add_argument("--resume", action="store_true", help="go on with the last intake of these that stopped")
        parser.add_argument("--target-uri", default="", help="the page's own address (one PATH)")
        parser.add_argument(
            "--captured-at", type=_instant, help="when the page was fetched, as 2023-10-04T23:23+03:30 (one PATH)"
        )
        parser.add_argument(
            "--visual", action="store_true", help="shape titles for a terminal that does not join Arabic letters"
        )

    def run_from_argv(self, argv: list[str]) -> None:
        os.nice(NICE)
        super().run_from_argv(argv)

    def handle(self, *, paths: list[Path], **options: Any) -> None:
        if (options["target_uri"] or options["captured_at"]) and (len(paths) != 1 or paths[0].is_dir()):
            raise CommandError("--target-uri and --captured-at speak of one page; give one PATH.")
        for path in filter(Path.is_symlink, paths):
            self.stdout.write(f"follows    {shown(path)}: a link to {shown(path.resolve())}, for it was named itself")
        try:
            accession = _resumed(paths) if options["resume"] else _begun(paths, options)
        except OperationalError as error:
            raise CommandError(f"Nothing was begun, the database says: {error}; {AGAIN}", returncode=2) from error
        self.take_in(accession, options["visual"])

    def take_in(self, accession: Accession, visual: bool) -> None:
        """Work on an accession to its end, and tell of every item."""
        try:
            self._work(accession, visual)
        except CannotStore as error:
            self.stdout.write(_summary(accession))
            told = f"Stopped after {accession.done} items, the next one cannot be stored: {error}."
            raise CommandError(f"{told} What was taken in is whole; {AGAIN}", returncode=2) from error
        except KeyboardInterrupt:
            stop(accession)
            raise
        self.stdout.write(_summary(accession))
        if accession.is_dry_run:
            self.stdout.write("This was a dry run: nothing was taken in.")
        _complain(accession)

    def _work(self, accession: Accession, visual: bool) -> None:
        # No bar where nobody watches it (`disable=None`: not a terminal).
        with tqdm(unit="item", disable=None, initial=accession.done) as bar:

            def tell(told: Told) -> None:
                for item, receipt in told:
                    stream = self.stderr if receipt.outcome in ASIDE else self.stdout
                    with tqdm.external_write_mode():  # the bar makes room
                        stream.write(_line(item.name, receipt, visual))
                bar.total = round(accession.done / accession.share) if accession.share else None
                bar.update(len(told))

            while self.turn(accession, tell):
                pass

    def turn(self, accession: Accession, tell: Callable[[Told], None]) -> bool:
        return work_on(accession, time.monotonic() + TURN, tell)


def _begun(paths: list[Path], options: dict[str, Any]) -> Accession:
    captured_at = options["captured_at"]
    stated = Stated(
        source=options["source"],
        address=options["target_uri"],
        captured_at=str(captured_at or ""),
    )
    try:
        columns = read_mapping(options["mapping"].read_text("utf-8-sig")) if options["mapping"] else {}
    except (OSError, ValueError) as error:
        raise CommandError(f"{options['mapping']}: {error}") from error
    return begin(
        [str(path) for path in paths],
        Accession.Way.COMMAND,
        dry_run=options["dry_run"],
        publish=options["publish"],
        refresh=options["refresh"],
        columns=columns,
        stated=stated,
    )


def _resumed(paths: list[Path]) -> Accession:
    accession = resumable([str(path) for path in paths], Accession.Way.COMMAND)
    if accession is None:
        raise CommandError("No intake of these paths waits to be resumed.")
    return accession


def _complain(accession: Accession) -> None:
    """End with 1 where something is not in the archive that should be."""
    held = accession.outcomes
    refused, doubted, alike = (held.get(one, 0) for one in (Outcome.REFUSED, Outcome.QUARANTINED, Outcome.ALIKE))
    told = [f"{refused} of {accession.done} items were refused"] if refused else []
    told += [f"{doubted} of {accession.done} wait in quarantine"] if doubted else []
    told += [f"{alike} of {accession.done} wait to be compared"] if alike else []
    if told:
        raise CommandError(f"{' and '.join(told)}; the lines above say why.")


def _summary(accession: Accession) -> str:
    held = accession.outcomes
    counts = [f"{held.get(outcome, 0)} {outcome}" for outcome in ALWAYS]
    counts += [f"{held[outcome]} {outcome}" for outcome in SOMETIMES if held.get(outcome)]
    witnesses = Pair.objects.filter(item__accession=accession, decision=Pair.Decision.WITNESS).count()
    counts += [f"{witnesses} of those added nearly the same as others"] if witnesses else []
    return ", ".join(counts) + "."


def _line(name: str, receipt: Receipt, visual: bool) -> str:
    if receipt.article is None or receipt.outcome == Outcome.CAPTURED:
        return f"{receipt.outcome:<10} {name}: {receipt.reason or ''}".removesuffix(": ")
    kept = f" (kept as edited: {', '.join(receipt.protected)})" if receipt.protected else ""
    held = f" (held back as a draft: {receipt.reason})" if receipt.reason else ""
    return f"{receipt.outcome:<10} {name}: {receipt.article.identifier} {_title(receipt.article, visual)}{kept}{held}"


def _title(article: Article, visual: bool) -> str:
    return for_terminal(article.title) if visual else article.title


def _instant(value: str) -> datetime.datetime:
    instant = datetime.datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("give the time zone too, as in 2023-10-04T23:23+03:30")
    return instant
