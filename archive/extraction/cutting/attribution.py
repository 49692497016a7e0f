"""Which outlet the page gives as its source, told from the agencies it quotes.

A page names its source in four places: in its metadata; on a line of its own («المصدر: …», «منبع: …»); before the
text with a colon («خبرگزاری فارس: …»); or in the words that *open* one of the first paragraphs: «ذكر موقع الشرق أن»,
«حسب AzVision،», «به گزارش دفاعپرس،». An attribution that *closes* or interrupts a sentence credits that one
statement («…، وذلك بحسب ما نقلته وكالة أنباء “تريند”»): such an agency is quoted by the page and is not its source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.extraction.cutting import outlet_words as words
from archive.extraction.page.folding import fold
from archive.extraction.page.lines import Page, PageLine
from archive.extraction.page.types import Evidence, SourceClaim

PARAGRAPHS_READ = 3
"""A short lead or two may stand before the paragraph that names the source."""

_OPENING = 200
_LONGEST_NAME = 6
_SITE_FACTS = ("og:site_name", "publisher", "application-name", "dc.publisher")


def find_source(page: Page, source_lines: Sequence[PageLine], paragraphs: Sequence[PageLine]) -> SourceClaim | None:
    """Return the page's own source with the words that name it, None where it names none.

    ``source_lines`` are the lines cut as "source-line", ``paragraphs`` the body. The name is as printed, without
    the noun for its kind: «موقع الشرق» gives «الشرق», «به گزارش گروه اخبار داخلی دفاعپرس» gives «دفاعپرس».
    """
    if stated := page.fact(*_SITE_FACTS):
        return SourceClaim(stated.text, stated)
    for line in source_lines:
        if match := words.SOURCE_LINE.fullmatch(fold(line.text)):
            return _claim(line, match, match.start("name"), "source-line")
    for place, line in enumerate(paragraphs[:PARAGRAPHS_READ]):
        if claim := _opening_claim(line, is_first=place == 0):
            return claim
    return None


def _opening_claim(line: PageLine, *, is_first: bool) -> SourceClaim | None:
    opening = fold(line.text[:_OPENING])
    patterns = (*words.ARABIC_CREDITS, *(words.ARABIC_REPORTS if is_first else ()))
    return _persian_claim(line, opening) or _arabic_claim(line, opening, patterns) or _prefixed_claim(line, opening)


def _claim(line: PageLine, match: re.Match[str], name_start: int, rule: str) -> SourceClaim:
    printed = line.text[match.start() : match.end()]
    evidence = Evidence(printed, line.start + match.start(), line.start + match.end(), rule)
    return SourceClaim(line.text[name_start : match.end("name")].strip(" «»“”\"'.،"), evidence)


def _arabic_claim(line: PageLine, opening: str, patterns: Sequence[re.Pattern[str]]) -> SourceClaim | None:
    match = next((found for pattern in patterns if (found := pattern.match(opening))), None)
    if not match:
        return None
    name, kind = match["name"], match.groupdict().get("kind") or ""
    if name.startswith(words.NO_ARABIC_OUTLET) or words.NAMELESS_ARABIC.fullmatch(name):
        return None
    whole = kind.endswith("وكاله") and name.startswith(words.DEFINITE_AGENCY)
    start = match.end("kind") - len("وكاله") if whole else match.start("name")
    return _claim(line, match, start, "opening-attribution")


def _persian_claim(line: PageLine, opening: str) -> SourceClaim | None:
    match = words.PERSIAN_DESK_REPORT.match(opening)
    if not match:
        match = words.PERSIAN_REPORT.match(opening)
        if not match or words.DESK_OF_TWO_SUBJECTS.match(opening, match.start("name")):
            return None
    name, start = match["name"], match.start("name")
    if desk := words.DESK.match(name):
        name, start = desk["name"], start + desk.start("name")
    name, start = _without_noun(name, start)
    if name.startswith(words.NO_PERSIAN_OUTLET) or "روابط عمومي" in name or len(name.split()) > _LONGEST_NAME:
        return None
    return _claim(line, match, start, "opening-attribution")


def _without_noun(name: str, start: int) -> tuple[str, int]:
    noun = words.AGENCY_NOUN.match(name)
    if not noun or name[noun.end() :].startswith(words.NAMED_WITH_NOUN):
        return name, start
    return name[noun.end() :], start + noun.end()


def _prefixed_claim(line: PageLine, opening: str) -> SourceClaim | None:
    match = words.PREFIX.match(opening) or words.DASHED.match(opening)
    if not match:
        return None
    _, start = _without_noun(match["name"], match.start("name"))
    return _claim(line, match, start, "opening-prefix")
