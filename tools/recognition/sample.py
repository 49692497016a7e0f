"""A sample of recognised mentions, judged by a person; kept without a word of the texts."""

from __future__ import annotations

import json
import lzma
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from archive.authorities.recognition.recognition import find_mentions
from archive.text.languages import reading_language

COLUMNS: Final = ("article", "lang", "start", "end", "record", "rule", "verdict", "note")
# A `place` is a capital that is only where something happens: right of the city, and no word about the state.
RIGHT, PLACE, WRONG, OPEN = "right", "place", "wrong", ""
VERDICTS: Final = frozenset((RIGHT, PLACE, WRONG, OPEN))
AROUND: Final = 60  # letters shown on either side to the person who judges


class SampleUnreadable(ValueError):
    """A file of stories or judgments is not what it should be; the message says where."""


@dataclass(frozen=True, slots=True)
class Story:
    """A report of a news file; `text` is its title, a line feed and its body, which is what offsets point into."""

    identifier: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention that was drawn: where, which record, by which rule, and what the person says of it."""

    article: str
    lang: str
    start: int
    end: int
    record: str
    rule: str
    verdict: str = OPEN
    note: str = ""


def read_stories(path: Path) -> Iterator[Story]:
    """Read JSON lines (`.jsonl`, `.jsonl.xz`) of `id`, `lang`, `title`, `body`; SampleUnreadable for anything else."""
    payload = path.read_bytes()
    for number, line in enumerate((lzma.decompress(payload) if path.suffix == ".xz" else payload).splitlines(), 1):
        try:
            row = json.loads(line)
            yield Story(str(row["id"]), str(row.get("lang", "")), f"{row['title']}\n{row['body']}")
        except (ValueError, KeyError, TypeError) as error:
            raise SampleUnreadable(f"{path}, line {number}: no story with id, title and body") from error


def draw(files: Sequence[Sequence[Story]], size: int, seed: int, kind: str = "country") -> list[Judged]:
    """Draw `size` mentions, an equal share from each file, every mention of a file with the same chance.

    The same stories, size and seed give the same sample; fewer where a file has fewer. In the order of the files.
    """
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    drawn: list[Judged] = []
    for place, stories in enumerate(files):
        share = size // len(files) + (place < size % len(files))
        found = [mention for story in stories for mention in mentions_of(story, kind)]
        chosen = sorted(chance.sample(range(len(found)), min(share, len(found))))
        drawn += [found[index] for index in chosen]
    return drawn


def mentions_of(story: Story, kind: str) -> list[Judged]:
    lang = reading_language(story.lang)
    return [
        Judged(story.identifier, story.lang, mention.start, mention.end, mention.record, mention.rule)
        for mention in find_mentions(story.text, lang)
        if mention.kind == kind
    ]


def in_context(story: Story, mention: Judged) -> str:
    """The words of a mention in brackets, with some letters on both sides, on one line."""
    before = story.text[max(0, mention.start - AROUND) : mention.start]
    after = story.text[mention.end : mention.end + AROUND]
    return " ".join(f"{before}[{story.text[mention.start : mention.end]}]{after}".split())


def write_sample(path: Path, mentions: Iterable[Judged], header: Sequence[str]) -> None:
    """Write a table of identifiers, offsets and judgments below comment lines that say how it was drawn."""
    rows = ["\t".join(str(getattr(mention, name)) for name in COLUMNS) for mention in mentions]
    path.write_text("\n".join([*(f"# {line}".rstrip() for line in header), "\t".join(COLUMNS), *rows, ""]), "utf-8")


def read_sample(path: Path) -> list[Judged]:
    """Read a judged table; SampleUnreadable for an unknown verdict, a number that is none or a missing column."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise SampleUnreadable(f"{path}: the columns are {', '.join(COLUMNS)}")
    return [_judged(path, line) for line in lines[1:]]


def _judged(path: Path, line: str) -> Judged:
    cells = line.split("\t")
    row = dict(zip(COLUMNS, [*cells, *[""] * (len(COLUMNS) - len(cells))], strict=False))
    if row["verdict"] not in VERDICTS or not (row["start"].isdigit() and row["end"].isdigit()):
        raise SampleUnreadable(f"{path}: {line!r} has no offsets, or no verdict of right, place and wrong")
    texts = {name: row[name] for name in COLUMNS if name not in {"start", "end"}}
    return Judged(start=int(row["start"]), end=int(row["end"]), **texts)


def verdicts(mentions: Iterable[Judged]) -> Counter[str]:
    """How many mentions there are of each verdict; `OPEN` ones wait for a person."""
    return Counter(mention.verdict for mention in mentions)


def still_found(judged: Iterable[Judged], stories: Mapping[str, Story], kind: str = "country") -> list[Judged]:
    """The judged mentions that recognition gives today, in the stories at hand; what it no longer says is left out."""
    today: dict[str, set[Judged]] = {}
    kept = []
    for mention in judged:
        story = stories.get(mention.article)
        if story is None:
            continue
        found = today.setdefault(story.identifier, {replace(one, rule="") for one in mentions_of(story, kind)})
        if replace(mention, rule="", verdict=OPEN, note="") in found:
            kept.append(mention)
    return kept
