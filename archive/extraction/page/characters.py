"""Characters that never reach stored text: controls, bidi overrides, half characters, endless marks.

Kept as written: letters, digits, vowel marks, tatweel, no-break space, presentation forms, ZWNJ and ZWJ (Persian
spelling needs the one, the shape of an abbreviation such as «ه‍» the other).

Dropped: LEFT-TO-RIGHT MARK, RIGHT-TO-LEFT MARK and ARABIC LETTER MARK as well as the embeddings, overrides and
isolates, because direction is said by ``dir`` and ``lang`` where text is shown, and an invisible mark inside a
name would make two spellings of it, move a full stop, or disguise a word.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

MARKS_KEPT = 8
"""Combining marks kept on one letter. Vocalized Arabic needs three; normalizing endless runs takes quadratic time."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_DROPPED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls but tab and the line ends
    "\u00ad\u200b\u2060-\u2064\ufeff"  # soft hyphen, zero-width space, joiners of no spelling, byte order mark
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction marks, overrides, isolates, deprecated formats
    "\ud800-\udfff"  # halves of surrogate pairs
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: the pictures of icon fonts
    "\ufff9-\uffff\ufdd0-\ufdef"  # interlinear anchors, REPLACEMENT CHARACTER, noncharacters
    "\U0001fffe\U0001ffff\U000e0001-\U000e007f"  # noncharacters, language tags
    "]+"
)
_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]+")


@cache
def _long_runs_of_marks() -> re.Pattern[str]:
    marks = "".join(chr(point) for point in range(sys.maxunicode + 1) if unicodedata.combining(chr(point)))
    return re.compile(f"([{re.escape(marks)}]{{{MARKS_KEPT}}})[{re.escape(marks)}]+")


def clean(text: str) -> str:
    """Return the text as it may be stored: NFC, lines ended by "\\n", no character of those named above.

    Any string in, logical order; linear in its length; idempotent; never raises.

    >>> clean("خلف\\u200cاف\\u202e")
    'خلف\\u200cاف'
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _DROPPED.sub("", text)
    text = _JOINERS.sub(r"\1", text)
    if not text.isascii():
        text = _long_runs_of_marks().sub(r"\1", text)
    return unicodedata.normalize("NFC", text)
