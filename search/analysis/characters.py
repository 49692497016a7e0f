"""The classes of code points the analyzer is built on: letters, marks and what is ignored inside a word."""

from __future__ import annotations

from typing import Final

# Ranges are written for use inside a regular expression's square brackets.
ARABIC_LETTERS: Final = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u0673\u0675-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u08a0-\u08b4\u08b6-\u08c7\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufdf0-\ufdfd\ufe70-\ufefc"
)
MARKS: Final = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
)
TATWEEL: Final = "\u0640"
ZWNJ: Final = "\u200c"
ZWJ: Final = "\u200d"
SOFT_HYPHEN: Final = "\u00ad"
NOT_SIGN: Final = "\u00ac"

# Tatweel, zero-width characters, bidi controls, word joiner, byte order mark, soft hyphen, variation selectors.
IGNORED: Final = "\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u061c\ufeff\u00ad\u034f\ufe00-\ufe0f"

# What writers and publishers used for the half-space: ZWNJ, soft hyphen, zero width space, NOT SIGN.
SOFT_BREAKS: Final = ZWNJ + SOFT_HYPHEN + "\u200b" + NOT_SIGN

# Isolated presentation marks; NFKC would turn each into a space and a mark.
PRESENTATION_MARKS: Final = "\ufe70-\ufe7f\ufc5e-\ufc63\ufcf2-\ufcf4"
FIRST_PRESENTATION_FORM: Final = "\ufb50"

PERSIAN_ONLY: Final = "پچژگ"
