"""What a giver says of an article, beside what the page says: the giver is believed, and named as the evidence."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from dataclasses import asdict, replace
from html import escape
from typing import Any, Final

from archive.articles.rules import GIVER
from archive.extraction import Evidence, ExtractedArticle, SourceClaim, arrange, extract
from archive.extraction.dates.outlet_zones import zone_of_address
from archive.intake.reading.items import Item, Stated

_LANGUAGES: Final = dict.fromkeys("ar ara arabic العربية عربي عربی".split(), "ar") | dict.fromkeys(
    "fa fas per persian farsi فارسی فارسي الفارسية".split(), "fa"
)
_SECONDS: Final = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?")
_JOINED: Final = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")
_WHOLE_PAGE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype|html)\b", re.I | re.S)


def extracted_from(item: Item, max_bytes: int) -> ExtractedArticle:
    """The article that an item holds, as its giver describes it; raises ExtractionError where there is none."""
    said = item.stated
    if said.body and item.page is None and not said.html:
        found = arrange(said.title, said.body, said.kicker)
    else:
        found = extract(_page(item), name=_hint(item), declared_encoding=item.charset, max_bytes=max_bytes)
        found = replace(found, title=said.title or found.title, kicker=said.kicker or found.kicker)
    return described_by_giver(found, said)


def _page(item: Item) -> bytes:
    """The bytes to be read as a page: those of the payload, or the markup that a record holds, under its title."""
    said = item.stated
    if not said.html:
        return item.payload if item.page is None else item.page
    if _WHOLE_PAGE.match(said.html):
        return said.html.encode("utf-8", "replace")
    title = escape(said.title)
    heading = f"<h1>{title}</h1>" if title and "<h1" not in said.html.lower() else ""
    page = f"<html><head><title>{title}</title></head><body><article>{heading}{said.html}</article></body></html>"
    return page.encode("utf-8", "replace")


def _hint(item: Item) -> str:
    """A name that says what kind of text it is, where that is known better than the name of the file says."""
    if item.stated.html or "html" in item.media_type:
        return "page.html"
    return item.name if item.page is None else ""


def described_by_giver(found: ExtractedArticle, said: Stated) -> ExtractedArticle:
    """The article with the giver's date, source and address before the page's own, as lines below its text."""
    dates, source = [text for text in (said.date, said.date_as_printed) if text], " ".join(said.source.split())[:200]
    if not (dates or source or said.language or said.address):
        return found
    text = found.page_text
    lines = []
    for date in dates:
        line = _date(date)
        text += f"\n{line}"
        lines.append(Evidence(line, len(text) - len(line), len(text), GIVER))
    if source:
        text += f"\n{source}"
    claim = SourceClaim(source, Evidence(source, len(text) - len(source), len(text), GIVER)) if source else found.source
    own = _LANGUAGES.get(said.language.strip().lower().partition("-")[0].partition("_")[0], "")
    return replace(
        found,
        page_text=text,
        date_lines=(*lines, *found.date_lines),
        source=claim,
        language=own if own and found.language == "und" else found.language,
        target_uri=said.address[:2000] or found.target_uri,
        zone=zone_of_address(said.address) or found.zone,
    )


def _date(text: str) -> str:
    """A date as it can be read: seconds since 1970 as the moment that they are, midnight as the day; else as given.

    >>> _date("1661594400"), _date("2022-08-27T00:00:00Z"), _date("20220827"), _date("۵ شهریور ۱۴۰۱")
    ('2022-08-27T10:00:00+00:00', '2022-08-27', '2022-08-27', '۵ شهریور ۱۴۰۱')
    """
    if found := _SECONDS.fullmatch(text.strip()):
        seconds = int(found[1]) if found[1] else int(found[2]) / 1000
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat(timespec="seconds")
    if found := _MIDNIGHT.fullmatch(text.strip()):
        return found[1]
    if found := _JOINED.fullmatch(text.strip()):
        return "-".join(found.groups())
    return text[:200]


def moment(text: str) -> datetime.datetime | None:
    """When a page was captured, by the giver's word; None for what is no moment."""
    with suppress(ValueError, OverflowError):
        found = datetime.datetime.fromisoformat(_date(text.strip()))
        return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)
    return None


def words(said: Stated) -> dict[str, Any]:
    """All that the giver says but the text, as given; `{}` where nothing is said."""
    held = {
        name: value for name, value in asdict(said).items() if value and name not in ("title", "kicker", "body", "html")
    }
    return {name: list(value) if isinstance(value, tuple) else value[:2000] for name, value in held.items()}
