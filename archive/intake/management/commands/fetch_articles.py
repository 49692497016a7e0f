"""`manage.py fetch_articles URL…`: fetch pages from the web and take them in, as one accession.

Ends as `import_articles` does: with 0, 1 or 2. Sites are asked at their pace, so that many pages of one site take time.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

from django.core.management.base import CommandError

from archive.intake.addresses import NotYet
from archive.intake.management.commands import import_articles
from archive.intake.models import Accession
from archive.intake.reading.items import Stated
from archive.intake.working import begin, resumable, work_on


class Command(import_articles.Command):
    help = "Fetch pages and take them in as drafts. What is held already changes nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("addresses", nargs="+", metavar="URL", help="the address of a page")
        parser.add_argument("--publish", action="store_true", help="publish new articles at once")
        parser.add_argument("--source", default="", help="the source of what names none itself")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would become of each page")
        parser.add_argument("--resume", action="store_true", help="go on with the last intake of these that stopped")
        parser.add_argument(
            "--visual", action="store_true", help="shape titles for a terminal that does not join Arabic letters"
        )

    def handle(self, *, addresses: list[str], **options: Any) -> None:  # type: ignore[override]
        self.take_in(self._accession(addresses, options), options["visual"])

    def _accession(self, addresses: list[str], options: dict[str, Any]) -> Accession:
        if not options["resume"]:
            stated = Stated(source=options["source"])
            wishes = {"dry_run": options["dry_run"], "publish": options["publish"]}
            return begin(addresses, Accession.Way.ADDRESS, stated=stated, **wishes)
        accession = resumable(addresses, Accession.Way.ADDRESS)
        if accession is None:
            raise CommandError("No intake of these addresses waits to be resumed.")
        return accession

    def turn(self, accession: Accession, tell: Any) -> bool:
        try:
            return work_on(accession, time.monotonic() + import_articles.TURN, tell)
        except NotYet as error:
            time.sleep(error.seconds)
            return True
