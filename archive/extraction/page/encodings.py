"""From bytes to text: which encoding a page is written in, decided without ever losing a character."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from charset_normalizer import from_bytes

from archive.extraction.page.characters import clean
from archive.extraction.page.errors import BinaryPayload, EmptyPayload, PayloadTooLarge, UndecodablePayload
from archive.extraction.page.signatures import binary_kind

MAX_BYTES = 10_000_000

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_NO_PAGE_ENCODINGS = frozenset({"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "utf-7"})
_ARABIC_ENCODINGS = ("windows-1256", "iso-8859-6")
_FREQUENT = frozenset("الينموتربدعسفهةكقیکشگ")
_MIXED_WORD = re.compile("[\u0621-\u06d3][A-Za-z\u00aa-\u024f]|[A-Za-z\u00aa-\u024f][\u0621-\u06d3]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_HALVES = re.compile("[\ud800-\udfff]")
_SAMPLE = 100_000
_PLAUSIBLE = 0.5


@dataclass(frozen=True, slots=True)
class Decoded:
    """Clean text (see ``characters.clean``) and the encoding it was read in, by its registered name."""

    text: str
    encoding: str


def decode(payload: bytes, declared: str | None = None, *, max_bytes: int = MAX_BYTES) -> Decoded:
    """Return the text of a payload.

    In order: byte order mark; strict UTF-8; UTF-16 known by its zero and Arabic high bytes; then whichever of the
    declared charset, the page's own ``charset=``, windows-1256 and iso-8859-6 reads most like Arabic or Persian;
    at last ``charset_normalizer``. The declaration is a hint: a page declared windows-1256 whose bytes are UTF-8
    is UTF-8. Note that windows-1256 has no U+06CC, so Persian saved in it comes with Arabic yeh.

    Raises ``EmptyPayload``, ``PayloadTooLarge``, ``BinaryPayload``, ``UndecodablePayload``. A page that is cut
    inside a character is undecodable: what else it lost cannot be known.
    """
    if len(payload) > max_bytes:
        raise PayloadTooLarge(size=len(payload), limit=max_bytes)
    if not payload.strip(b" \t\r\n\x0b\x0c\x00"):
        raise EmptyPayload()
    if kind := binary_kind(payload):
        raise BinaryPayload(kind=kind)
    text, encoding = _decoded(payload, declared)
    return Decoded(_checked(text), encoding)


def _decoded(payload: bytes, declared: str | None) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if payload.startswith(mark):
            return _strict(payload[len(mark) :], encoding), encoding
    if wide := _unmarked_utf16(payload):
        return _strict(payload, wide), wide
    try:
        return _strict(payload, "utf-8"), "utf-8"
    except UndecodablePayload:
        if _is_damaged_utf8(payload):
            raise
    if payload.count(b"\x00") > len(payload) // 1000:
        raise BinaryPayload(kind="data")
    return _most_plausible(payload, declared) or _detected(payload)


def _strict(payload: bytes, encoding: str) -> str:
    """Decode without loss. Halves of surrogate pairs pass: joined where two make a character, else dropped later."""
    try:
        text = payload.decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        raise UndecodablePayload(position=error.start) from None
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore") if _HALVES.search(text) else text


def _is_damaged_utf8(payload: bytes) -> bool:
    """Tell UTF-8 with a few bad bytes from another encoding: most of its high bytes still form characters."""
    sample = payload[:_SAMPLE] + payload[-_SAMPLE:]
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd") - sample.count(b"\xef\xbf\xbd")
    good = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
    return good > bad


def _unmarked_utf16(payload: bytes) -> str:
    """Name the UTF-16 of text without a mark: every other byte is 0 (Latin) or 6 (Arabic), or 0x20 (joiners)."""
    sample = payload[:_SAMPLE]
    if len(sample) < 4:
        return ""
    for name, high, low in (
        ("utf-16-le", sample[1::2], sample[0::2]),
        ("utf-16-be", sample[0::2], sample[1::2]),
    ):
        counts = Counter(high)
        known = counts[0] + counts[6] + counts[0x20]
        if known > 0.9 * len(high) and counts[0] + counts[6] > 3 * (low.count(0) + low.count(6)):
            return name
    return ""


def _candidates(payload: bytes, declared: str | None) -> Iterator[str]:
    seen = {"utf-8", "utf-16", "utf-32", "ascii"}
    found = _META_CHARSET.search(payload, 0, 4096)
    named = [declared or "", found[1].decode("ascii") if found else "", *_ARABIC_ENCODINGS]
    for name in named:
        try:
            codec = codecs.lookup(name)
        except (LookupError, ValueError):
            continue
        if codec.name not in seen and codec.name not in _NO_PAGE_ENCODINGS:
            seen.add(codec.name)
            yield name.lower()


def _most_plausible(payload: bytes, declared: str | None) -> tuple[str, str] | None:
    readings = []
    for encoding in _candidates(payload, declared):
        try:
            text = payload.decode(encoding)
        except (ValueError, LookupError):  # "hex" is a codec, but of no text
            continue
        readings.append((plausibility(text), text, encoding))
    best = max(readings, key=lambda reading: reading[0], default=None)
    return (best[1], best[2]) if best and best[0] >= _PLAUSIBLE else None


def plausibility(text: str) -> float:
    """Return how much a reading looks like Arabic or Persian: from 1.0 (wholly) down to below 0 (noise).

    The share of frequent letters among all letters, less the words that mix scripts and the control characters,
    which a wrong code page strews between the letters.
    """
    sample = text[:_SAMPLE]
    letters = [character for character in sample if character.isalpha() and character > "\x7f"]
    if not letters:
        return 0.0
    noise = 4 * len(_MIXED_WORD.findall(sample)) + 8 * len(_CONTROLS.findall(sample)) + 8 * sample.count("\ufffd")
    return (sum(letter in _FREQUENT for letter in letters) - noise) / len(letters)


def _detected(payload: bytes) -> tuple[str, str]:
    guess = from_bytes(payload[:_SAMPLE]).best()
    if guess is not None:
        with suppress(UnicodeError, LookupError):
            text = payload.decode(guess.encoding)
            if text and plausibility(text) >= _PLAUSIBLE:
                return text, guess.encoding.replace("_", "-")
    if len(_BINARY_BYTES.findall(payload, 0, _SAMPLE)) > min(len(payload), _SAMPLE) // 50:
        raise BinaryPayload(kind="data")
    raise UndecodablePayload(position=next((index for index, byte in enumerate(payload) if byte > 0x7F), 0))


_BINARY_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _checked(text: str) -> str:
    """Return clean text, or refuse what is mostly controls, or was damaged before it was captured."""
    controls = len(_CONTROLS.findall(text))
    if controls > 4 and controls > len(text) // 20:
        raise BinaryPayload(kind="data")
    if text.count("\ufffd") > 2 + len(text) // 500:
        raise UndecodablePayload(position=len(text[: text.index("\ufffd")].encode("utf-8", "ignore")))
    cleaned = clean(text)
    if not cleaned.strip():
        raise EmptyPayload()
    return cleaned
