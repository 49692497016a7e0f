"""What every template knows: the interface languages, each with its link, and the reader's language and direction."""

from __future__ import annotations

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
    present = reader_language()
    return {
        "origin": f"{request.scheme}://{request.get_host()}",
        "canonical": _link(request, request.GET.get(LANGUAGE_PARAMETER, ""), plain=True),
        "alternates": [
            {"code": code or "x-default", "url": _link(request, code, plain=True)}
            for code in ("", *dict(settings.LANGUAGES))
        ],
        "ui_language": present,
        "ui_direction": "rtl" if get_language_bidi() else "ltr",
        "ui_languages": [
            {"code": code, "name": OWN_NAMES[code], "url": _link(request, code), "current": code == present}
            for code, _name in settings.LANGUAGES
        ],
    }


def _link(request: HttpRequest, code: str, *, plain: bool = False) -> str:
    """This page in another language; of `//evil.example` and `/\\evil.example`, too, a page of this site.

    A `plain` one names no calendar, and no language where the code is of none.
    """
    parameters = request.GET.copy()
    parameters[LANGUAGE_PARAMETER] = code
    if plain:
        parameters.pop(CALENDAR_PARAMETER, None)
    if code not in dict(settings.LANGUAGES):
        del parameters[LANGUAGE_PARAMETER]
    query = f"?{parameters.urlencode()}" if parameters else ""
    return f"{escape_leading_slashes(escape_uri_path(request.path))}{query}"
