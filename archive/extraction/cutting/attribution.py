"""Which outlet the page gives as its source, told from the agencies it quotes.

A page names its source in five places: in its metadata; in its <title>, beside the title; on a line of its own
(«المصدر: …», «منبع: …»); before the text with a colon («خبرگزاری فارس: …»); or
in the words that *open* one of the first paragraphs: «ذكر موقع الشرق أن»,
«حسب AzVision،», «به گزارش دفاعپرس،». An attribution that *closes* or interrupts a sentence credits that one
statement («…، وذلك بحسب ما نقلته وكالة أنباء “تريند”»): such an agency is quoted by the page and is not its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.extraction.cutting import outlet_words as words
from archive.extraction.cutting.site_names import Worth, beside_title, outlet_name
from archive.extraction.page.folding import fold
from archive.extraction.page.lines import Page, PageLine
from archive.extraction.page.types import Evidence, SourceClaim

PARAGRAPHS_READ = 3
"""A short lead or two may stand before the paragraph that names the source."""

_OPENING = 200
_LONGEST_NAME = 6
_SITE_FACTS = ("og:site_name", "publisher", "application-name", "dc.publisher", "site-name")
_HOST = re.compile(r"https?://(?:www\.|m\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)


def find_source(
    page: Page,
    source_lines: Sequence[PageLine],
    paragraphs: Sequence[PageLine],
    title: str = "",
    agency: Evidence | None = None,
) -> SourceClaim | None:
    """Return the page's own source with the words that name it, None where it names none.

    ``source_lines`` are the lines cut as "source-line" and "copyright", ``paragraphs`` the body. A name in the page's
    script goes before a Latin one, and both before a handle, a company, a slogan and the bare address; the agency that
    sent the report stands for an outlet that is not named. From text the name is as
    printed, without the noun for its kind: «موقع الشرق» gives «الشرق».
    """
    stated = [outlet_name(fact) for name in _SITE_FACTS for fact in page.facts if fact.rule == name]
    if fact := page.fact("title"):
        stated += [outlet_name(beside) for beside in beside_title(fact, title)]
    by_worth = {worth: [SourceClaim(name.text, name) for held, name in stated if held == worth] for worth in Worth}
    for claims in (
        by_worth[Worth.GOOD],
        _line_claims(source_lines, paragraphs),
        by_worth[Worth.LATIN],
        _opening_claims(paragraphs),
        [SourceClaim(agency.text, agency)] if agency else [],
        by_worth[Worth.POOR],
    ):
        if claim := next(iter(claims), None):
            return claim
    return _address_claim(page)


def _line_claims(source_lines: Sequence[PageLine], paragraphs: Sequence[PageLine]) -> Iterator[SourceClaim]:
    for line in source_lines:
        for pattern in (words.SOURCE_LINE, words.SOURCE_PLAIN, words.RIGHTS_OF):
            if (match := pattern.fullmatch(fold(line.text))) and not words.NO_NAME.fullmatch(match["name"]):
                yield _claim(line, match, match.start("name"), "source-line")
        if match := words.OUTLET_IN_RIGHTS.search(fold(line.text)) if "©" in line.text or "حقوق" in line.text else None:
            yield _claim(line, match, match.start("name"), "source-line")
    for line in paragraphs[-1:]:
        if match := words.SOURCE_AT_END.search(fold(line.text)):
            yield _claim(line, match, match.start("name"), "source-line")


def _opening_claims(paragraphs: Sequence[PageLine]) -> Iterator[SourceClaim]:
    for place, line in enumerate(paragraphs[:PARAGRAPHS_READ]):
        if claim := _opening_claim(line, is_first=place == 0):
            yield claim


def _address_claim(page: Page) -> SourceClaim | None:
    """Return the host of the page's own address, where nothing else names the outlet: "isna.ir"."""
    fact = page.fact("canonical", "og:url")
    match = _HOST.match(fact.text) if fact else None
    if not fact or not match:
        return None
    start = fact.start + match.start("host")
    return SourceClaim(
        match["host"].lower(), Evidence(match["host"], start, start + len(match["host"]), "page-address")
    )


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
    if not match or not words.ARABIC_SCRIPT.search(opening):
        return None
    _, start = _without_noun(match["name"], match.start("name"))
    return _claim(line, match, start, "opening-prefix")
