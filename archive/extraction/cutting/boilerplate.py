"""Which lines of a page are not the article: counters, headings of other articles, share bars, prompts.

Lines are judged by what they say, then by where they stand. Every rule has a stable name, kept with each receipt:

``view-counter``, ``reading-time``, ``comment-counter``, ``item-code``, ``page-address``, ``dateline``,
``transmission-time``, ``end-of-message``, ``share-bar``, ``gallery-control``, ``tag-list``, ``author-contact``,
``photo-credit``, ``follow-prompt``, ``source-line``, ``copyright``, ``cookie-banner``, ``advertisement``,
``more-link``, ``category``, ``navigation``, ``breadcrumb``, ``back-to-top``, ``feedback-prompt``,
``related-heading``, ``related-list``, ``latest-heading``, ``popular-heading``, ``after-article``, ``ornament``,
``label``, ``caption``, ``quoted-post``,
``repeated-title``, ``repeated-kicker``, ``repeated-paragraph``; of markup also ``page-metadata``, ``link-list``,
``byline``, ``post-meta``, ``footer``, ``sidebar``, ``form``, ``comments`` and ``outside-article``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from archive.extraction.cutting.line_patterns import CLOSING_MARK, COUNTER_AT_END, GAP, LABEL_INSIDE, PATTERNS
from archive.extraction.cutting.phrases import RULE_OF_PHRASE, SHARE_NAMES, SHARE_WORDS
from archive.extraction.dates.datelines import is_clock, is_dateline
from archive.extraction.page.folding import fold, key

LONGEST_LINE = 200
"""Characters of the longest line that is judged by its words; anything longer is running text."""

_MARKS = re.compile("[\u064b-\u0655\u0670]")
_ORNAMENTS = " ◀◄◁▶►»«›‹•▪■□●○◆★☆*-–—|<>()[]…#+_~"
_HEADLINE = 150
_PARAGRAPH = 60
_LISTS = {"related-heading", "latest-heading", "popular-heading", "feedback-prompt"}
_CLOSERS = {"latest-heading", "popular-heading", "feedback-prompt"}


@lru_cache(maxsize=4096)  # a line is asked about where it stands, in its box, and as a title
def rule_for(line: str) -> str:
    """Return the name of the rule that cuts a line for what it says, "" for a line of the article.

    One NFC line without blanks at its ends; datelines are judged by ``datelines``.

    >>> rule_for("قرأ 604"), rule_for("مواضيع:"), rule_for("پایان پیام/ 161")
    ('view-counter', 'related-heading', 'end-of-message')
    >>> rule_for("قرأ السفير البيان")
    ''
    """
    if len(line) > LONGEST_LINE:
        return ""
    bare = key(line)
    if not bare:
        return "ornament"
    if bare in RULE_OF_PHRASE:
        return RULE_OF_PHRASE[bare]
    words = [word for word in map(key, re.split(r"[\s/|،,:+\-–]+", line)) if word]
    if all(word in SHARE_WORDS or word.isdecimal() for word in words) and any(word in SHARE_NAMES for word in words):
        return "share-bar"
    folded = _MARKS.sub("", fold(line)).strip()
    for form in dict.fromkeys((folded, folded.strip(_ORNAMENTS))):  # «◀ اقرأ أيضا: …», «(اقرأ أيضا: …)»
        if rule := next((rule for rule, pattern in PATTERNS if pattern.fullmatch(form)), ""):
            return rule
    return ""


def segments(line: str) -> list[tuple[int, int, str]]:
    """Return the parts of a furniture line that holds several things, each with its rule; [] if one is article text.

    Offsets into the line. «26 اكتوبر 2020    قرأ 604» is a dateline and a counter; «26 أكتوبر 2020 | 10:45» is one
    dateline, for the hour is joined to the day it stands beside.
    """
    for border in (GAP, LABEL_INSIDE, COUNTER_AT_END) if len(line) <= LONGEST_LINE else ():
        bounds = _split(line, border, keep=border is not GAP)
        judged = [(start, end, _short_rule(line[start:end])) for start, end in bounds]
        if len(bounds) < 2 or not all(rule for _, _, rule in judged):
            continue
        joined: list[tuple[int, int, str]] = []
        for start, end, rule in judged:
            both = {rule, joined[-1][2]} if joined else set()
            if "dateline" in both and both <= {"dateline", "transmission-time"}:
                joined[-1] = (joined[-1][0], end, "dateline")
            else:
                joined.append((start, end, rule))
        return joined
    return []


def _short_rule(part: str) -> str:
    return rule_for(part) or ("dateline" if is_dateline(part) else "transmission-time" if is_clock(part) else "")


def _split(line: str, border: re.Pattern[str], *, keep: bool = False) -> list[tuple[int, int]]:
    """Return the non-blank ranges between the borders; with ``keep`` a border opens the next range."""
    bounds, start = [], 0
    for match in border.finditer(fold(line) if keep else line):
        bounds.append((start, match.start()))
        start = match.start() if keep else match.end()
    bounds.append((start, len(line)))
    parts = ((start, end, line[start:end]) for start, end in bounds if line[start:end].strip())
    return [(end - len(part.lstrip()), start + len(part.rstrip())) for start, end, part in parts]


def closing_mark(paragraph: str) -> int:
    """Return where an end-of-message mark begins that closes a paragraph, the paragraph's length if there is none.

    >>> closing_mark("برگزار می‌شود. انتهای پیام/")
    15
    """
    tail = max(0, len(paragraph) - 60)
    match = CLOSING_MARK.search(fold(paragraph[tail:]))
    if not match or tail + match.start() == 0:
        return len(paragraph)
    return tail + match.start() + (len(match[0]) - len(match[0].lstrip()))


def _goes_on(line: str) -> bool:
    """Tell a paragraph right below a heading that closes pages: the heading was a button inside the article."""
    return len(line) >= _PARAGRAPH and line.endswith((".", "؟", "»", ".»"))


def judge_places(lines: Sequence[str], rules: Sequence[str]) -> list[str]:
    """Return the rules again, with the lines added that are cut for where they stand.

    Below a heading of other articles its headlines go: short lines without the full stop of a sentence, up to the
    next paragraph. Below a heading that closes pages («آخرین اخبار», «التعليقات») all goes, provided that most of
    the article's text stands above it, and that the article does not go on right below with a paragraph.
    """
    judged = list(rules)
    sizes = [0 if rule else len(line) for line, rule in zip(lines, rules, strict=True)]
    total, above = sum(sizes), 0
    in_list = closed = False
    opened = -1
    for index, (line, rule) in enumerate(zip(lines, rules, strict=True)):
        above += sizes[index]
        if rule in _LISTS:
            in_list = True
            closed = closed or (rule in _CLOSERS and 2 * above > total)
            opened = index
        elif not rule and closed and opened == index - 1 and _goes_on(line):
            closed = in_list = False
        elif not rule and closed:
            judged[index] = "after-article"
        elif not rule and in_list:
            in_list = len(line) <= _HEADLINE and not line.endswith((".", "،", ":", "؛"))
            judged[index] = "related-list" if in_list else ""
    return judged
