"""How near a reading of a page comes to the right one, and the means over outlets."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import fmean
from typing import NamedTuple

from tools.extraction.pages import JudgedPage, Reading


class Score(NamedTuple):
    """From 0 to 1 each; none where the page is not judged in this."""

    title: float | None
    day: float | None
    source: float | None
    precision: float | None
    recall: float | None
    f1: float | None

    @property
    def overall(self) -> float:
        """The mean of what is judged, by which the worst pages are told."""
        return _mean(self) or 0.0


def words(text: str) -> list[str]:
    """The words that are compared: without case, punctuation, harakat and the form of letters; «قال» once a time."""
    bare = (c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c) and c != "ـ")
    return re.findall(r"\w+", "".join(bare).translate(str.maketrans("يىك", "ییک")))


def score(page: JudgedPage, reading: Reading) -> Score:
    """A title is right with the same words, a source with the same letters as one of its names, a day to the day.

    The body is compared by words, each as often as it stands there. Lines that repeat the title count for nobody.
    """
    title = words(page.title)
    wanted = Counter(words("\n".join(page.body)))
    given = Counter(words("\n".join(line for line in reading.body.splitlines() if words(line) != title)))
    common = (wanted & given).total()
    precision = common / given.total() if given else 0.0
    recall = common / wanted.total() if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if common else 0.0
    names = {"".join(words(name)) for name in page.source}
    return Score(
        title=float(words(reading.title) == title),
        day=float(reading.day == page.day) if page.day else None,
        source=float("".join(words(reading.source)) in names) if names else None,
        precision=precision,
        recall=recall,
        f1=f1,
    )


def mean_over_outlets(scored: Iterable[tuple[JudgedPage, Score]]) -> Score:
    """The mean of the outlets' means, so that an outlet with many pages weighs no more than others."""
    by_outlet = defaultdict(list)
    for page, found in scored:
        by_outlet[page.outlet].append(found)
    return Score(*(_mean(_mean(column) for column in columns) for columns in _columns(by_outlet.values())))


def _columns(outlets: Iterable[list[Score]]) -> list[list[list[float | None]]]:
    """For each of the figures, its values of each outlet."""
    held = list(outlets)
    return [[[found[figure] for found in outlet] for outlet in held] for figure in range(len(Score._fields))]


def _mean(values: Iterable[float | None]) -> float | None:
    judged = [value for value in values if value is not None]
    return fmean(judged) if judged else None
