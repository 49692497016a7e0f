"""From bytes to one article: decode, read the page's lines, cut the boilerplate, name the parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archive.extraction.cutting.addresses import find_address, find_item_code
from archive.extraction.cutting.attribution import find_source
from archive.extraction.cutting.boilerplate import closing_mark, judge_places, rule_for, segments
from archive.extraction.cutting.credits import find_credits
from archive.extraction.cutting.reports import count_reports
from archive.extraction.cutting.small_print import (
    HEAD,
    NOWHERE,
    TAIL,
    TOP,
    Zones,
    facts_in_boxes,
    joined_clock,
    mixed,
    zones,
)
from archive.extraction.dates.datelines import is_clock, is_dateline, is_labelled, wire_dateline
from archive.extraction.dates.outlet_zones import zone_of_address
from archive.extraction.page.characters import clean
from archive.extraction.page.containers import refuse_container
from archive.extraction.page.encodings import MAX_BYTES, decode
from archive.extraction.page.errors import MisreadText, NoArticle, SeveralArticles
from archive.extraction.page.folding import key
from archive.extraction.page.html import looks_like_markup, read_markup
from archive.extraction.page.languages import guess_language
from archive.extraction.page.lines import Page, PageLine, line_at, read_plain
from archive.extraction.page.misreading import is_misread
from archive.extraction.page.titles import choose_heading, repeated_title
from archive.extraction.page.types import Evidence, ExtractedArticle, PageSpan, Removed
from archive.extraction.page.wrapping import unwrapped

LINES_BESIDE_TITLE = 6
"""How many lines from the top a dateline that also names a place may stand."""

_LONG = 200
_SEVERAL, _MIXED = "several", "mixed"
"""Stand for the rules of a line that is taken apart; never the rule of a receipt."""

_NO_TITLES = ("byline", "label", "related-list", "feedback-prompt", "follow-prompt")
_LONGEST_LABEL = 4
_PLACE_LINE = re.compile(
    r"[^\W\d_]+(?:\s[^\W\d_]+)?\s?[-–—ـ/:(]+\s?[«“(]?[^\W\d_]+(?:\s[^\W\d_]+){0,2}[»”)]?\s?[:\-–—]?"
)
"""«القاهرة - أحمد سالم:», «الرباط (المرفأ)»: a line right below the title."""

_FACTS = ("dateline", "transmission-time", "item-code", _SEVERAL)
_SUBHEADING = 100
_SENTENCE_ENDS = (".", "؟", "?", "!", "…", "»", "”", '"', "،", ":", "؛")


@dataclass
class _Cutting:
    """The page on the table: which lines are left, what was cut, and the datelines met on the way."""

    page: Page
    where: Zones
    kept: list[PageLine] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    date_lines: list[Evidence] = field(default_factory=list)

    def cut(self, start: int, end: int, rule: str) -> None:
        text = self.page.text[start:end]
        self.removed.append(Removed(text, start, end, rule))
        if rule == "dateline":
            self.date_lines.append(Evidence(text, start, end, rule))

    def cut_line(self, line: PageLine, rule: str) -> None:
        self.cut(line.start, line.end, rule)


def extract(
    payload: bytes, *, name: str = "", declared_encoding: str | None = None, max_bytes: int = MAX_BYTES
) -> ExtractedArticle:
    """Return the article that a captured page holds.

    ``payload`` is the page as received, plain text or HTML, told apart by its content; ``name`` is its file name,
    a hint only. Raises ``ExtractionError`` and nothing else. See ``ExtractedArticle`` for the state of the text.
    """
    decoded = decode(payload, declared_encoding, max_bytes=max_bytes)
    refuse_container(decoded.text, name)
    is_markup = looks_like_markup(decoded.text, name)
    page = read_markup(decoded.text) if is_markup else read_plain(unwrapped(decoded.text))
    if (number := count_reports(page.lines, is_markup=is_markup)) > 1:
        raise SeveralArticles(number=number)
    cutting = _Cutting(page, zones(page.lines))
    _cut_furniture(cutting)
    kicker, title = _take_heading(cutting)
    _cut_repetitions(cutting, kicker, title)
    _cut_closing_marks(cutting)
    article = [line.text for line in (kicker, title, *cutting.kept) if line]
    if is_misread(article or [line.text for line in page.lines]):
        raise MisreadText()
    if not any(character.isalpha() for line in article for character in line):
        raise NoArticle()
    return _assembled(cutting, kicker, title, decoded.encoding)


def arrange(title: str, body: str, kicker: str = "") -> ExtractedArticle:
    """Return the article of a record that names its parts: they stay as given, and are not searched for boilerplate.

    Cut is only what says the title again, and a dateline between it and the text. Raises ``NoArticle`` for no text,
    ``MisreadText`` for letters that are not those of the author.
    """
    head = [clean(part).replace("\n", " ") for part in (kicker, title)]
    page = read_plain("\n".join((*head, clean(body))))
    lines = list(page.lines)
    above = [lines.pop(0) if part.strip() else None for part in head]
    cutting = _Cutting(page, zones(page.lines))
    for place, line in enumerate(lines):
        if place < len(above) and is_dateline(line.text):
            cutting.cut_line(line, "dateline")
        else:
            cutting.kept.append(line)
    given = list(cutting.kept)
    _cut_repetitions(cutting, above[0], above[1])
    if not cutting.kept and given:  # a post whose text is its title
        cutting.kept, cutting.removed = given, [cut for cut in cutting.removed if cut.rule == "dateline"]
    if is_misread(line.text for line in (*above, *cutting.kept) if line):
        raise MisreadText()
    if not any(character.isalpha() for line in cutting.kept for character in line.text):
        raise NoArticle()
    return _assembled(cutting, above[0], above[1], "utf-8")


def _cut_furniture(cutting: _Cutting) -> None:
    """Cut the lines that are not the article's, by what the markup says, what they say and where they stand."""
    inside: list[PageLine] = []
    facts = facts_in_boxes(cutting.page.lines, cutting.where)
    for at, line in enumerate(cutting.page.lines):
        if line.outside and at not in facts:
            cutting.cut_line(line, line.outside)
        else:
            inside.append(line)
    rules = _rules_of(inside)
    rules = [
        _MIXED if line.outside and rule not in _FACTS and mixed(line) else rule
        for line, rule in zip(inside, rules, strict=True)
    ]
    for line, rule in zip(inside, judge_places([line.text for line in inside], rules), strict=True):
        if rule in (_SEVERAL, _MIXED):
            for start, end, part_rule in segments(line.text) if rule == _SEVERAL else mixed(line):
                cutting.cut(line.start + start, line.start + end, part_rule)
        elif rule:
            cutting.cut_line(line, rule)
        else:
            cutting.kept.append(line)


