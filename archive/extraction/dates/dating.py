"""The publication date of an article: what the page states, what its first sentence tells, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from archive.calendars.calendars import SOLAR_HIJRI
from archive.extraction.dates import DateHit, PartialDate, find_dates, find_partial_dates
from archive.extraction.dates.hits import instant
from archive.extraction.dates.moments import is_day_of, local, printed_zone
from archive.extraction.dates.names import TIME_PREPOSITIONS
from archive.extraction.dates.tokens import fold
from archive.extraction.dates.words import DAY_WORDS, folded, language_of

# An Iranian outlet prints Solar dates with Iranian month names and the time of Tehran.
IRANIAN_TIME: Final = "Asia/Tehran"
METADATA: Final = frozenset({"meta-published", "time-element"})
LEAD_PARAGRAPHS: Final = 2
LEAD_LETTERS: Final = 600

_WORD: Final = re.compile(r"[^\W\d_]+")
_SENTENCE_END: Final = re.compile(r"[.!؟?…](?=\s|$)|\n")
_LABELS_OF_CHANGE: Final = folded(
    "تحديث التحديث محدث معدل تعديل التعديل modified updated update روزرسانی بهروزرسانی ویرایش اصلاح بروزرسانی"
)
_BACKGROUND: Final = folded(
    "منذ مثل المؤرخ المؤرخة ولد ولدت المولود مولود مواليد الموقع الموقعة المبرم المبرمة الصادر الصادرة قبل "
    "بعد حتى لغاية غاية إلى بحلول قرار إعلان اتفاق اتفاقية بيان أحداث ذكرى لذكرى عام لعام "
    "از تا قبل پیش پس متولد مصوب مصوبه امضای امضا قرارداد توافق بیانیه سالگرد "
    "since before after until dated born"
)
_TIME_WORDS: Final = TIME_PREPOSITIONS | DAY_WORDS | folded("وفي في ففي اليوم أمس امروز دیروز ان")
_BULLETS: Final = ("*", "-", "–", "•", "·", "●")
_TODAY: Final = folded("اليوم أمس امس امروز دیروز هذا")
# The event that these announce is still to come, so its day is not the day of the report.
_TO_COME: Final = folded(
    "سوف ستعقد سيعقد ستجري سيجري ستنطلق سينطلق ستقام سيقام سيبدأ ستبدأ سيزور ستزور سيتم ستتم سيكون ستكون "
    "سينظم ستنظم سيلتقي ستستضيف سيستضيف سينتظم ستنتظم سيفتتح ستفتتح سيشارك ستشارك يعتزم تعتزم تستعد يستعد "
    "المقبل المقبلة القادم القادمة موعدا خواهد خواهند آینده قرار"
)


class DateLine(Protocol):
    """A line of the page that may state its date, with its offset in the page text."""

    @property
    def text(self) -> str:
        """The line as printed."""

    @property
    def start(self) -> int | None:
        """Its offset in the page text, or None for a line that the page does not show (HTML meta)."""

    @property
    def rule(self) -> str:
        """How it was found: in `METADATA`, or printed."""


@dataclass(frozen=True, slots=True)
class ArticleDate:
    """When an article was published, or when the event happened that its lead reports.

    ``value`` is the first Gregorian day of what ``precision`` says; ``instant`` is aware, and None unless
    both time and zone are known. ``start``, ``end`` are offsets of ``as_printed`` in the page text for a
    dateline, in the body for ``field`` "body". ``clock`` is the hour as printed, ``zone`` the outlet's, if
    known. ``certainty`` "inferred" means that the page does not state it.
    """

    as_printed: str
    calendar: str
    precision: str
    value: date
    instant: datetime | None
    start: int
    end: int
    field: str
    certainty: str
    agrees: bool | None
    other_calendars: tuple[str, ...]
    clock: time | None = None
    zone: str | None = None
    hints: tuple[PartialDate, ...] = ()


def date_article(
    date_lines: Iterable[DateLine],
    paragraphs_text: str | Sequence[str],
    lang: str | None = None,
    *,
    zone: str | None = None,
) -> ArticleDate | None:
    """Return the publication date of an article; None rather than an invented one.

    ``date_lines``: lines that may state the date, also ISO values of HTML meta. ``paragraphs_text``: the
    body, paragraphs separated by line breaks (or a sequence of them, joined so for the offsets). ``zone``:
    IANA name of the outlet's time zone where it is known; without it only Solar datelines with Iranian
    months have one, Asia/Tehran.

    «تاریخ انتشار: ۱۲ مهر ۱۴۰۲ - ۲۳:۲۳ - 04October 2023» is 2023-10-04 23:23 in Tehran, both calendars
    agreeing; a first sentence «في 1 ديسمبر 2019 ، عقدت الجولة…» gives an inferred day; «عام 2017»
    gives nothing.
    """
    body = paragraphs_text if isinstance(paragraphs_text, str) else "\n".join(paragraphs_text)
    known = language_of(body, lang)
    found = _stated(list(date_lines), known, zone) or _inferred(body, known)
    return replace(found, hints=date_hints(body, known)) if found else None


def date_hints(paragraphs_text: str | Sequence[str], lang: str | None = None) -> tuple[PartialDate, ...]:
    """Return the dates without year in the body, for the curator of an article that has no date."""
    body = paragraphs_text if isinstance(paragraphs_text, str) else "\n".join(paragraphs_text)
    return tuple(find_partial_dates(body, lang))


def _stated(lines: list[DateLine], lang: str | None, zone: str | None) -> ArticleDate | None:
    """Read the first day stated, with its time if another line states it to the minute.

    Where a printed dateline and the metadata tell one moment, the day is as printed: the metadata are often in UTC.
    """
    candidates = [
        (_is_change(line.text, hit), line.rule in METADATA, _build(hit, line.start or 0, "dateline", "stated", zone))
        for line in lines
        for hit in find_dates(line.text.replace("\n", " "), lang)
        if not hit.is_range and hit.precision != "year"
    ]
    if not candidates:
        return None
    published = [one for one in candidates if not one[0]] or candidates
    printed = [found for _, is_metadata, found in published if not is_metadata]
    metadata = [_in_zone(found, zone) for _, is_metadata, found in published if is_metadata]
    told = [(one, other) for one in printed for other in metadata if _is_same(one, other)]
    if told:
        chosen = _with_moment(*next((pair for pair in told if pair[0].precision == "minute"), told[0]), zone)
    else:
        chosen = _first_day(metadata if published[0][1] else [*printed, *metadata])
    # Compare with the same day stated on other lines in other calendars.
    found = [found for _, _, found in candidates]
    others = {one.calendar for one in found if one.value == chosen.value and one.calendar != chosen.calendar}
    if not others or chosen.agrees is not None:
        return chosen
    return replace(chosen, agrees=True, other_calendars=(*chosen.other_calendars, *sorted(others)))


def _first_day(found: Sequence[ArticleDate]) -> ArticleDate:
    first = next((one for one in found if one.precision in {"minute", "day"}), found[0])
    same_day = [one for one in found if one.value == first.value and one.precision == "minute"]
    return (
        next((one for one in same_day if one.instant), next(iter(same_day), first))
        if first.precision != "month"
        else first
    )


def _in_zone(stated: ArticleDate, zone: str | None) -> ArticleDate:
    """Return a day of the metadata as it was in the outlet's zone, where that is known."""
    if stated.instant is None or zone is None:
        return stated
    moment = local(stated.instant, zone)
    return replace(stated, value=moment.date(), instant=moment)


