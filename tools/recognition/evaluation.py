"""Measures recognition: against articles with known records, and against corpora with marked names.

A corpus marks places and persons without saying which; so what counts there is whether a mention lies within a marked
name (precision) and whether marked names that the gazetteer knows are found in context (recall).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.recognition.recognition import RecognisedMention, find_mentions
from tools.measured import JudgedScore, read_lines

Span = tuple[int, int]

# Uses of a country's names that a corpus marks as a place; a demonym it marks as nothing, or as a group.
PLACE_RULES: Final = frozenset(("name", "official_name", "press", "short", "capital", "context", "one_of_two"))
PLACES: Final = frozenset(("LOC", "GPE", "ORG"))
PERSONS: Final = frozenset(("PER", "PERS"))


@dataclass(frozen=True)
class MarkedText:
    """A text with the names that a corpus marks: `(start, end)` by type."""

    text: str
    names: Mapping[str, Collection[Span]]


def score_records(articles: Iterable[tuple[str, Collection[str]]], kind: str) -> JudgedScore:
    """JudgedScore the set of records of one kind per article against the expected slugs."""
    score = JudgedScore()
    for text, expected in articles:
        given = {mention.record for mention in find_mentions(text) if mention.kind == kind}
        score.given += len(given)
        score.wanted += len(set(expected))
        score.right += len(given & set(expected))
        score.wrong += sorted(given - set(expected))
        score.missed += sorted(set(expected) - given)
    score.found = score.right
    return score


def score_marked(texts: Iterable[MarkedText], kind: str, lang: str | None = None) -> JudgedScore:
    """JudgedScore mentions of countries (`country`) or officials (`official`) against the names a corpus marks."""
    types = PERSONS if kind == "official" else PLACES
    score = JudgedScore()
    for marked in texts:
        spans = [span for type_ in types for span in marked.names.get(type_, ())]
        mentions = [
            mention
            for mention in find_mentions(marked.text, lang)
            if (mention.kind == kind and (kind == "official" or mention.rule in PLACE_RULES))
        ]
        for mention in mentions:
            score.given += 1
            if any(start < mention.end and mention.start < end for start, end in spans):
                score.right += 1
            else:
                score.wrong.append(_in_context(marked.text, mention.start, mention.end))
        _score_recall(score, marked, mentions, kind)
    return score


def read_marked(path: Path) -> Iterator[MarkedText]:
    """Read a corpus: JSON lines (`.jsonl`, `.jsonl.xz`) of `text` and `entities`, or one word and its tags a line."""
    if ".jsonl" in path.name:
        yield from (_from_json(json.loads(line)) for line in read_lines(path))
    else:
        yield from _read_tagged(path)


def _score_recall(score: JudgedScore, marked: MarkedText, mentions: Collection[RecognisedMention], kind: str) -> None:
    types = PERSONS if kind == "official" else PLACES - {"ORG"}
    for start, end in (span for type_ in types for span in marked.names.get(type_, ())):
        if not _is_known(marked.text[start:end], kind):
            continue
        score.wanted += 1
        if any(mention.start < end and start < mention.end for mention in mentions):
            score.found += 1
        else:
            score.missed.append(_in_context(marked.text, start, end))


def _is_known(name: str, kind: str) -> bool:
    """Say whether a marked name is a form of a record; a surname alone is not wanted without its bearer."""
    known = any(record.kind == kind for record in Gazetteer.shipped().lookup(name))
    return known and (kind == "country" or " " in name)


def _in_context(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 30]}".replace("\n", " ")


def _from_json(row: Mapping[str, Any]) -> MarkedText:
    """Place the entities of a row in its text, in order of mention."""
    text, names, at = str(row["text"]), dict[str, list[Span]](), 0
    for entity in row["entities"]:
        found = re.compile(rf"(?<!\w)[وفبلك]{{0,2}}({re.escape(entity['text'])})(?!\w)").search(text, at)
        if found:
            at = found.end()
            names.setdefault(entity["type"], []).append(found.span(1))
    return MarkedText(text, names)


def _read_tagged(path: Path) -> Iterator[MarkedText]:
    """Read blocks of lines `word tag …`, tags as B-GPE and I-GPE; several tags of a word nest."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split(" ") for line in block.splitlines() if line.strip()]
        text, names = "", dict[str, list[Span]]()
        for word, *tags in rows:
            start = len(text) + bool(text)
            text = f"{text} {word}" if text else word
            end = len(text)
            for tag in tags:
                begins, _, type_ = tag.partition("-")
                if begins == "B":
                    names.setdefault(type_, []).append((start, end))
                elif begins == "I" and names.get(type_):
                    names[type_][-1] = (names[type_][-1][0], end)
        yield MarkedText(text, names)
