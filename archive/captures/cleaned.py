"""A captured page as staff may see it: its text with the markup of text, in a document that can do nothing.

No script, style, picture, frame, form or link stays, and no attribute but direction, language and the spans of cells.
What stays is answered with a policy under which it could neither run, ask for anything, nor lead elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html import escape
from typing import Any, Final

import nh3
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.captures.models import Capture
from archive.captures.payloads import store

# How the text is set: by day and by night, as wide as it is read with ease. The policy lets no other style in.
STYLE: Final = (
    ":root{color-scheme:light dark;font:1.0625rem/1.9 system-ui,sans-serif}body{margin:1rem;overflow-wrap:anywhere}"
    "dt{font-size:.8em;opacity:.75}dt p,dd p{margin:0 0 .5em}dd{margin:0 0 .75rem}"
    "table{border-collapse:collapse}td,th{padding:0 .5em}"
)
_STYLED: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"sandbox; default-src 'none'; style-src 'sha256-{_STYLED}'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
MOST: Final = 700_000  # code points of a page that are shown
DEEPEST: Final = 5_000  # elements left open: cleaning takes the square of that, here a tenth of a second
TAGS: Final = frozenset(
    "p br hr div span section article header footer main aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote q pre "
    "strong b em i u small sub sup mark time cite abbr bdi figure figcaption a "
    "table caption thead tbody tfoot tr th td".split()
)
GONE_WHOLE: Final = frozenset(
    "script style noscript template title svg math iframe object embed applet frameset noframes noembed plaintext xmp "
    "select option textarea button audio video canvas".split()
)
ATTRIBUTES: Final = {"*": {"dir", "lang"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_MARKUP: Final = ("html", "xml")
_BLANK: Final = re.compile(r"\n\s*\n")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")


def cleaned(text: str, media_type: str) -> str:
    """The page as a document of HTML; what is no markup, or is nested beyond reason, as the text that it is.

    A row of a table, which is kept as JSON, is told value by value.
    """
    text = text[:MOST].replace("\x00", "")
    is_markup = any(kind in media_type for kind in _MARKUP)
    if is_markup and _left_open(text) < DEEPEST:
        body = nh3.clean(
            text,
            tags=set(TAGS),
            clean_content_tags=set(GONE_WHOLE),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            url_schemes=set(),
            link_rel=None,
        )
    else:
        row = _row(text) if "json" in media_type else {}
        told = (
            f"<dt dir=auto>{escape(name)}</dt><dd dir=auto>{_paragraphs(value)}</dd>" for name, value in row.items()
        )
        body = f"<dl>{''.join(told)}</dl>" if row else _paragraphs(text)
    head = f'<!doctype html><meta charset="utf-8"><title>.</title><style>{STYLE}</style>'
    return f'{head}<body dir="auto">{body}'


def _paragraphs(text: str) -> str:
    return "".join(f"<p dir=auto>{'<br>'.join(escape(part).splitlines())}</p>" for part in _BLANK.split(text))


def _row(text: str) -> dict[str, str]:
    """The values of an object of JSON that has text; empty for anything else."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(held, dict):
        return {}
    told = {
        _sendable(name): _sendable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in held.items()
    }
    return {name: value for name, value in told.items() if value.strip()}


def _sendable(text: str) -> str:
    """The text without halves of characters, which JSON can name and no page can hold, and without zeros."""
    return text.encode(errors="ignore").decode().replace("\0", "")


def _left_open(text: str) -> int:
    """How many elements have no end, of any name; about as deep as the page is nested, at most."""
    tags = Counter(f"{end}{name.lower()}" for end, name in _TAG.findall(text))
    return sum(max(number - tags[f"/{name}"], 0) for name, number in tags.items() if name[0] != "/")


def page_of(capture: Capture) -> HttpResponse:
    """The answer with a captured page, cleaned; OSError where its bytes are gone."""
    text = store().get(capture.payload_digest).decode(capture.encoding, "replace")
    response = HttpResponse(cleaned(text, capture.media_type))
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def frame(capture: Capture) -> SafeString:
    """The frame of a captured page, for a page of the admin that is answered by `framing`."""
    address = reverse("admin:captures_capture_page", args=[capture.pk])
    return format_html(
        '<iframe class="captured" sandbox referrerpolicy="no-referrer" loading="lazy" title="{}" src="{}"></iframe>',
        capture.received_from,
        address,
    )


def framing(response: Any) -> Any:
    """Let a page of the admin show frames of this site."""
    policy = {**settings.SECURE_CSP, "frame-src": ["'self'"]}
    response.headers["Content-Security-Policy"] = "; ".join(f"{name} {' '.join(told)}" for name, told in policy.items())
    return response
