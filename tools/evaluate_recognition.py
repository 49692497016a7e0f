"""`python -m tools evaluate_recognition [FILE…]`: how well names are recognised, and samples to judge."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.articles.visual.visual import for_terminal
from archive.extraction import extract
from tools.measured import JudgedScore
from tools.recognition.evaluation import read_marked, score_marked, score_records
from tools.recognition.sample import (
    OPEN,
    PLACE,
    RIGHT,
    WRONG,
    Judged,
    SampleUnreadable,
    Story,
    draw,
    in_context,
    read_sample,
    read_stories,
    still_found,
    verdicts,
    write_sample,
)

KINDS = ("country", "official")
HEADER = "{:<34} {:<9} {:>9} {:>7} {:>7} {:>7}"
ROW = "{:<34} {:<9} {:>9.3f} {:>7.3f} {:>7} {:>7}"


class Command(BaseCommand):
    requires_system_checks = ()  # neither the database nor the index is asked
    help = "Print precision and recall of recognised countries and officials: on the five articles and on marked texts."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="a corpus with marked names, or stories"
        )
        parser.add_argument("--language", choices=("ar", "fa"), help="the language of the marked texts; else guessed")
        parser.add_argument("--show", type=int, default=0, metavar="N", help="print N mistakes of each measurement")
        parser.add_argument("--sample", type=int, metavar="N", help="draw N mentions of countries from the stories")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed, another sample")
        parser.add_argument("--output", type=Path, metavar="TABLE", help="where the drawn sample is written")
        parser.add_argument("--judged", type=Path, metavar="TABLE", help="print precision from a judged sample")
        parser.add_argument(
            "--visual", action="store_true", help="shape words for a terminal that does not join letters"
        )

    def handle(self, **options: Any) -> None:
        self.visual = bool(options["visual"])
        try:
            if options["sample"]:
                self._draw(options["files"], options["sample"], options["seed"], options["output"])
            elif options["judged"]:
                self._judged(options["judged"], options["files"])
            else:
                self._measure(options["files"], options["language"], options["show"])
        except (SampleUnreadable, OSError) as error:
            raise CommandError(str(error)) from error

    # Measuring

    def _measure(self, files: Sequence[Path], lang: str | None, show: int) -> None:
        self.stdout.write(HEADER.format("text", "kind", "precision", "recall", "given", "wanted"))
        for kind in KINDS:
            self._tell("the five articles", kind, score_records(five_articles(kind), kind), show)
        for path in files:
            texts = list(read_marked(path))
            for kind in KINDS:
                self._tell(path.name, kind, score_marked(texts, kind, lang), show)
        self._judged(settings.BASE_DIR / "fixtures" / "judgments" / "countries_sample.tsv", ())

    def _tell(self, name: str, kind: str, score: JudgedScore, show: int) -> None:
        self.stdout.write(ROW.format(name[:34], kind, score.precision, score.recall, score.given, score.wanted))
        for label, examples in (("wrong", score.wrong), ("missed", score.missed)):
            for example in examples[:show]:
                self.stdout.write(f"  {label:<7} {self._line(example)}")

    # Sampling

    def _draw(self, files: Sequence[Path], size: int, seed: int, output: Path | None) -> None:
        if not files or output is None:
            raise CommandError("--sample needs files of stories to draw from, and --output TABLE to write to.")
        stories = [list(read_stories(path)) for path in files]
        drawn = draw(stories, size, seed)
        names = ", ".join(path.name for path in files)
        write_sample(output, drawn, _header(names, size, seed))
        held = {story.identifier: story for one in stories for story in one}
        for number, mention in enumerate(drawn, 1):
            words = self._line(in_context(held[mention.article], mention))
            self.stdout.write(f"{number:>4} {mention.record:<3} {mention.rule:<13} {words}")

    def _judged(self, path: Path, files: Iterable[Path]) -> None:
        judged = read_sample(path)
        stories = {story.identifier: story for file in files for story in read_stories(file)}
        for lang in ("ar", "fa", ""):
            held = [mention for mention in judged if lang in ("", mention.lang)]
            if held:
                self.stdout.write(f"{path.name:<30} {lang or 'all':<3} {precision_line(held)}")
        if stories:
            self._again(judged, stories)

    def _again(self, judged: Sequence[Judged], stories: dict[str, Story]) -> None:
        present = [mention for mention in judged if mention.article in stories]
        kept = still_found(present, stories)
        self.stdout.write(f"{'found again today':<30} all {precision_line(kept)}, of {len(present)}")
        for mention in present:
            if mention not in kept or mention.verdict == WRONG:
                self.stdout.write(f"  {mention.verdict} {self._line(in_context(stories[mention.article], mention))}")

    def _line(self, text: str) -> str:
        return for_terminal(text) if self.visual else text


def five_articles(kind: str) -> list[tuple[str, list[str]]]:
    """The text of each of the five pages that ship, read from its bytes, and the records it should name."""
    base = settings.BASE_DIR / "fixtures"
    wanted = json.loads((base / "judgments" / "recognition_five.json").read_text("utf-8"))["articles"]
    return [(_text(base / "captures" / name), records[kind]) for name, records in wanted.items()]


def _text(path: Path) -> str:
    """Kicker, title and text as one, as the archive recognises them."""
    page = extract(path.read_bytes())
    return "\n\n".join((page.kicker, page.title, page.body))


def precision_line(mentions: Sequence[Judged]) -> str:
    """Precision twice: with a capital that is only a place taken for right, and for wrong."""
    counted = verdicts(mentions)
    judged = len(mentions) - counted[OPEN]
    if not judged:
        return "nothing is judged yet"
    strict, wide = counted[RIGHT] / judged, (counted[RIGHT] + counted[PLACE]) / judged
    return f"precision {wide:.3f}, capitals as mere places counted wrong {strict:.3f} ({judged} judged)"


def _header(names: str, size: int, seed: int) -> list[str]:
    return [
        "Mentions of countries, drawn to be judged by a person; no word of the texts is kept.",
        f"Drawn from {names} by `python -m tools evaluate_recognition --sample {size} --seed {seed}`:",
        "an equal share of each file, every mention of a file with the same chance.",
        "start and end: code points into the story's title, one line feed and its text.",
        "verdict: right (the words name this state, its people or its government), place (its capital, where something",
        "happens), wrong (anything else); note: what the person would say of it.",
    ]
