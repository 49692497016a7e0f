"""Where names and posts of a record were found, in the reader's words, and as links where a reader can look at it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.text.digests import short_digests

CLDR: Final = "https://cldr.unicode.org/"
BETWEEN: Final = "; "  # what a merge of records puts between the sources of one name; others hold it, too
WIKIDATA: Final = "https://www.wikidata.org/wiki/"
WORDS: Final[dict[str, str | Promise]] = {
    "compiled from general knowledge, unverified": _("compiled from general knowledge, unverified"),
    "press usage, compiled for the archive from general knowledge": _(
        "usage of the press, compiled for the archive from general knowledge"
    ),
    "compiled from the organizations' own usage, unverified": _("the organizations' own usage, unverified"),
    "transliterated from the form in the capture": _("romanized from the form in the captured page"),
}
_CLDR = re.compile(r"CLDR (\d+) via Babel [\d.]+((?:, \w+)?)")
_CAPTURE = re.compile(r"capture sha256:([0-9a-f]{64})")
_WIKIDATA = re.compile(r"Wikidata (?:label )?(Q\d+)\b.*")
_ADDRESS = re.compile(r"https?://\S+")
_KINDS = (_CLDR, _CAPTURE, _WIKIDATA, _ADDRESS)


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A source in words: `url` where there is something to look at, `exactly` as the record has it.

    `language` is that of the words where it may be another than the reader's.
    """

    text: str
    exactly: str
    url: str = ""
    language: str = ""


def told(sources: Iterable[str]) -> list[list[SourcePart]]:
    """Each source in its parts; one query for the reports of captures that they name.

    What a curator wrote stays as written. A capture is named by the title of its report where that is public.
    """
    parted = [_parts(source) for source in sources]
    digests = {match[1] for parts in parted for part in parts if (match := _CAPTURE.fullmatch(part))}
    reports: dict[str, Article] = {}
    if digests:
        public = Article.objects.published().filter(capture__payload_digest__in=digests).select_related("capture")
        reports = {article.capture.payload_digest: article for article in public}
    return [[_part(part, reports) for part in parts] for parts in parted]


def _parts(source: str) -> list[str]:
    """The sources that a merge put beside each other, where each is of a kind that is known; else the whole."""
    parts = source.split(BETWEEN)
    return parts if all(part in WORDS or any(kind.fullmatch(part) for kind in _KINDS) for part in parts) else [source]


def _part(source: str, reports: dict[str, Article]) -> SourcePart:
    if source in WORDS:
        return SourcePart(str(WORDS[source]), source)
    if match := _CLDR.fullmatch(source):
        return SourcePart(
            gettext("Unicode's names of countries and languages (CLDR %s)") % (match[1] + match[2]), source, CLDR
        )
    if match := _CAPTURE.fullmatch(source):
        if report := reports.get(match[1]):
            return SourcePart(report.title, source, report.get_absolute_url(), report.language)
        return SourcePart(gettext("a captured page (%s)") % short_digests(match[1]), source)
    match = _WIKIDATA.fullmatch(source)
    address = f"{WIKIDATA}{match[1]}" if match else source if _ADDRESS.fullmatch(source) else ""
    return SourcePart(short_digests(source), source, address, "en" if source.isascii() else "")
