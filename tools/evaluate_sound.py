"""`python -m tools evaluate_sound FOLDER`: how much of what names find by their sound alone is right."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand

from search.analysis import Token, analyze, fold, token_keys
from search.analysis.asking import Term, alternatives
from tools.lexicon.corpus import count_spellings, read_texts

NAMES = Path(__file__).with_name("sound") / "names.tsv"
NEWS = {"ar": "news_ar.jsonl.xz", "fa": "news_fa.jsonl.xz"}
FIRST = 10
LEAST = 2  # times that a word must be written


class Heard(NamedTuple):
    """A name as asked, and the first words found by its sound alone, each with whether it is right."""

    name: str
    words: tuple[tuple[str, bool], ...]


class Command(BaseCommand):
    requires_system_checks = ()  # neither the database nor the index is asked
    help = "Print the share of right ones among the first ten words of the news that each name finds by sound alone."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help=f"where {' and '.join(NEWS.values())} are")

    def handle(self, **options: Any) -> None:
        words = [
            (token, word, seen)
            for lang, name in NEWS.items()
            for word, seen in sorted(count_spellings(read_texts(options["folder"] / name)).items())
            if seen >= LEAST
            for token in _whole(word, lang)
        ]
        heard = list(measure(words))
        for one in heard:
            wrong = [word for word, is_right in one.words if not is_right]
            if wrong:
                self.stdout.write(f"{one.name}: {len(wrong)} of {len(one.words)} wrong: {' '.join(wrong)}")
        self.stdout.write("\n".join(figures(heard)))


def measure(words: list[tuple[Token, str, int]]) -> Iterator[Heard]:
    """What each name of `names.tsv` finds among spellings with their counts."""
    by_key: defaultdict[str, list[tuple[Token, str, int]]] = defaultdict(list)
    for token, word, seen in words:
        for key in token_keys(token, word):
            by_key[key].append((token, word, seen))
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, spellings = line.split("\t")
            yield _heard(name, frozenset(map(fold, spellings.split())), by_key)


def _heard(name: str, right: frozenset[str], by_key: dict[str, list[tuple[Token, str, int]]]) -> Heard:
    asked = alternatives([name], 0)
    keys = [key for term in (asked.term, *(join.term for join in asked.joins)) if term for key in term.keys]
    found: Counter[str] = Counter()
    judged: dict[str, bool] = {}
    for token, word, seen in (one for key in keys for one in by_key.get(key, ())):
        if asked.term is None or not _is_spelled(token, asked.term):
            found[word] = seen
            judged[word] = not right.isdisjoint((token.norm, *token.stems))
    first = sorted(found, key=lambda word: (-found[word], word))[:FIRST]
    return Heard(name, tuple((word, judged[word]) for word in first))


def _is_spelled(token: Token, asked: Term) -> bool:
    """Whether a word is found by its letters anyway."""
    return asked.norm in (token.norm, *token.parts) or not set(asked.stems).isdisjoint(token.stems)


def figures(heard: list[Heard]) -> list[str]:
    """The share of right ones over all words, and how many names find mostly wrong ones."""
    found = [one for one in heard if one.words]
    words = [is_right for one in found for _word, is_right in one.words]
    mostly = [one for one in found if 2 * sum(is_right for _word, is_right in one.words) < len(one.words)]
    shares = [sum(is_right for _word, is_right in one.words) / len(one.words) for one in found]
    return [
        f"{len(heard)} names, {len(found)} of them find words by sound alone, {len(words)} among their first {FIRST}",
        f"right: {sum(words)} of {len(words)}, {sum(words) / max(1, len(words)):.3f}",
        f"mean share of a name: {sum(shares) / max(1, len(shares)):.3f}; mostly wrong: {len(mostly)} names",
    ]


def _whole(word: str, lang: str) -> list[Token]:
    tokens = [token for token in analyze(word, lang) if token.span == 1]
    return tokens if len(tokens) == 1 else []
