"""A time of day and its zone, as written beside a date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from archive.extraction.dates.tokens import Phrases, Tokens, fold_word
from archive.extraction.dates.words import folded, table

HOUR_WORDS: Final = folded("الساعة ساعت ساعة at")
MINUTE_WORDS: Final = folded("دقيقة دقیقه دقائق")
BEFORE_HOUR: Final = folded("عند على في تمام حوالي نحو راس رأس در حدود ،")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; ``zone`` is an IANA name, an offset as in "+03:30", or None for the source's own."""

    at: time
    zone: str | None = None


# Halves of a day that may also stand before the hour: «ب.ظ ۰۳:۰۹» where a page is laid out from left to right.
_BEFORE_NOON: Final = "ص,ق.ظ,ق. ظ,ق ظ,ق/ظ,قظ,غ.م,am,a.m"
_AFTER_NOON: Final = "م,ب.ظ,ب. ظ,ب ظ,ب/ظ,بظ,غ.و,pm,p.m"
HALVES: Final[Phrases[str]] = Phrases(table(((_BEFORE_NOON, "morning"), (_AFTER_NOON, "afternoon"))))
PARTS_OF_DAY: Final[Phrases[str]] = Phrases(
    table(
        (
            (f"{_BEFORE_NOON},صباحا,قبل الظهر,فجرا,صبح,بامداد", "morning"),
            ("پیش از ظهر,پیش ازظهر,پیش‌ازظهر,قبل از ظهر,قبل ازظهر,قبلاز ظهر,قبل‌ازظهر", "morning"),
            ("ظهرا,ظهر,نیمروز", "noon"),
            (f"{_AFTER_NOON},مساء,عصرا,بعد الظهر,عصر", "afternoon"),
            ("پس از ظهر,بعد از ظهر,بعد ازظهر,بعداز ظهر,بعدازظهر,بعد ظهر", "afternoon"),
            ("ليلا,شب,مساء اليوم", "night"),
        )
    )
)

_PLACES: Final = (
    ("غرينتش,جرينتش,غرينيتش,جرينيتش,گرینویچ,جرينتش الموحد,غرينتش الموحد", "UTC"),
    ("مكة المكرمة,مكة,السعودية,الرياض,المملكة", "Asia/Riyadh"),
    ("القاهرة,مصر,قاهره", "Africa/Cairo"),
    ("طهران,إيران,تهران,ایران", "Asia/Tehran"),
    ("باكو,أذربيجان,باکو,آذربایجان", "Asia/Baku"),
    ("الدوحة,قطر,دوحه", "Asia/Qatar"),
    ("أبوظبي,أبو ظبي,الإمارات,دبي,امارات", "Asia/Dubai"),
    ("بغداد,العراق,عراق", "Asia/Baghdad"),
    ("بيروت,لبنان", "Asia/Beirut"),
    ("دمشق,سوريا,سورية", "Asia/Damascus"),
    ("القدس,فلسطين", "Asia/Hebron"),
    ("الكويت", "Asia/Kuwait"),
    ("عمان,الأردن", "Asia/Amman"),
    ("تونس", "Africa/Tunis"),
    ("الجزائر", "Africa/Algiers"),
    ("الرباط,المغرب", "Africa/Casablanca"),
    ("موسكو,روسيا,مسکو", "Europe/Moscow"),
    ("أنقرة,إسطنبول,اسطنبول,تركيا,آنکارا,استانبول", "Europe/Istanbul"),
    ("كابول,کابل,افغانستان", "Asia/Kabul"),
    ("واشنطن,نيويورك,شرق الولايات المتحدة,واشنگتن,نیویورک", "America/New_York"),
    ("لندن", "Europe/London"),
)
_BEFORE_PLACE: Final = ("بتوقيت", "بتوقيت مدينة", "به وقت", "بوقت", "حسب توقيت", "توقيت", "بهوقت")

ZONES: Final[Phrases[str]] = Phrases(
    [
        (fold_word(f"{before} {place}"), zone)
        for places, zone in _PLACES
        for place in places.split(",")
        for before in _BEFORE_PLACE
    ]
    + [("gmt", "UTC"), ("utc", "UTC")]
)


def read_time(tokens: Tokens, index: int) -> tuple[Clock, int] | None:
    """Read «23:23», «الساعة 3 مساءً», «ساعت ۱۰:۳۰ به وقت تهران» at a token; None when there is no time."""
    start = index
    while tokens.word(start) in BEFORE_HOUR and start - index < 3:
        start += 1
    named = tokens.word(start) in HOUR_WORDS
    if named:
        start += 1
    elif start != index:
        return None
    half = HALVES.read(tokens, start)
    found = _read_digits(tokens, half[1] if half else start)
    if found is None or (half and not found[2]):
        return None
    clock, stop, has_minutes = found
    stop += tokens.word(stop) in MINUTE_WORDS
    part = (half[0], stop) if half else _read_part_of_day(tokens, stop, bare=not has_minutes)
    if part:
        clock, stop = _in_part_of_day(clock, part[0]), part[1]
    elif not has_minutes and not named:
        return None
    if not has_minutes and not (named and (part or tokens.word(stop) not in HOUR_WORDS)):
        return None
    return _read_zone(tokens, clock, stop)


