"""How well stories are found: judged pairs of reports, parallel texts in two languages, copies that share an opening.

Pure: no database; records are recognised by the shipped names.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from archive.authorities.recognition.recognition import find_mentions
from archive.stories.copies import bands
from archive.stories.evidence import nearest, tie
from archive.stories.traits import LONGEST, NamedRecord, PressReport, Traits, traits
from tools.measured import JudgedScore, judged_rows, read_lines

SAME, OTHER = "same", "other"
OPENING = 150  # code points that two copies begin with


def _score(tied: int, right: int, wanted: int) -> JudgedScore:
    """Of pairs: those that were tied, of these the right ones, those that should be tied."""
    return JudgedScore(tied, right, wanted, right)


def seen(report: PressReport) -> Traits:
    """The traits of a text with the records that are recognised in it."""
    text = f"{report.title}\n\n{report.body[:LONGEST]}"
    return traits(report, [NamedRecord(m.kind, m.record, m.start) for m in find_mentions(text, report.language)])


def stories(path: Path, wanted: frozenset[str] | None = None) -> Iterator[tuple[str, PressReport]]:
    """The stories of a file of JSON lines (`id`, `lang`, `title`, `body` or `text`, `date`), also compressed (.xz)."""
    for line in read_lines(path):
        row = json.loads(line)
        if wanted is None or row["id"] in wanted:
            yield row["id"], _report(row)


def _report(row: Mapping[str, Any], language: str = "ar") -> PressReport:
    day = datetime.date.fromisoformat(row["date"]) if row.get("date") else None
    body = row.get("body") or row.get("text", "")
    return PressReport(row.get("lang", language), day, row.get("title") or body[:80], body)


def judged(path: Path) -> list[tuple[str, str, str]]:
    """`(id, other id, verdict)` of a file of judgments: tab-separated, `#` begins a remark."""
    return [(one, other, verdict) for one, other, verdict in judged_rows(path)]


def score_judged(pairs: Iterable[tuple[str, str, str]], held: Mapping[str, Traits]) -> JudgedScore:
    """The score on judged pairs of which both reports are held."""
    tied = right = wanted = 0
    for one, other, verdict in pairs:
        if one in held and other in held:
            found = tie(held[one], held[other]) is not None
            tied, right, wanted = tied + found, right + (found and verdict == SAME), wanted + (verdict == SAME)
    return _score(tied, right, wanted)


def score_parallel(
    one: Mapping[str, PressReport], other: Mapping[str, PressReport], more: Iterable[tuple[str, str, str]]
) -> JudgedScore:
    """Every report of one language against every report of another; the same identifier is the same story.

    `more` are judged pairs of other identifiers that tell the same event, too. All are taken as of one day, so that no
    date helps.
    """
    day = datetime.date(2018, 9, 30)
    mine = {name: seen(report._replace(language="ar", day=day)) for name, report in one.items()}
    theirs = {name: seen(report._replace(language="fa", day=day)) for name, report in other.items()}
    also = {(one, other) for one, other, verdict in more if verdict == SAME}
    found = [(a, b) for a in mine for b in theirs if tie(mine[a], theirs[b])]
    best = {(a, nearest(mine[a], theirs)) for a in mine}
    back = {(nearest(theirs[b], mine), b) for b in theirs}
    found += sorted({(a, b) for a, b in best & back if a and b} - set(found))
    right = [pair for pair in found if pair[0] == pair[1] or pair in also]
    return _score(len(found), len(right), len(mine.keys() & theirs.keys()) + len(also))


def score_copies(rows: Iterable[PressReport]) -> JudgedScore:
    """Copies found against copies by their opening, among the reports of three days; the opening is a lower bound.

    A pair counts as wanted where both begin with the same 150 code points, are long enough for a signature, and the
    shorter has at least half of the longer.
    """
    held = [(report, traits(report, ())) for report in rows]
    tied = {pair for pair in _meeting(held) if _is_copy(held[pair[0]][1], held[pair[1]][1])}
    wanted = set(_opening(held))
    return _score(len(tied), len(tied & wanted), len(wanted))


def _meeting(held: list[tuple[PressReport, Traits]]) -> set[tuple[int, int]]:
    buckets = defaultdict(list)
    for number, (_report, found) in enumerate(held):
        for value in bands(found.signature):
            buckets[value].append(number)
    return {pair for numbers in buckets.values() for pair in combinations(numbers, 2)}


def _opening(held: list[tuple[PressReport, Traits]]) -> Iterator[tuple[int, int]]:
    groups = defaultdict(list)
    for number, (report, found) in enumerate(held):
        if found.signature and len(report.body) > OPENING:
            groups[report.body[:OPENING]].append(number)
    for numbers in groups.values():
        for one, other in combinations(numbers, 2):
            lengths = sorted((len(held[one][0].body), len(held[other][0].body)))
            apart = [held[one][0].day, held[other][0].day]
            if lengths[0] * 2 >= lengths[1] and all(apart) and abs((apart[0] - apart[1]).days) <= 3:  # type: ignore[operator]
                yield one, other


def _is_copy(one: Traits, other: Traits) -> bool:
    found = tie(one, other)
    return found is not None and found.kind == "copy"