def _rules_of(lines: Iterable[PageLine]) -> list[str]:
    """Return the rule of each line. A bare date is a dateline at the top or the bottom, between paragraphs a text."""
    rules: list[str] = []
    long_seen, content, title, undecided = False, 0, "", []
    for index, line in enumerate(lines):
        at_top = content <= LINES_BESIDE_TITLE and not long_seen
        rule = _own_rule(line, beside_title=at_top and content > 0)
        if not content and rule in _NO_TITLES and len(line.text.split()) > _LONGEST_LABEL:
            rule = ""  # the first line of a text is its title: «تقرير: …»
        elif not rule and content == 1 and _may_be_title(title) and not line.role and _PLACE_LINE.fullmatch(line.text):
            rule = "byline"
        if rule == "dateline" and not at_top and not is_labelled(line.text):
            undecided.append(index)
        rules.append(rule)
        if not rule:
            content += 1
            title = line.text
            long_seen = long_seen or len(line.text) > _LONG
            for above in undecided:
                rules[above] = ""
            undecided.clear()
    return rules


def _may_be_title(line: str) -> bool:
    """Tell a title from a kicker, which is a word or two or is open to what follows."""
    return len(line.split()) >= _LONGEST_LABEL and not line.endswith((":", "؛"))


def _own_rule(line: PageLine, *, beside_title: bool) -> str:
    if line.role in ("title", "quote"):
        return "" if line.role == "title" else rule_for(line.text)
    if is_dateline(line.text):
        return _SEVERAL if any(rule == "item-code" for _, _, rule in segments(line.text)) else "dateline"
    if is_clock(line.text):
        return "transmission-time"
    if rule := rule_for(line.text) or (_SEVERAL if segments(line.text) else ""):
        return rule
    return "dateline" if beside_title and is_dateline(line.text, may_name_place=True) else ""


def _take_heading(cutting: _Cutting) -> tuple[PageLine | None, PageLine | None]:
    lines = cutting.kept
    kicker_at, title_at = choose_heading([line.text for line in lines], [line.role for line in lines])
    kicker = None if kicker_at is None else lines[kicker_at]
    title = None if title_at is None else lines[title_at]
    cutting.kept = [line for line in lines if line is not kicker and line is not title]
    return kicker, title