def read_iso_time(tokens: Tokens, index: int) -> tuple[Clock, int] | None:
    """Read the «T23:23:00+03:30» glued to an ISO date."""
    if tokens.word(index) != "t" or not tokens.glued(index) or not tokens.glued(index + 1):
        return None
    found = _read_digits(tokens, index + 1)
    if found is None or not found[2]:
        return None
    return _read_zone(tokens, found[0], found[1])


def _read_digits(tokens: Tokens, index: int) -> tuple[Clock, int, bool] | None:
    hour = tokens.number(index)
    if hour is None or hour > 24 or len(tokens.word(index)) > 2:
        return None
    minute, stop = _read_sixtieth(tokens, index + 1)
    if minute is None:
        minute, stop = _read_minutes_in_words(tokens, index + 1)
    if minute is None:
        return (Clock(time(hour % 24)), index + 1, False) if tokens.word(index + 1) != ":" else None
    if hour == 24 and minute:
        return None
    _, stop = _read_sixtieth(tokens, stop)
    if tokens.word(stop) == "." and tokens.glued(stop) and tokens.glued(stop + 1):
        stop += 2 * tokens.word(stop + 1).isdigit()
    if tokens.word(stop) == ":" and tokens.glued(stop):
        return None
    return Clock(time(hour % 24, minute)), stop, True


def _read_sixtieth(tokens: Tokens, index: int) -> tuple[int | None, int]:
    value = tokens.number(index + 1)
    if tokens.word(index) == ":" and value is not None and len(tokens.word(index + 1)) == 2 and value < 60:
        return value, index + 2
    return None, index


def _read_minutes_in_words(tokens: Tokens, index: int) -> tuple[int | None, int]:
    """Read the «و ۱۷ دقیقه» of «ساعت ۲۲ و ۱۷ دقیقه»."""
    value = tokens.number(index + 1)
    if tokens.word(index) != "و" or tokens.word(index + 2) not in MINUTE_WORDS:
        return None, index
    return (value, index + 3) if value is not None and value < 60 else (None, index)


def _read_part_of_day(tokens: Tokens, index: int, *, bare: bool) -> tuple[str, int] | None:
    """Read «مساءً», «ب.ظ», «(ق.ظ)»; a letter alone says nothing behind an hour without minutes: «الساعة 3 م»."""
    opened = tokens.word(index) == "("
    found = PARTS_OF_DAY.read(tokens, index + opened)
    if found is None or (bare and found[1] == index + 1 and len(tokens.word(index)) == 1):
        return None
    if opened:
        stop = found[1] + (tokens.word(found[1]) == ".")
        return (found[0], stop + 1) if tokens.word(stop) == ")" else None
    return found


def _in_part_of_day(clock: Clock, part: str) -> Clock:
    hour = clock.at.hour
    if hour > 12:
        return clock
    later = {
        "morning": hour == 12 and -12,
        "noon": hour < 4 and 12,
        "afternoon": hour < 12 and 12,
        "night": (6 <= hour < 12 and 12) or (hour == 12 and -12),
    }[part]
    return replace(clock, at=clock.at.replace(hour=hour + int(later)))


def _read_zone(tokens: Tokens, clock: Clock, index: int) -> tuple[Clock, int]:
    named = ZONES.read(tokens, index + 1 if tokens.word(index) in {"(", "،", ","} else index)
    if named:
        closing = tokens.word(index) == "(" and tokens.word(named[1]) == ")"
        return replace(clock, zone=named[0]), named[1] + closing
    if tokens.word(index) == "z" and tokens.glued(index):
        return replace(clock, zone="UTC"), index + 1
    offset = _read_offset(tokens, index)
    return (replace(clock, zone=offset[0]), offset[1]) if offset else (clock, index)


def _read_offset(tokens: Tokens, index: int) -> tuple[str, int] | None:
    sign, hours = tokens.word(index), tokens.word(index + 1)
    if sign not in {"+", "-"} or not (tokens.glued(index) and tokens.glued(index + 1)) or not hours.isdigit():
        return None
    if len(hours) == 4 and int(hours[:2]) < 15 and int(hours[2:]) < 60:
        return f"{sign}{hours[:2]}:{hours[2:]}", index + 2
    minute, stop = _read_sixtieth(tokens, index + 2)
    if len(hours) != 2 or int(hours) > 14 or minute is None:
        return None
    return f"{sign}{hours}:{minute:02d}", stop
