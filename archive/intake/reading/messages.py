"""What e-mails and web archives share: MIME headers in any spelling, and parts as bytes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final

_HEADER: Final = re.compile(
    rb"^(?:From|To|Cc|Date|Subject|Message-ID|MIME-Version|Content-Type|Content-Transfer-Encoding|Received|Return-Path"
    rb"|Reply-To|Delivered-To|Sender|List-[\w-]+|DKIM-Signature|Snapshot-Content-Location|X-[\w-]+):",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(rb"^[\x21-\x39\x3b-\x7e]+:|^[ \t]")
_TELLING: Final = (b"subject", b"date", b"message-id", b"mime-version", b"content-type", b"received", b"from")


def opens_a_message(head: bytes) -> bool:
    """Whether a file begins with the headers of a message: three of the usual ones, and nothing else before a blank."""
    lines = head.replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n").split(b"\n")
    if lines and lines[0].startswith(b"From ") and b"@" in lines[0]:
        lines = lines[1:]
    blank = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    block = lines[:blank] if blank < len(lines) else lines[:-1]
    if not block or not all(_FIELD.match(line) for line in block):
        return False
    names = {line.partition(b":")[0].lower() for line in block if _HEADER.match(line)}
    return len(names & set(_TELLING)) >= 2 and len(names) >= 3


def parsed(payload: bytes) -> Message:
    return message_from_bytes(payload.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))


# Python's own writer leaves the blank at which it folds a line outside of the encoded words, where it is nothing.
_FOLDED_AT_BLANK: Final = re.compile(r"\?=\r?\n {2}=\?")


def header(message: Message, name: str) -> str:
    """A header as text, encoded words and bare bytes decoded, on one line; "" where it is missing.

    >>> header(parsed(b"Subject: =?utf-8?b?2K7YqNix?=\\n\\n"), "subject")
    'خبر'
    """
    raw = next((str(value) for held, value in message.raw_items() if held.lower() == name.lower()), "")
    raw = _FOLDED_AT_BLANK.sub("?= =?utf-8?q?_?= =?", raw)
    parts = []
    try:
        for word, charset in decode_header(re.sub(r"\r?\n(?=[ \t])", "", raw)):
            held = word if isinstance(word, bytes) else word.encode("utf-8", "surrogateescape")
            parts.append(_decoded(held, charset))
    except (MessageError, ValueError, LookupError):  # words that were damaged on the way say nothing
        parts = [_decoded(re.sub(r"=\?\S*", "", raw).encode("utf-8", "surrogateescape"), None)]
    return " ".join("".join(parts).split())


def _decoded(held: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8", "windows-1256"):
        with suppress(UnicodeDecodeError, LookupError, ValueError):
            if name:
                return held.decode(name)
    return held.decode("utf-8", "replace")


def content(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone; what is damaged of it is left out."""
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def charset(part: Message) -> str | None:
    named = part.get_param("charset")
    return named.strip("\"' ") if isinstance(named, str) else None


def leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, messages within the message not entered."""
    if message.is_multipart() and message.get_content_maintype() != "message":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from leaves(part)
    else:
        yield message


def moment(message: Message) -> datetime.datetime | None:
    """When it was sent or saved, by its own word."""
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        found = parsedate_to_datetime(header(message, "date"))
        return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)
    return None
