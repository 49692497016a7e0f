"""Lines broken at a width, as mail programs and old editors break them, become their paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NARROWEST, _WIDEST = 28, 132
"""Characters to a line between which a file may be wrapped; a longer line is a paragraph."""

_FEWEST_JOINTS = 3
_SHARE_FULL = 0.65
_SHARE_STOPPED = 0.4
"""Full lines among those that another follows, and those of them that end a sentence: more are paragraphs."""

_SLACK = 0.88
"""How full, of the widest line, a line is with the first word of the next. Programs that balance lines leave room."""

_STOPS = (".", "؟", "?", "!", "…", ".»", '."')
_DATE = re.compile(r"[0-9۰-۹٠-٩]{4}|[0-9۰-۹٠-٩]{1,2}[/.:][0-9۰-۹٠-٩]{1,2}")
_ITEM = re.compile(r"\s*(?:[-–—*•●]|[0-9۰-۹٠-٩]{1,2}\s?[-.)])\s")


def unwrapped(text: str) -> str:
    """Return the text with the lines of each paragraph joined by a blank, or as it is where lines are paragraphs.

    A file is wrapped if next to no line could have held the first word of the next. A paragraph ends at an empty line,
    before an indented line, and at a line that had room.

    >>> unwrapped("باكو، 26 أكتوبر 2020")
    'باكو، 26 أكتوبر 2020'
    """
    lines = text.split("\n")
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    if len(lengths) <= _FEWEST_JOINTS or not _NARROWEST <= lengths[-1] <= _WIDEST:
        return text
    width = lengths[-1 - len(lengths) // 20]
    pairs = [(one, other) for one, other in _pairs(lines) if not _opens(one, other)]
    full = [one for one, other in pairs if _is_full(one, other, width)]
    stopped = sum(line.rstrip().endswith(_STOPS) for line in full)
    if len(full) < _FEWEST_JOINTS or len(full) < _SHARE_FULL * len(pairs) or stopped > _SHARE_STOPPED * len(full):
        return text
    return "\n".join(_joined(lines, width))


def _pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each line with the one right below it, where both have words, but for the two lines that head a file."""
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    for at in range(first + 1, len(lines) - 1):
        if lines[at].strip() and lines[at + 1].strip():
            yield lines[at], lines[at + 1]


def _joined(lines: Sequence[str], width: int) -> Iterator[str]:
    paragraph = ""
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else ""
        paragraph = f"{paragraph} {line.strip()}" if paragraph else line.rstrip()
        goes_on = line.strip() and below.strip() and not _opens(line, below) and _is_full(line, below, width)
        if not goes_on:
            yield paragraph
            paragraph = ""


def _is_full(line: str, below: str, width: int) -> bool:
    """Tell whether the first word of the line below would not have fitted in."""
    return len(line.strip()) + 1 + len(below.split(maxsplit=1)[0]) > _SLACK * width


def _opens(line: str, below: str) -> bool:
    """Tell whether the line below begins something new: it is indented further, an item of a list, or a dateline."""
    if len(below) - len(below.lstrip()) > len(line) - len(line.lstrip()) or _ITEM.match(below):
        return True
    return len(below.split()) <= 5 and _DATE.search(below) is not None and not below.rstrip().endswith((".", "،"))
