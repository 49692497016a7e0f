"""`python -m tools evaluate_stories`: precision and recall of stories on judged pairs, parallel texts and copies."""

from __future__ import annotations

import argparse
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tools.measured import JudgedScore
from tools.stories.evaluation import judged, score_copies, score_judged, score_parallel, seen, stories


class Command(BaseCommand):
    requires_system_checks = ()  # neither the database nor the index is asked
    help = "Print precision and recall of stories: on judged pairs, on parallel texts in two languages, on copies."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--news", nargs="*", type=Path, default=[], metavar="FILE", help="stories as JSON lines")
        parser.add_argument("--judged", type=Path, metavar="FILE", help="judged pairs: id, other id, same or other")
        parser.add_argument("--parallel", nargs=2, type=Path, metavar=("ARABIC", "PERSIAN"), help="the same stories")
        parser.add_argument("--copies", type=int, default=0, metavar="N", help="copies among the first N of the news")

    def handle(self, *, news: list[Path], **options: Any) -> None:
        pairs = judged(options["judged"]) if options["judged"] else []
        if not (news and (pairs or options["copies"])) and not options["parallel"]:
            raise CommandError("Give --news with --judged or --copies, or --parallel.")
        self.stdout.write(f"{'':<24}{'tied':>7}{'right':>7}{'wanted':>8}{'precision':>11}{'recall':>8}")
        if options["parallel"]:
            one, other = (dict(stories(path)) for path in options["parallel"])
            self._print("parallel texts", score_parallel(one, other, pairs))
        if news and pairs:
            wanted = frozenset(name for pair in pairs for name in pair[:2])
            held = {name: seen(report) for path in news for name, report in stories(path, wanted)}
            self._print("judged pairs", score_judged(pairs, held))
        if options["copies"]:
            rows = chain.from_iterable(stories(path) for path in news)
            score = score_copies(report for _name, report in islice(rows, options["copies"]))
            self._print("copies by opening", score, precision=False)

    def _print(self, what: str, score: JudgedScore, *, precision: bool = True) -> None:
        """Without `precision` where most of what is right is not known to be."""
        told = f"{score.precision:.3f}" if precision else "–"
        self.stdout.write(f"{what:<24}{score.given:>7}{score.right:>7}{score.wanted:>8}{told:>11}{score.recall:>8.3f}")