def _cut_repetitions(cutting: _Cutting, kicker: PageLine | None, title: PageLine | None) -> None:
    """Cut the title and kicker wherever they are printed again, and paragraphs that are printed twice."""
    kept: list[PageLine] = []
    title_key, kicker_key = key(title.text) if title else "", key(kicker.text) if kicker else ""
    seen: set[str] = set()
    for line in cutting.kept:
        line_key = key(line.text)
        if line_key in (title_key, kicker_key, kicker_key + title_key):
            cutting.cut_line(line, "repeated-kicker" if line_key == kicker_key else "repeated-title")
        elif line_key in seen and len(line_key) > 40:
            cutting.cut_line(line, "repeated-paragraph")
        else:
            if begins := repeated_title(line.text, title.text) if title else 0:
                cutting.cut(line.start, line.start + begins, "repeated-title")
                line = replace(line, start=line.start + begins, text=line.text[begins:])
            kept.append(line)
            seen.add(line_key)
    cutting.kept = kept


def _cut_closing_marks(cutting: _Cutting) -> None:
    """Cut the end-of-message mark that agencies set behind the last sentence of the last paragraph."""
    if not cutting.kept:
        return
    last = cutting.kept[-1]
    ends = closing_mark(last.text)
    if ends < len(last.text):
        cutting.cut(last.start + ends, last.end, "end-of-message")
        shorter = line_at(cutting.page.text, last.start, last.start + ends, last.role)
        cutting.kept[-1:] = [shorter] if shorter else []


def _assembled(cutting: _Cutting, kicker: PageLine | None, title: PageLine | None, encoding: str) -> ExtractedArticle:
    page, lines = cutting.page, cutting.kept
    removed = tuple(sorted(cutting.removed, key=lambda cut: (cut.start, cut.end)))
    guess = guess_language("\n".join(line.text for line in (title, *lines) if line))
    code, code_evidence = find_item_code(removed, page)
    address = find_address(page, removed)
    named = [
        PageLine(cut.start, cut.end, cut.text) for cut in removed if cut.rule in ("source-line", "copyright", "footer")
    ]
    credited = find_credits(page, removed, lines)
    return ExtractedArticle(
        page_text=page.text,
        encoding=encoding,
        language=guess.language,
        language_evidence=guess.counts,
        kicker=kicker.text if kicker else "",
        title=title.text if title else "",
        paragraphs=tuple(line.text for line in lines),
        source=find_source(page, named, lines, title.text if title else "", credited.agency),
        item_code=code,
        target_uri=address.text if address else "",
        date_lines=_date_lines(cutting),
        removed=removed,
        paragraph_spans=tuple(PageSpan(line.start, line.end) for line in lines),
        title_span=PageSpan(title.start, title.end) if title else None,
        kicker_span=PageSpan(kicker.start, kicker.end) if kicker else None,
        item_code_evidence=code_evidence,
        target_uri_evidence=address,
        subheadings=_subheadings(lines),
        byline=credited.byline,
        agency=credited.agency,
        place=credited.place,
        zone=zone_of_address(address.text) if address else None,
    )


def _subheadings(lines: list[PageLine]) -> tuple[int, ...]:
    """Return which paragraphs are subheadings: headings of the markup, or short lines above a longer paragraph."""
    found = []
    for index, line in enumerate(lines):
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        short = len(line.text) <= _SUBHEADING and len(below) > 2 * len(line.text)
        if line.role == "heading" or (index > 0 and short and not line.text.endswith(_SENTENCE_ENDS)):
            found.append(index)
    return tuple(found)


def _date_lines(cutting: _Cutting) -> tuple[Evidence, ...]:
    """Return what states the day, in order of trust: datelines below the title, what the markup states, others."""
    facts = [fact for fact in cutting.page.facts if fact.rule in ("meta-published", "time-element")]
    clocks = [(cut.start, cut.end) for cut in cutting.removed if cut.rule == "transmission-time"]
    placed: dict[int, list[Evidence]] = {HEAD: [], TAIL: [], TOP: [], NOWHERE: []}
    for line in sorted(cutting.date_lines, key=lambda line: line.start):
        start, end = joined_clock(cutting.page.text, (line.start, line.end), clocks)
        whole = Evidence(cutting.page.text[start:end], start, end, line.rule)
        placed[cutting.where.of(line.start, line.text)].append(whole)
    wires = []
    for first in cutting.kept[:1]:
        if phrase := wire_dateline(first.text):
            wires.append(Evidence(phrase, first.start, first.start + len(phrase), "wire-dateline"))
    return (*placed[HEAD], *facts, *placed[TAIL], *wires, *placed[TOP])
