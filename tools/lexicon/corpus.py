"""What news text tells: how often a form is written, which words are written in two, whose `ال` is no article."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from search.analysis.characters import ZWNJ
from search.analysis.halfspace import split_parts
from search.analysis.normalizer import clean, fold
from search.analysis.tokenizer import kind_of, split_pieces
from tools.measured import read_lines

HAMZATED_ALEFS = "أإآ"


def read_texts(path: Path) -> Iterator[str]:
    """Yield title and body of each story of a `.jsonl.xz` file."""
    for line in read_lines(path):
        story = json.loads(line)
        yield f"{story.get('title') or ''}\n{story.get('body') or ''}"


def count_spellings(texts: Iterator[str]) -> Counter[str]:
    """Count words of Arabic script as written."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(split_pieces(text)[1::2])
    return Counter({word: n for word, n in counts.items() if kind_of(word) == "arabic"})


def count_forms(spellings: Counter[str]) -> Counter[str]:
    """Count folded words; what stands before a half-space counts as a word, too."""
    counts: Counter[str] = Counter()
    for word, n in spellings.items():
        counts[fold(word)] += n
        parts = split_parts(word)
        if len(parts) > 1:
            counts[fold(parts[0])] += n
    return counts


def words_whose_al_is_radical(spellings: Counter[str], forms: Counter[str]) -> set[str]:
    """Find the folded words that begin with `ال` without the article: `التزام`, `الغاء`, `المانيا`; not `الوزير`.

    Two witnesses: most writers put a hamza on the alef, or `لال…` is written and `لل…` is not, which the article
    would demand.
    """
    hamzated: Counter[str] = Counter()
    for word, n in spellings.items():
        if clean(word)[:1] in HAMZATED_ALEFS:
            hamzated[fold(word)] += n
    return {
        word
        for word, n in forms.items()
        if word.startswith("ال") and len(word) > 3 and n > 2 and _is_radical(word, n, hamzated[word], forms)
    }


def words_with_hamza_inside(spellings: Counter[str], forms: Counter[str]) -> set[str]:
    """Find the four-letter words whose alef in the second place most writers give a hamza: `وأكد`, `لأول`."""
    hamzated: Counter[str] = Counter()
    for word, n in spellings.items():
        letters = clean(word)
        if len(letters) == 4 and letters[0] in "وفبلك" and letters[1] in HAMZATED_ALEFS:
            hamzated[fold(word)] += n
    return {word for word, n in hamzated.items() if n > 2 and 2 * n > forms[word]}


def _is_radical(word: str, n: int, hamzated: int, forms: Counter[str]) -> bool:
    if 2 * hamzated > n:
        return True
    with_alef, with_article = forms["ل" + word], forms["لل" + word[2:]]
    return with_alef > 2 * with_article and with_alef > 1


def find_compounds(path: Path, spellings: Counter[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """Find the pairs written both with a half-space and with a space, with how often each was."""
    halved: Counter[tuple[str, str]] = Counter()
    for word, n in spellings.items():
        parts = tuple(map(fold, split_parts(word))) if ZWNJ in word else ()
        if len(parts) == 2 and min(map(len, parts)) > 1:
            halved[parts[0], parts[1]] += n
    spaced = _count_spaced(path, halved)
    return {pair: (halved[pair], n) for pair, n in spaced.items() if halved[pair] > 1 and n > 1}


def _count_spaced(path: Path, wanted: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    spaced: Counter[tuple[str, str]] = Counter()
    for text in read_texts(path):
        pieces = split_pieces(text)
        words, gaps = list(map(fold, pieces[1::2])), pieces[2:-1:2]
        spaced.update(
            pair for pair, gap in zip(itertools.pairwise(words), gaps, strict=False) if gap == " " and pair in wanted
        )
    return spaced
