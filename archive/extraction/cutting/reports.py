"""How many reports a file holds: a bulletin of several, each with its title and its date, is not one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.extraction.cutting.boilerplate import rule_for
from archive.extraction.dates.datelines import is_dateline, is_labelled, is_relative
from archive.extraction.page.article_stretch import weight_of
from archive.extraction.page.lines import PageLine

_LONGEST_TITLE = 160
_LEAST_TEXT = 150
"""Characters of running text that a report of its own has below its title and date."""

_LINES_BESIDE = 2
"""How many lines a dateline may stand from its title: a byline or a code may come between."""

_OTHERS = frozenset(
    "page-metadata related-list comments sidebar quoted-post navigation form cookie-banner footer".split()
)
_STOPS = (".", "،", "؛", "!", "؟", "…")


def count_reports(lines: Sequence[PageLine], *, is_markup: bool) -> int:
    """Return how many dated reports stand in the lines one below the other, boxes of furniture aside.

    A report is a title, a dateline within two lines of it, and running text of 150 characters. In markup a title is a
    heading that leads nowhere, or <h1>; in plain text a short line without the full stop of a sentence, behind an empty
    line. Dates between the paragraphs of one report, as in a chronicle, have no title of their own.
    """
    shown = [line for line in lines if line.outside not in _OTHERS and not line.is_link]
    heads = _heads(shown, is_markup=is_markup)
    weights = [
        sum(_weight(line) for line in shown[head + 1 : below])
        for head, below in zip(heads, [*heads, len(shown)][1:], strict=True)
    ]
    largest = max(weights, default=0)
    return sum(weight >= _LEAST_TEXT and 4 * weight >= largest for weight in weights)


def _weight(line: PageLine) -> int:
    return weight_of(replace(line, outside="" if line.outside == "outside-article" else line.outside))


def _heads(lines: Sequence[PageLine], *, is_markup: bool) -> list[int]:
    """Return the titles that have a dateline of their own; of two above one dateline the nearer."""
    found: list[int] = []
    dates = [at for at, line in enumerate(lines) if line.role in ("", "heading", "title") and _is_day(line.text)]
    for date in dates:
        nearest = range(date - 1, max(-1, date - 2 - _LINES_BESIDE), -1)
        above = next((at for at in nearest if _is_title(lines, at, is_markup)), None)
        if above is None and date + 1 < len(lines) and _is_title(lines, date + 1, is_markup):
            above = date + 1
        if above is not None and above not in found:
            found.append(above)
    return found


def _is_day(line: str) -> bool:
    """A relative time («قبل 14 ساعة») stands below a film or a teaser inside a report: it dates none of its own."""
    return is_dateline(line) and not is_relative(line) and any(character.isdecimal() for character in line)


def _is_title(lines: Sequence[PageLine], at: int, is_markup: bool) -> bool:
    line = lines[at]
    if len(line.text) > _LONGEST_TITLE or rule_for(line.text) or _is_day(line.text) or is_labelled(line.text):
        return False
    if is_markup:
        return line.role in ("title", "heading") and line.outside in ("", "outside-article")
    return len(line.text.split()) > 2 and not line.text.endswith(_STOPS)
