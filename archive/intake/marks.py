"""What a text is known again by: its page's address, its letters, and buckets where nearly the same texts meet."""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from archive.extraction.page.folding import fold
from archive.stories.copies import bands, signature

FEWEST: Final = 40  # letters; a shorter text is no proof that it is the same
NEAR: Final = 0.8  # the share of trigrams from which on two texts are near-identical
_BAND: Final = 8  # values of a band: texts that share .8 meet in 95 of 100 cases, those that share .9 always
_TELLING: Final = 400  # words from the beginning; the rest is looked at where these are alike
_WORD: Final = re.compile(r"[^\W_]+")
_NO_LETTERS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670ـ]+")
_OF_NO_PAGE: Final = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id", re.IGNORECASE)


class Marks(NamedTuple):
    """Signed 64-bit numbers, as a database takes them; 0 and () where there is nothing to be known again by."""

    address: int = 0
    text: int = 0
    buckets: tuple[int, ...] = ()


def marks(address: str, title: str, body: str) -> Marks:
    """The marks of an article: the title counts as its first words. Two encodings of one text have the same."""
    said = words(title, body)
    letters = "".join(said)
    text = _number(letters) if len(letters) >= FEWEST else 0
    return Marks(_number(page_of(address)), text, tuple(bands(signature(said[:_TELLING]), _BAND)))


def words(title: str, body: str) -> list[str]:
    """The words of an article, folded, without vowel marks and punctuation."""
    return _WORD.findall(_NO_LETTERS.sub("", fold(f"{title}\n{body}")))


def share(one: list[str], other: list[str]) -> float:
    """The share of trigrams that two texts have in common, of all that either has."""
    mine, theirs = ({tuple(said[at : at + 3]) for at in range(len(said) - 2)} for said in (one, other))
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def page_of(address: str) -> str:
    """What of an address names the page: two spellings of one address have the same; "" for a site as a whole.

    >>> page_of("http://www.site.example/%D8%A7/?utm_source=x#top") == page_of("https://site.example/ا")
    True
    """
    try:
        parts = urlsplit(address.strip())
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return ""
    asked = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _OF_NO_PAGE.fullmatch(pair[0])))
    host, path = (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/")
    return f"{host}{port}{path}?{asked}" if host and (path or asked) else ""


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True) if text else 0


NO_MARKS: Final = Marks()