def _is_same(printed: ArticleDate, stated: ArticleDate) -> bool:
    """Tell whether a printed dateline and a value of the metadata tell one moment, or one day."""
    if printed.precision not in {"minute", "day"}:
        return False
    if stated.instant is None or stated.precision != "minute":
        return printed.value == stated.value
    return is_day_of(printed.value, stated.instant)


def _with_moment(printed: ArticleDate, stated: ArticleDate, zone: str | None) -> ArticleDate:
    """Return the printed day with its hour: as printed, else that of the metadata if it was that day then."""
    if printed.clock is not None:
        if stated.instant and (there := printed_zone(printed.value, printed.clock, stated.instant)):
            moment = datetime.combine(printed.value, printed.clock, there)
            return printed if printed.instant == moment else replace(printed, instant=moment)
        return printed
    if stated.instant is None:
        return printed
    in_utc = stated.instant.utcoffset() == timedelta(0)
    moment = local(stated.instant, printed.zone if in_utc else zone)
    return replace(printed, precision="minute", instant=moment) if moment.date() == printed.value else printed


def _is_change(text: str, hit: DateHit) -> bool:
    """Tell whether the label before the date speaks of a change: «آخر تحديث», «به‌روزرسانی»."""
    label = text[max(0, hit.start - 30) : hit.start].rpartition("\n")[2]
    return any(word in _LABELS_OF_CHANGE for word in _words(label)[-4:])


