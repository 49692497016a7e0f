"""What the reader is told of how a request was read: sentences, and the query as it was read instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from archive.calendars.calendars import GREGORIAN, LUNAR_HIJRI, SOLAR_HIJRI
from archive.pages.interface import reader_calendar, reader_language
from archive.pages.shown import localdigits, localnumber
from archive.text.html import isolated
from search.dates.labels import range_label
from search.dates.ranges import RangeNotice, read_range
from search.question.address import MAX_VALUES, url
from search.request import SearchRequest
from search.results import Highlighted, Suggestion, merged
from search.syntax import NOTICE_MESSAGES, ParsedQuery, to_text

DATE_EXAMPLES = ("2023-10", "۱۴۰۲/۰۷", "أكتوبر 2023", "۱۲ مهر ۱۴۰۲", "12 Ramadan 1444")


def sentences(request: SearchRequest, parsed: ParsedQuery) -> Iterator[str]:
    """What readers are told of a request that was not read as they gave it, in their language and safe to show.

    Of parts of the query, of the ends of a range of days, of values of a facet beyond what one question may have.
    """
    for notice in parsed.notices:
        # What was typed stands isolated in the sentence, for it may run the other way.
        shown = {
            name: localdigits(value) if isinstance(value, int) else isolated(value)
            for name, value in notice.parameters.items()
        }
        yield mark_safe(escape(gettext(NOTICE_MESSAGES[notice.code])) % shown)  # noqa: S308 - all of it is escaped
    if request.since or request.until:
        yield from _of_days(request)
    if request.unread:
        yield ngettext(
            "%(n)s further choice was left aside: no more than %(most)s of one list can be asked for at once.",
            "%(n)s further choices were left aside: no more than %(most)s of one list can be asked for at once.",
            request.unread,
        ) % {"n": localnumber(request.unread), "most": localnumber(MAX_VALUES)}


def _of_days(request: SearchRequest) -> Iterator[SafeString]:
    """Sentences on an end that is no date, on ends that were turned, and on what might have been meant instead."""
    days = read_range(request.since, request.until)
    for notice in days.notices:
        if notice.code == "unreadable":
            yield _filled(
                gettext("“%(typed)s” was not read as a date. A year, a month or a day can be written so: %(examples)s"),
                typed=isolated(notice.typed),
                examples=format_html_join(" · ", "{}", ((isolated(example),) for example in DATE_EXAMPLES)),
            )
        elif notice.code == "swapped":
            yield _filled(
                gettext("The first day was later than the last one, so the two were exchanged: %(days)s."),
                days=_days(days.since, days.until, reader_calendar()),
            )
        else:
            yield _doubt(request, notice)


def _doubt(request: SearchRequest, notice: RangeNotice) -> SafeString:
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
    return _filled(
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


def _filled(sentence: str, **values: object) -> SafeString:
    """A translated sentence with its values, escaped where they are not safe."""
    named = {name: f"{{{name}}}" for name in values}
    return format_html(sentence.replace("{", "{{").replace("}", "}}") % named, **values)


def noticed(parsed: ParsedQuery) -> Highlighted | None:
    """The query as typed with the parts marked that the notices speak of; None where they speak of all of it."""
    parts = merged((n.start, n.end) for n in parsed.notices if 0 < n.end - n.start < len(parsed.text.strip()))
    return Highlighted(parsed.text, tuple(parts)) if parts else None


def read_as(request: SearchRequest, parsed: ParsedQuery) -> Suggestion | None:
    """The query as it was read, where that differs from what was typed."""
    text = "" if parsed.refused else to_text(parsed.tree)
    if not text or text == parsed.text.strip():
        return None
    return Suggestion(Highlighted(text), url(replace(request, q=text, page=1)))
