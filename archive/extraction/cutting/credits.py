"""Who wrote a report, which agency sent it, from where: «كتبت منى أحمد», «باريس - رويترز», «الدوحة 19 أكتوبر /قنا/»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.extraction.cutting.line_patterns import AGENCIES, WRITTEN
from archive.extraction.dates.datelines import is_dateline
from archive.extraction.page.folding import fold
from archive.extraction.page.lines import Page, PageLine
from archive.extraction.page.types import Evidence, Removed

_PLACE = r"(?P<place>[^\W\d_]+(?:\s[^\W\d_]+){0,2})"
_AGENCY = rf"(?P<agency>{AGENCIES})"
_LINE = re.compile(
    rf"(?:next previous\s)?[(\[]?(?:{_PLACE}\s?[-–—/|،:(]+\s?)?[«“\"(]?{_AGENCY}[»”\")]?\s?[)\]:]?(?:\s?[-–—])?"
)
_OPENING = (
    re.compile(rf"{_PLACE}(?:[\s،,]+[0-9]{{1,2}}\s[^\W\d_]+(?:\s[0-9]{{4}})?)?\s?(?:[-–—(/،]\s?)+{_AGENCY}\s?[-–—)/:]"),
    re.compile(rf"[(/]\s?{_AGENCY}\s?[)/]"),
)
_NAMED = re.compile(
    rf"{WRITTEN}\s*[:/|\-–—]*\s+(?P<byline>\S.{{1,60}}?)(?:\s?[-–،/|]\s?(?P<place>[^\W\d_]+(?:\s[^\W\d_]+)?))?"
)
_NAME = re.compile(r"(?P<byline>[^\W\d_]{2,}\.?(?:\s[^\W\d_]{2,}){1,4})")
_NO_NAME = re.compile(
    r"(?:سياس|اقتصاد|اخبار|خبر|رياض|ثقاف|الرئيسي|محلي|دولي|عاجل|شارك|تعليق|مشاهد|كتب|admin|editor|news|staff)"
)
_VAGUE = re.compile(r"(?:ال)?وكالات")
"""«عواصم - وكالات» names no agency."""


@dataclass(frozen=True, slots=True)
class Credits:
    """Byline, agency and place as printed, each where it stands; None for what the page does not say."""

    byline: Evidence | None = None
    agency: Evidence | None = None
    place: Evidence | None = None


def find_credits(page: Page, removed: Sequence[Removed], paragraphs: Sequence[PageLine]) -> Credits:
    """Return the first byline, agency and place: of lines cut as byline, of the opening words, of the metadata.

    The opening words of a report stay in its text.
    """
    found: dict[str, Evidence] = {}
    for name, evidence in (*_of_lines(removed), *_of_opening(paragraphs)):
        if not (name == "agency" and _VAGUE.fullmatch(fold(evidence.text))):
            found.setdefault(name, evidence)
    author = page.fact("author")
    if author and _NAME.fullmatch(author.text) and not _NO_NAME.match(fold(author.text)):
        found.setdefault("byline", author)
    return Credits(**found)


def _of_lines(removed: Sequence[Removed]) -> Iterator[tuple[str, Evidence]]:
    for cut in removed:
        if cut.rule != "byline" or is_dateline(cut.text):
            continue
        folded = fold(cut.text).strip()
        match = _LINE.fullmatch(folded) or _NAMED.fullmatch(folded) or _NAME.fullmatch(folded)
        if match and not (match.re is _NAME and _NO_NAME.match(folded)):
            yield from _parts(match, cut.text, cut.start, "byline")


def _of_opening(paragraphs: Sequence[PageLine]) -> Iterator[tuple[str, Evidence]]:
    for line in paragraphs[:1]:
        for pattern in _OPENING:
            if match := pattern.match(fold(line.text[:120])):
                yield from _parts(match, line.text, line.start, "wire-dateline")
                return


def _parts(match: re.Match[str], text: str, offset: int, rule: str) -> Iterator[tuple[str, Evidence]]:
    for name, value in match.groupdict().items():
        if value and value.strip():
            start, end = match.span(name)
            yield name, Evidence(text[start:end], offset + start, offset + end, rule)