def _inferred(body: str, lang: str | None) -> ArticleDate | None:
    """Read the day in the lead sentence: the one full date that its report is about."""
    position = 0
    for paragraph in body.split("\n")[: LEAD_PARAGRAPHS * 3]:
        if paragraph.strip():
            end = _SENTENCE_END.search(paragraph)
            sentence = paragraph[: end.start() if end else LEAD_LETTERS][:LEAD_LETTERS]
            days = [hit for hit in find_dates(sentence, lang) if _dates_event(sentence, hit)]
            if len({hit.first_day for hit in days}) == 1:
                return _build(days[0], position, "body", "inferred", None)
            if days or (len(paragraph) > 120 or paragraph.rstrip().endswith((".", "؟", "!"))):
                return None
        position += len(paragraph) + 1
    return None


def _dates_event(sentence: str, hit: DateHit) -> bool:
    """Tell whether the day is that of the report: it opens the sentence, or is named as news name it.

    That is with its weekday, with «اليوم», in two calendars; «في 1 ديسمبر 2019 ، عقدت الجولة» opens the sentence.
    """
    if hit.precision not in {"day", "minute"} or hit.is_range or hit.certainty != "high":
        return False
    before = _words(sentence[: hit.start])
    if any(word in _BACKGROUND for word in before[-3:]) or any(word in _TO_COME for word in _words(sentence)):
        return False
    if sentence.lstrip().startswith(_BULLETS):
        return False
    if all(word in _TIME_WORDS for word in before):
        return True
    if hit.weekday_ok is not None or hit.agrees is not None:
        return hit.weekday_ok is not False and hit.agrees is not False
    return any(word in _TODAY for word in before[-2:])


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).text)


def _build(hit: DateHit, offset: int, field: str, certainty: str, zone: str | None) -> ArticleDate:
    # The page's own calendar is the one it prints first, whichever the value was read in.
    own = hit.printed[0].calendar if hit.printed else hit.calendar
    solar = any(reading.calendar == SOLAR_HIJRI and reading.family in {"iran", ""} for reading in hit.printed)
    zone = zone or (IRANIAN_TIME if solar else None)
    return ArticleDate(
        as_printed=hit.text,
        calendar=own,
        precision=hit.precision,
        value=hit.first_day,
        instant=instant(hit.first_day, hit.clock, zone) if hit.clock else None,
        start=offset + hit.start,
        end=offset + hit.end,
        field=field,
        certainty=certainty,
        agrees=hit.agrees,
        other_calendars=tuple(r.calendar for r in hit.printed if r.calendar != own),
        clock=hit.clock.at if hit.clock else None,
        zone=zone,
    )
