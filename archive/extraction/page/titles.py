"""Which lines head the article, and where the page prints them again."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extraction.page.folding import fold, key

LONGEST_TITLE = 220
LONGEST_KICKER = 90
_LONGEST_WITH_STOP = 120
"""Characters of the longest title that ends in a full stop."""

_LONGEST_BELOW_KICKER = 160
_SHORTEST_REPEAT = 12
"""Letters of the shortest title that is sought at the head of a paragraph."""

_FEW_WORDS = 3
"""A single word above a line of more words than this is the name of a section: «سياسة», «سیاسی»."""

_OPENERS = ("به گزارش", "بگزارش", "به نقل از", "حسب", "بحسب", "ذكر ", "ذكرت", "افاد", "افادت")
_SUFFIXES = ("اي", "ها", "هاي", "ان", "ات", "ه", "ي", "هم", "ين", "ون", "هاي", "اش", "ند")


def choose_heading(lines: Sequence[str], roles: Sequence[str]) -> tuple[int | None, int | None]:
    """Return the indices of kicker and title among the lines that remain, None for one that is missing.

    The title is the first line, or the one that the markup calls title; a short line that ends in a colon or a
    semicolon, is a single word, or stands above a line printed twice, is the kicker: «امیرعبداللهیان در دیدار
    خلف اف:». A page that opens with a long sentence has no title.
    """
    if not lines:
        return None, None
    if "title" in roles:
        title = roles.index("title")
        above = title - 1
        return (above if above >= 0 and may_be_kicker(lines[above], roles[above]) else None), title
    if len(lines) > 1 and _is_kicker(lines):
        return 0, 1
    return None, (None if _is_sentence(lines[0]) else 0)


def _is_sentence(line: str) -> bool:
    return len(line) > (_LONGEST_WITH_STOP if line.endswith(".") else LONGEST_TITLE)


def _is_kicker(lines: Sequence[str]) -> bool:
    first, second = lines[0], lines[1]
    if len(first) > LONGEST_KICKER or not len(second) > _SHORTEST_REPEAT or _is_sentence(second):
        return False
    if first.endswith((":", "؛", "：")):
        return len(second) <= _LONGEST_BELOW_KICKER and not second.endswith((".", "،", ":", "؛"))
    if len(first.split()) == 1 and len(second.split()) > _FEW_WORDS and len(lines) > 2:
        return True
    repeated = key(second)
    rest = [key(line[: LONGEST_TITLE * 2]) for line in lines[2:8]]
    return any(line.startswith(repeated) for line in rest) and not any(line.startswith(key(first)) for line in rest)


def may_be_kicker(line: str, role: str) -> bool:
    """Whether a line above the title is its kicker: short, and a heading or open to what follows."""
    return len(line) <= LONGEST_KICKER and (line.endswith((":", "؛")) or role == "heading")


def repeated_title(paragraph: str, title: str) -> int:
    """Return where the paragraph's own text begins after a title glued to its head, 0 if there is none.

    The title must be followed by no blank at all, or by an attribution or a dash. A lead that begins with the
    title's words and goes on is a sentence, not a repetition.

    >>> repeated_title("زبان صلح در منطقه شودبه گزارش دفاعپرس، خلف اف", "زبان صلح در منطقه شود")
    21
    >>> repeated_title("زبان صلح در منطقه شود و امنیت", "زبان صلح در منطقه شود")
    0
    """
    end = _prefix_end(paragraph, title)
    if not end or end == len(paragraph):
        return end
    rest = fold(paragraph[end : end + 40])
    stripped = rest.lstrip(' :|-–—.،»"”')
    begins = end + len(rest) - len(stripped)
    if rest[0].isalpha():
        first_word = "".join(filter(str.isalpha, rest.split(" ", 1)[0]))
        return 0 if first_word in _SUFFIXES else end
    separated = rest.lstrip(" ")[:1] in tuple(':|-–—.»"”') and stripped != rest.lstrip(" ")
    return begins if separated or stripped.startswith(_OPENERS) else 0


def _prefix_end(paragraph: str, title: str) -> int:
    """Return the offset at which the title's letters have all been read at the head of the paragraph, 0 if not."""
    wanted = key(title)
    if len(wanted) < _SHORTEST_REPEAT:
        return 0
    read = 0
    for offset, character in enumerate(paragraph[: 2 * len(title) + 8]):
        letters = key(character)
        if letters and letters != wanted[read]:
            return 0
        read += len(letters)
        if read == len(wanted):
            return offset + 1
    return 0
