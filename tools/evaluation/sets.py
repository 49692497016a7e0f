"""Sets of questions with known answers, as folders of `queries.tsv`, `qrels.tsv` and `corpus.jsonl`.

A set without `corpus.jsonl` asks a file of news, told by the language its name begins with: `ar_…` asks
`news_ar.jsonl` or `news_ar.jsonl.xz` of the news folder, by bodies alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from tools.measured import read_lines

Item = TypeVar("Item")


class SetUnreadable(Exception):
    """A set lacks a file or a line cannot be read; the message names the file."""


class JudgedQuestion(NamedTuple):
    identifier: str
    text: str


class CorpusPassage(NamedTuple):
    """A document of a set: what is searched, without title, as stored."""

    identifier: str
    text: str


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions and the identifiers of their right answers; the documents stay in their file.

    `kept` names the documents of a sample; None keeps them all. `sampled_from` is the number of questions of the whole
    set where these are a sample, else 0.
    """

    name: str
    questions: tuple[JudgedQuestion, ...]
    answers: Mapping[str, frozenset[str]]
    documents: Path
    kept: frozenset[str] | None = None
    sampled_from: int = 0

    def passages(self) -> Iterator[CorpusPassage]:
        """The documents in the order of the file; SetUnreadable for a line that is no document."""
        for number, line in enumerate(read_lines(self.documents), 1):
            passage = _passage(line, self.documents, number)
            if self.kept is None or passage.identifier in self.kept:
                yield passage


def find_sets(folder: Path, names: Sequence[str] = (), news: Path | None = None) -> list[RetrievalSet]:
    """The sets in `folder`, in the order of their names, or those called `names`; `folder` may be one set itself.

    `news` is the folder of the news files; without it they are looked for in `folder` and the two folders above.
    """
    folders = [folder] if (folder / "queries.tsv").is_file() else sorted(folder.glob("*/"))
    folders = [each for each in folders if (each / "queries.tsv").is_file()]
    missing = set(names).difference(each.name for each in folders)
    if missing or not folders:
        wanted = ", ".join(sorted(missing)) or "queries.tsv"
        raise SetUnreadable(f"there is no set {wanted} in {folder}")
    return [read_set(each, news) for each in folders if not names or each.name in names]


def read_set(folder: Path, news: Path | None = None) -> RetrievalSet:
    """One set; SetUnreadable when a file is missing or a line is malformed."""
    questions = tuple(JudgedQuestion(*row) for row in _rows(folder / "queries.tsv", 2))
    answers: dict[str, set[str]] = {}
    for question, _iteration, document, relevance in _rows(folder / "qrels.tsv", 4):
        if relevance != "0":
            answers.setdefault(question, set()).add(document)
    asked = tuple(question for question in questions if question.identifier in answers)
    held = {question: frozenset(documents) for question, documents in answers.items()}
    return RetrievalSet(folder.name, asked, held, _documents(folder, news))


def sampled(held: RetrievalSet, questions: int | None = None, documents: int | None = None) -> RetrievalSet:
    """At most so many questions, evenly spread over the set, and at most so many documents beside the right answers."""
    asked = tuple(_spread(held.questions, questions))
    held = replace(held, questions=asked, sampled_from=len(held.questions) if len(asked) < len(held.questions) else 0)
    if documents is None:
        return held
    right = {identifier for question in asked for identifier in held.answers[question.identifier]}
    others = [passage.identifier for passage in held.passages() if passage.identifier not in right]
    return replace(held, kept=frozenset((*right, *_spread(others, documents))))


def _spread(items: Sequence[Item], most: int | None) -> Sequence[Item]:
    if most is None or most >= len(items):
        return items
    return [items[index * len(items) // most] for index in range(most)]


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SetUnreadable(f"{path}: {error}") from error
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r").split("\t")
        if line and len(cells) != columns:
            raise SetUnreadable(f"{path}, line {number}: {columns} columns are wanted, {len(cells)} found")
        if line:
            yield cells


def _documents(folder: Path, news: Path | None) -> Path:
    language = folder.name.partition("_")[0]
    named = [f"news_{language}.jsonl", f"news_{language}.jsonl.xz"]
    places = [news] if news else [folder, *folder.resolve().parents[:2]]
    paths = [folder / "corpus.jsonl", *(place / name for place in places for name in named)]
    found = next((path for path in paths if path.is_file()), None)
    if found is None:
        raise SetUnreadable(f"{folder.name} has no corpus.jsonl, and no {named[0]}(.xz) in {places[-1]}; see --news")
    return found


def _passage(line: str, path: Path, number: int) -> CorpusPassage:
    try:
        row = json.loads(line)
        return CorpusPassage(str(row["id"]), str(row["text"] if "text" in row else row["body"]))
    except (ValueError, KeyError, TypeError) as error:
        raise SetUnreadable(f"{path}, line {number}: not a document ({error!r})") from error
