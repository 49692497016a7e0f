"""`python -m tools evaluate_search FOLDER`: how well the search finds, beside plain words and Lucene's analyzers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tools.evaluation.lucene import Lucene, LuceneUnavailable, prepare
from tools.evaluation.measuring import SetReport, measure
from tools.evaluation.sets import RetrievalSet, SetUnreadable, find_sets, sampled
from tools.evaluation.writing import lines, markdown


class Command(BaseCommand):
    help = "Print MRR@10, recall@10 and recall@100 on sets of questions with known answers."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder of sets, or one set")
        parser.add_argument("--set", action="append", default=[], dest="sets", metavar="NAME", help="this set alone")
        parser.add_argument("--limit", type=int, metavar="N", help="ask N questions of each set, evenly spread")
        parser.add_argument("--documents", type=int, metavar="N", help="index the right answers and N other documents")
        parser.add_argument("--news", type=Path, metavar="FOLDER", help="where news_ar.jsonl[.xz] and news_fa… are")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write the tables to a Markdown file, too")
        parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the indexes here, to measure again")
        parser.add_argument("--without-lucene", action="store_true", help="do not run Lucene")

    def handle(self, **options: Any) -> None:
        try:
            sets = find_sets(options["folder"], options["sets"], options["news"])
        except SetUnreadable as error:
            raise CommandError(str(error)) from error
        lucene, reason = self._lucene(options["without_lucene"])
        reports: list[SetReport] = []
        for held in sets:
            reports.append(self._measure(held, lucene, options))
            if options["output"]:
                options["output"].write_text(markdown(reports, reason), "utf-8")

    def _measure(self, held: RetrievalSet, lucene: Lucene | None, options: dict[str, Any]) -> SetReport:
        try:
            chosen = sampled(held, options["limit"], options["documents"])
            report = measure(chosen, lucene, options["keep"], self.stderr.write)
        except SetUnreadable as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(lines(report)) + "\n")
        return report

    def _lucene(self, unwanted: bool) -> tuple[Lucene | None, str]:
        if unwanted:
            return None, "it was not asked for"
        try:
            return prepare(settings.VAR_DIR / "lucene"), ""
        except LuceneUnavailable as error:
            self.stderr.write(f"Lucene is not run: {error}")
            return None, str(error)
