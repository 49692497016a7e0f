"""A range of days in words: its chip, and what the reader is told of how it was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from archive.calendars.calendars import GREGORIAN, LUNAR_HIJRI, SOLAR_HIJRI
from archive.pages.interface import reader_calendar, reader_language
from archive.text.html import isolated
from search.dates.labels import range_label
from search.dates.ranges import RangeNotice, read_range
from search.labels import FACET_TITLES
from search.request import SearchRequest
from search.results import Facet, FacetValue

DATES = "date"
EXAMPLES = ("2023-10", "۱۴۰۲/۰۷", "أكتوبر 2023", "۱۲ مهر ۱۴۰۲", "12 Ramadan 1444")
Url = Callable[[SearchRequest], str]


def chosen_dates(request: SearchRequest, total: int, url: Url) -> tuple[Facet, ...]:
    """The range as a facet of one chosen value, which the chip takes away; none where nothing typed is a date."""
    days = read_range(request.since, request.until)
    if not (request.since or request.until):
        return ()
    label = range_label(days.since, days.until, reader_calendar(), reader_language())
    shown = label or " – ".join(filter(None, (request.since, request.until)))
    asked = written(days.since, days.until)
    value = FacetValue(asked, total, shown, _Range(frozenset((asked,)), url(request.between("", ""))))
    return (Facet(DATES, str(FACET_TITLES[DATES]), (value,), 1),)


@dataclass(frozen=True, slots=True)
class _Range:
    """Where a chosen range leads: to the question without it."""

    chosen: frozenset[str]
    url: str
    excluded: frozenset[str] = frozenset()

    def choosing(self, _value: str) -> str:
        return self.url

    def excluding(self, _value: str) -> str:
        return ""

    def note(self, _value: str) -> str:
        return ""


def written(since: date | None, until: date | None) -> str:
    """A range in ISO 8601 with two full stops, an open end empty: `2023-09-23..2023-10-22`."""
    return "..".join(day.isoformat() if day else "" for day in (since, until))


def date_notices(request: SearchRequest, url: Url) -> Iterator[SafeString]:
    """Sentences on an end that is no date, on ends that were turned, and on what might have been meant instead."""
    days = read_range(request.since, request.until)
    for notice in days.notices:
        if notice.code == "unreadable":
            yield _told(
                gettext("“%(typed)s” was not read as a date. A year, a month or a day can be written so: %(examples)s"),
                typed=isolated(notice.typed),
                examples=format_html_join(" · ", "{}", ((isolated(example),) for example in EXAMPLES)),
            )
        elif notice.code == "swapped":
            yield _told(
                gettext("The first day was later than the last one, so the two were exchanged: %(days)s."),
                days=_days(days.since, days.until, reader_calendar()),
            )
        else:
            yield _doubt(request, notice, url)


def _doubt(request: SearchRequest, notice: RangeNotice, url: Url) -> SafeString:
    """How the end was read, in a calendar that leaves no doubt, and a link to the other way."""
    read = notice.read
    if read is None or read.other is None:
        return SafeString()
    names = {GREGORIAN: gettext("Gregorian"), SOLAR_HIJRI: gettext("Solar Hijri"), LUNAR_HIJRI: gettext("lunar Hijri")}
    other = request.between(*(day.isoformat() if day else "" for day in (notice.since, notice.until)))
    sentences = {
        "calendar": gettext(
            "“%(typed)s” was read as %(calendar)s: %(days)s. <a>Read it as %(other)s: %(other_days)s</a>"
        ),
        "order": gettext("“%(typed)s” was read as %(days)s. <a>Read it as %(other_days)s</a>"),
    }
    return _told(
        sentences[notice.code].replace("<a>", "%(link)s").replace("</a>", "%(end)s"),
        typed=isolated(read.typed),
        calendar=names[read.calendar],
        days=_days(read.first, read.last, GREGORIAN),
        other=names[read.other.calendar],
        other_days=_days(read.other.first, read.other.last, GREGORIAN),
        link=format_html('<a href="{}" rel="nofollow">', url(other)),
        end=SafeString("</a>"),
    )


def _days(since: date | None, until: date | None, calendar: str) -> SafeString:
    return isolated(range_label(since, until, calendar, reader_language()))


def _told(sentence: str, **values: object) -> SafeString:
    """A translated sentence with its values, escaped where they are not safe."""
    named = {name: f"{{{name}}}" for name in values}
    return format_html(sentence.replace("{", "{{").replace("}", "}}") % named, **values)
