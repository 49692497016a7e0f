"""`manage.py analyze_text WORDS…`: what becomes of each word on its way into the index, stage by stage."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from archive.articles.visual.visual import for_terminal
from search.analysis import guess_language
from search.analysis.stages import LetterFate, StemStep, TokenStages, explain

INVISIBLE = "·"


class Command(BaseCommand):
    help = "Show characters, tokens, normal form, joins, parts, stems, name keys of a text."
    requires_system_checks = ()  # neither the database nor the index is asked

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("words", nargs="+", metavar="WORDS", help="a text; several arguments are one text")
        parser.add_argument("--language", choices=("ar", "fa"), help="whose stems; those of both without it")
        parser.add_argument("--visual", action="store_true", help="shape words for a terminal without bidi")

    def handle(self, *, words: list[str], language: str | None, visual: bool, **_options: Any) -> None:
        text = " ".join(words)
        guessed = guess_language(text) or "undetermined"
        self.stdout.write(f"{len(text)} code points, language: {language or f'stems of both, guessed {guessed}'}")
        for one in explain(text, language):
            for line in lines(one):
                self.stdout.write(for_terminal(line) if visual else line)


def lines(one: TokenStages) -> Iterator[str]:
    """One token, a stage a line; what says nothing is left out."""
    token = one.token
    joined = f", {token.span} words as one" if token.span > 1 else ""
    small = ", function word" if one.is_small else ""
    yield ""
    # Latin letters first, so that a terminal lays the line out from left to right.
    yield f"[{token.start}:{token.end}]  {one.written}  position {token.position}, {token.kind}{joined}{small}"
    yield from (f"    {_letter(letter)}" for letter in one.letters)
    stages = (
        ("clean", one.clean if one.clean != one.written else ""),
        ("normal form", token.norm + (" (a listed spelling)" if one.respelled else "")),
        ("parts", " + ".join(token.parts)),
        ("stems", "; ".join(map(_stem, one.stems))),
        ("loose stem", token.loose or ""),
        ("name keys", "  ".join(one.keys)),
        ("places", "  ".join(one.places)),
    )
    yield from (f"  {name:<12} {value}" for name, value in stages if value)


def _letter(letter: LetterFate) -> str:
    shown = letter.char if letter.char.isprintable() and letter.fate not in {"dropped", "half_space"} else INVISIBLE
    fate = f"folded to {letter.becomes}" if letter.fate == "folded" else letter.fate.replace("_", "-")
    return f"{letter.code:<7} {shown}  {letter.name:<48} {fate}"


def _stem(step: StemStep) -> str:
    if step.rule == "word":
        return f"{step.stem} (the word)"
    if step.rule == "lemma":
        return f"{step.stem} (listed singular of {step.cut})"
    change = f" without {step.cut}" if step.cut else ""
    added = f" with {step.added}" if step.added else ""
    return f"{step.stem} ({step.rule.replace('_', '-')}:{change}{added})"
