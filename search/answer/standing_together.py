"""Which matches are words that stand side by side, as the reader typed them, and which are alone; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, permutations

from search.analysis.asking import is_small
from search.analysis.passage import WordMatch
from search.answer.matching import is_joint

Range = tuple[int, int]
Run = list[tuple[Range, list[WordMatch]]]  # neighbouring ranges, each with its hits


def alone(texts: Sequence[tuple[str, Sequence[Range], Iterable[WordMatch]]]) -> list[frozenset[Range]]:
    """Of each text with its ranges and the hits in them, the ranges whose word stands beside another elsewhere.

    Of «وزير الدفاع» these are every «وزير» of a report that is not followed by «الدفاع», if the report has «وزير
    الدفاع» at all, in whichever of its texts. Function words make no company: «في» of «في قطر».
    """
    runs = [list(_runs(text, ranges, hits)) for text, ranges, hits in texts]
    together = (run for run in chain.from_iterable(runs) if _is_company(run))
    beside = {hit.asked for run in together for _range, hits in run for hit in hits}
    return [
        frozenset(where for run in found if not _is_company(run) for where, hits in run if _is_lonely(hits, beside))
        for found in runs
    ]


def _is_lonely(hits: Sequence[WordMatch], beside: set[str]) -> bool:
    """Not where a record stands and no word was asked, nor where a text writes several words as one."""
    return bool(hits) and all(hit.asked in beside and hit.reason != "joined" for hit in hits)


def _is_company(run: Run) -> bool:
    """Whether a run answers two words of the question, one behind the other."""
    asked: dict[Range, set[str]] = {}
    for hit in chain.from_iterable(hits for _range, hits in run):
        if not is_small(hit.asked):
            asked.setdefault((hit.start, hit.end), set()).add(hit.asked)
    first_end: dict[frozenset[str], int] = {}
    last_start: dict[frozenset[str], int] = {}
    for (start, end), words in asked.items():
        key = frozenset(words)
        first_end[key] = min(end, first_end.get(key, end))
        last_start[key] = max(start, last_start.get(key, start))
    return any(first_end[one] <= last_start[other] for one, other in permutations(first_end, 2))


def _runs(text: str, ranges: Sequence[Range], hits: Iterable[WordMatch]) -> Iterator[Run]:
    """Ranges in order, those that only a joint keeps apart together."""
    inside = _inside(ranges, hits)
    run: Run = []
    for where in ranges:
        if run and not is_joint(text[run[-1][0][1] : where[0]]):
            yield run
            run = []
        run.append((where, inside[where]))
    if run:
        yield run


def _inside(ranges: Sequence[Range], hits: Iterable[WordMatch]) -> Mapping[Range, list[WordMatch]]:
    """The hits in each range; none in what is marked because a record stands there."""
    found: dict[Range, list[WordMatch]] = {where: [] for where in ranges}
    waiting = iter(ranges)
    where = next(waiting, None)
    for hit in sorted(hits):
        while where and where[1] < hit.end:
            where = next(waiting, None)
        if where:
            found[where].append(hit)
    return found
