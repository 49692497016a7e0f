"""`python -m tools evaluate_meetings`: precision and recall of proposed meetings on a judged sample."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tools.meetings.evaluation import read_events, read_judged, score, score_events
from tools.stories.evaluation import stories

SAMPLE = settings.BASE_DIR / "fixtures" / "judgments" / "meetings_sample.tsv"


class Command(BaseCommand):
    requires_system_checks = ()  # neither the database nor the index is asked
    help = "Print precision and recall of proposed meetings on the judged sample, by half: for building, and held back."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("news", nargs="+", type=Path, metavar="FILE", help="stories as JSON lines")
        parser.add_argument("--judged", type=Path, default=SAMPLE, metavar="TABLE", help="the judged sentences")
        parser.add_argument(
            "--events", type=Path, metavar="TABLE", help="reports read for calls, visits, signings instead"
        )
        parser.add_argument("--show", action="store_true", help="print what was proposed wrongly, and what was missed")

    def handle(self, *, news: list[Path], judged: Path, events: Path | None, show: bool, **_options: Any) -> None:
        if events:
            read = dict(read_events(events))
            held = {name: report for path in news for name, report in stories(path, frozenset(read))}
            scores = score_events(read.items(), held)
        else:
            sample = list(read_judged(judged))
            wanted = frozenset(one.article for one in sample)
            held = {name: report for path in news for name, report in stories(path, wanted)}
            scores = score(sample, held)
        self.stdout.write(
            f"{'half':<10}{'judged':>7}{'given':>7}{'right':>7}{'wanted':>8}{'precision':>11}{'recall':>8}"
        )
        for half, told in sorted(scores.items()):
            self.stdout.write(
                f"{half:<10}{told.judged:>7}{told.given:>7}{told.right:>7}{told.wanted:>8}"
                f"{told.precision:>11.3f}{told.recall:>8.3f}"
            )
            for label, sentences in (("wrong", told.wrong), ("missed", told.missed)) if show else ():
                for sentence in sentences:
                    self.stdout.write(f"  {label:<7} {sentence}")
