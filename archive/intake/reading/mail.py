"""E-mail: newsletters, and pages that somebody forwarded, in the message or attached to it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email.message import Message
from html import escape
from itertools import pairwise
from typing import Final

from archive.extraction.page.encodings import decode
from archive.extraction.page.errors import ExtractionError
from archive.extraction.page.folding import key
from archive.intake.reading.items import Found, Item, Reason, SetAside, Whole, gettext_noop, suffix, too_large
from archive.intake.reading.messages import charset, content, header, leaves, moment, parsed
from archive.intake.reading.mhtml import MARKUP, is_web_archive, read_web_archive

_PREFIX: Final = re.compile(
    r"^\s*(?:(?:fwd?|re|wg|tr|رد|رسالة معادة|إعادة توجيه|اعادة توجيه|بازارسال|پاسخ|ارسال مجدد|هدایت)"
    r"\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_FORWARDED: Final = re.compile(
    r"^[>\s]*(?:-{4,}.{3,60}-{4,}|Begin forwarded message:|بداية الرسالة المعاد توجيهها:|شروع پیام بازارسالی:)[ \t]*$",
    re.MULTILINE,
)
_FORWARD_HEADER: Final = re.compile(
    r"^\s*\*?(From|Date|Sent|Subject|To|Cc|Reply-To|من|التاريخ|الموضوع|إلى|نسخة|از|فرستنده|تاریخ|موضوع|به|گیرنده)"
    r"\*?\s*:\*?[ \t]*(.*)$"
)
_SUBJECTS: Final = ("subject", "الموضوع", "موضوع")
_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
_NARROW, _WIDE = 58, 80  # letters of the longest line of a text that a mailer broke
_FEW: Final = 200  # letters below which the words beside an attachment are a note
_HEAD_LINES: Final = 6
NO_TEXT: Final = gettext_noop("The message holds no text.")
NOT_READ: Final = gettext_noop("A part of the message that is not read (%(kind)s).")
TOO_DEEP: Final = gettext_noop("It lies too deep in other messages and bundles.")
READ_WITHIN: Final = frozenset("html htm xhtml txt mht mhtml eml json jsonl ndjson csv tsv pdf".split())


def read_mail(whole: Whole) -> Iterator[Found]:
    """The message as one article; messages and pages that are attached as articles of their own."""
    payload = whole.all_bytes()
    if payload is None:
        yield too_large(whole)
        return
    message = parsed(payload)
    if is_web_archive(message):
        whole.file.seek(0)
        yield from read_web_archive(whole)
        return
    parts = list(leaves(message))
    attached = [part for part in parts if _is_attached(part)]
    within = [found for part in attached for found in _attachment(whole, part)]
    own = _own_text(message, [part for part in parts if not _is_attached(part)])
    has_articles = any(isinstance(found, Item) for found in within)
    if own is not None and (not has_articles or _letters(own) >= _FEW):
        yield Item(
            whole.name, payload, "message/rfc822", whole.stated, page=own, charset="utf-8", captured_at=moment(message)
        )
    elif not has_articles:
        yield SetAside(whole.name, Reason(NO_TEXT), refused=True)
    yield from within


def _is_attached(part: Message) -> bool:
    is_text = part.get_content_type() in ("text/plain", *MARKUP)
    return not is_text or part.get_content_disposition() == "attachment"


def _attachment(whole: Whole, part: Message) -> Iterator[Found]:
    inner = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and isinstance(inner[0], Message):
        name, held = f"{header(inner[0], 'subject')[:80] or 'message'}.eml", inner[0].as_bytes()
    else:
        name, held = part.get_filename() or f"part.{part.get_content_subtype()}", content(part)
    if suffix(name) not in READ_WITHIN:
        kind = part.get_content_type()
        yield SetAside(whole.inner(whole.file, name).name, Reason(NOT_READ, {"kind": kind}))
    elif whole.depth > 1:
        yield SetAside(whole.inner(whole.file, name).name, Reason(TOO_DEEP), refused=True)
    else:
        yield from whole.read_within(whole.inner(io.BytesIO(held), name))


def _own_text(message: Message, parts: list[Message]) -> bytes | None:
    """The message as a page, as HTML where it has that and forwards nothing, with its subject for a heading."""
    subject = _PREFIX.sub("", header(message, "subject"))
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    texts = [text for part in plain if (text := _text(part))]
    text = "\n\n".join(texts)
    markup = next((part for part in parts if part.get_content_type() in MARKUP and content(part).strip()), None)
    if markup is not None and not (text and _FORWARDED.search(text)):
        return _headed_markup(_text(markup), subject) if _text(markup) else None
    if not text:
        return None
    text, inner_subject = _forwarded(text)
    return _headed_text(text, inner_subject or subject).encode()


def _text(part: Message) -> str:
    try:
        text = decode(content(part), charset(part)).text
    except ExtractionError:
        return ""
    return _unflowed(text, part) if part.get_content_type() == "text/plain" else text


def _unflowed(text: str, part: Message) -> str:
    """The paragraphs as they were before a mailer broke them into lines.

    By RFC 3676 a blank at the end says so; else a line is broken whose next word would not have fitted into the width.
    """
    is_flowed = str(part.get_param("format") or "").lower() == "flowed"
    lines = text.split("\n")
    width = max(map(len, lines))
    if not is_flowed and not _NARROW <= width <= _WIDE:
        return text
    joined = lines[:1]
    for before, line in pairwise(lines):
        if is_flowed:
            goes_on = before.endswith(" ") and before != "-- "
        else:
            goes_on = len(before) + len(line.split(" ", 1)[0]) >= width
        if goes_on and before.strip() and line.strip():
            joined[-1] = f"{joined[-1].rstrip()} {line.lstrip()}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _forwarded(text: str) -> tuple[str, str]:
    """The text that a message hands on, without the marks of quoting, and the subject that it had."""
    mark = _FORWARDED.search(text)
    if mark:
        text = text[mark.end() :]
    lines = text.split("\n")
    quoted = [line for line in lines if line.startswith(">")]
    if mark and 2 * len(quoted) > sum(1 for line in lines if line.strip()):
        lines = [re.sub(r"^(?:> ?)+", "", line) for line in lines]
    subject = ""
    while mark and lines:
        found = _FORWARD_HEADER.match(lines[0])
        if not found and lines[0].strip():
            break
        if not found and subject:
            break
        if found and found[1].lower() in _SUBJECTS:
            subject = _PREFIX.sub("", found[2].strip())
        lines.pop(0)
    text = "\n".join(lines)
    signature = _SIGNATURE.search(text)
    return (text[: signature.start()] if signature else text), subject


def _headed_text(text: str, subject: str) -> str:
    """The text under its subject, unless that stands at its head already."""
    head = [key(line) for line in text.split("\n") if line.strip()][:_HEAD_LINES]
    if not key(subject) or any(line and line in key(subject) for line in head if len(line) > 8) or key(subject) in head:
        return text
    return f"{subject}\n\n{text}"


def _headed_markup(text: str, subject: str) -> bytes:
    """The markup with the subject for its heading, where it has none of its own."""
    has_heading = re.search(r"<h[12]\b|<title\b[^>]*>\s*[^<\s]", text, re.IGNORECASE)
    if not re.search(r"<body\b", text, re.IGNORECASE):
        text = f"<html><body>{text}</body></html>"
    if key(subject) and not has_heading:
        heading = f"<h1>{escape(subject)}</h1>"
        text = re.sub(r"<body\b[^>]*>", lambda body: body[0] + heading, text, count=1, flags=re.IGNORECASE)
    return re.sub(r"(charset\s*=\s*[\"']?)[\w-]+", r"\1utf-8", text, flags=re.IGNORECASE).encode()


def _letters(page: bytes) -> int:
    return sum(map(str.isalpha, re.sub(r"<[^<>]*>", "", page.decode("utf-8", "replace"))))
