"""What every template knows: the interface languages, each with its link, and the reader's language and direction."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language_bidi

from archive.pages.interface import reader_language
from config.middleware import CALENDAR_PARAMETER, LANGUAGE_PARAMETER

# A language is named in itself, so that its readers find it on a page they cannot read.
OWN_NAMES = {"ar": "العربية", "fa": "فارسی", "en": "English"}


def interface(request: HttpRequest) -> dict[str, object]:
    """`ui_language`, `ui_direction`, and `ui_languages`: code, own name, link to this page, whether it is present.

    `canonical` and `alternates` are what crawlers are told: this page without the calendar, in this language where the
    address names one, and the same page in every language; the first is always one of the others.
    `origin` is the scheme and host asked, as in `https://archive.example`, for links that crawlers want whole.
    """
    present, links = reader_language(), _Links(request)
    return {
        "origin": f"{request.scheme}://{request.get_host()}",
        "canonical": links.to(request.GET.get(LANGUAGE_PARAMETER, ""), plain=True),
        "alternates": [
            {"code": code or "x-default", "url": links.to(code, plain=True)} for code in ("", *dict(settings.LANGUAGES))
        ],
        "ui_language": present,
        "ui_direction": "rtl" if get_language_bidi() else "ltr",
        "ui_languages": [
            {"code": code, "name": OWN_NAMES[code], "url": links.to(code), "current": code == present}
            for code, _name in settings.LANGUAGES
        ],
    }


class _Links:
    """Links to this page in other languages; of `//evil.example` and `/\\evil.example`, too, pages of this site."""

    def __init__(self, request: HttpRequest) -> None:
        self.path = escape_leading_slashes(escape_uri_path(request.path))
        self.given = {
            name: urlencode([(name, value) for value in values]) for name, values in request.GET.lists() if values
        }
        self.codes = dict(settings.LANGUAGES)

    def to(self, code: str, *, plain: bool = False) -> str:
        """In the language of this code. A `plain` one names no calendar, and no language where the code is of none."""
        parts = {**self.given, LANGUAGE_PARAMETER: f"{LANGUAGE_PARAMETER}={code}"}
        if plain:
            parts.pop(CALENDAR_PARAMETER, None)
        if code not in self.codes:
            del parts[LANGUAGE_PARAMETER]
        return f"{self.path}?{'&'.join(parts.values())}" if parts else self.path
