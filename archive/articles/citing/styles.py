"""Citations as ready text: Chicago, APA, and a house form, each in Arabic, Persian and English.

A citation is a row of parts, so that a page can give each its language and direction, and a plain text is their joint.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.articles.citing.cited import READING_CALENDAR, UNDATED, Cited
from archive.articles.models import Precision
from archive.calendars.calendars import GREGORIAN, format_date, month_name


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a citation: `language` "" is that of the citation; `emphasis` is the italic of a newspaper's name."""

    text: str
    language: str = ""
    emphasis: bool = False


Parts = list[Part]
Style = Callable[[Cited, str], Parts]

COMMA = {"ar": "، ", "fa": "، ", "en": ", "}
QUOTES = {"ar": ("«", "»"), "fa": ("«", "»"), "en": ("“", "”")}
ARCHIVED = {"ar": "محفوظ في ديوان", "fa": "بایگانی‌شده در دیوان", "en": "Archived in Diwan"}
ACCESSED = {"ar": "اطُّلع عليه في {}", "fa": "دسترسی در {}", "en": "Accessed {}"}
RETRIEVED = {"ar": "استُرجع في {} من ", "fa": "بازیابی در {} از ", "en": "Retrieved {}, from "}


def plain(parts: Parts) -> str:
    """The citation as one line of plain text, in logical order."""
    return "".join(part.text for part in parts)


def chicago(work: Cited, language: str) -> Parts:
    """Notes and bibliography, 17th edition: a newspaper article without an author begins with the newspaper (14.199).

    A title in another script is transliterated, with the original beside it (11.110); a supplied date is bracketed.
    """
    parts: Parts = []
    if source := work.source_in(language):
        parts += [Part(source, emphasis=True), Part(". ")]
    parts += [*_quoted(work, language), Part(" "), *_date(work, language, _long)]
    parts.append(Part(" " if parts[-1].text.endswith(".") else ". "))
    parts += _address(work.original_url, ". ")
    parts += [Part(f"{ARCHIVED[language]}. {_accessed(work, language)}. "), Part(work.url, "zxx"), Part(".")]
    return parts


def apa(work: Cited, language: str) -> Parts:
    """7th edition: without an author the title comes first, then the date, the newspaper and the address (10.16)."""
    parts: Parts = []
    if language == "en" and work.transliterated:
        parts += [Part(work.transliterated, f"{work.language}-Latn"), Part(" ["), _title(work), Part("]")]
    else:
        parts.append(_title(work))
    parts += [Part(". ("), *_date(work, language, _year_first), Part("). ")]
    if source := work.source_in(language):
        parts += [Part(source, emphasis=True), Part(". ")]
    retrieved = RETRIEVED[language].format(_long(work.accessed_on, GREGORIAN_OR[language], language))
    return [*parts, Part(retrieved), Part(work.url, "zxx")]


def house(work: Cited, language: str) -> Parts:
    """The form of this archive: title, source, date of the page, item code, address, archive, day of access."""
    comma = Part(COMMA[language])
    parts: Parts = list(_quoted(work, language, ""))
    if source := work.source_in(language):
        parts += [comma, Part(source, emphasis=True)]
    parts += [comma, *_date(work, language, _long)]
    if work.item_code:
        parts += [comma, Part(f"{ITEM[language]} {work.item_code}")]
    parts += [comma, Part(_small(ARCHIVED[language])), comma, Part(f"{_small(_accessed(work, language))}: ")]
    parts.append(Part(work.url, "zxx"))
    if work.original_url:
        parts += [Part(f" ({ORIGINAL[language]}: "), Part(work.original_url, "zxx"), Part(")")]
    return parts


def credited(work: Cited, language: str) -> str:
    """Source and date in one line; an undated article says so."""
    parts = [work.source_in(language), *_days(work, language)]
    return " · ".join(text for text in parts if text)


def _days(work: Cited, language: str) -> Iterator[str]:
    if not work.date.day:
        yield UNDATED[language]
        return
    own, mine = work.date.own(language), work.date.within(GREGORIAN_OR[language], language)
    yield f"[{own}]" if work.date.supplied else own
    if mine and mine != own:
        yield mine


STYLES: dict[str, Style] = {"chicago": chicago, "apa": apa, "house": house}
GREGORIAN_OR = {language: READING_CALENDAR.get(language, GREGORIAN) for language in ("ar", "fa", "en")}
ORIGINAL = {"ar": "الأصل", "fa": "اصل", "en": "original"}
ITEM = {"ar": "رقم الخبر", "fa": "کد خبر", "en": "item"}


def _title(work: Cited) -> Part:
    return Part(work.title, work.language)


def _quoted(work: Cited, language: str, stop: str = ".") -> Iterator[Part]:
    """The title in the quotation marks of the language; in English transliterated, with the original in brackets."""
    before, after = QUOTES[language]
    if language == "en" and work.transliterated:
        yield from (Part(before), Part(work.transliterated, f"{work.language}-Latn"), Part(f"{after} ["))
        yield from (_title(work), Part(f"]{stop}"))
        return
    closing = f"{stop}{after}" if language == "en" else f"{after}{stop}"
    yield from (Part(before), _title(work), Part(closing))


Written = Callable[[datetime.date, str, str], str]


def _date(work: Cited, language: str, written: Written) -> Iterator[Part]:
    """The date of the page and, in brackets, the same day as the reader of the citation counts it.

    «۱۲ مهر ۱۴۰۲ [4 October 2023]»; all of it in brackets where the page states no date; «بی‌تا» for none at all.
    """
    date, mine = work.date, GREGORIAN_OR[language]
    if not date.day:
        yield Part(UNDATED[language])
        return
    own_language = work.language if work.language in {"ar", "fa"} else language
    read = (
        written(date.day, mine, language)
        if date.precision in {Precision.DAY, Precision.MINUTE}
        else date.within(mine, language)
    )
    own = date.own(own_language) if date.calendar != mine else ""
    opening, closing = ("[", "]") if date.supplied else ("", "")
    yield Part(opening)
    if own and read:
        equal = (" = ", "") if date.supplied else (" [", "]")
        yield from (Part(own, own_language), Part(equal[0]), Part(read), Part(equal[1]))
    else:
        yield Part(read or own, language if read else own_language)
    yield Part(closing)


def _long(day: datetime.date, calendar: str, language: str) -> str:
    """`October 4, 2023` in English, as both styles want; day, month, year elsewhere."""
    if language == "en" and calendar == GREGORIAN:
        return f"{month_name(calendar, day.month, language)} {day.day}, {day.year}"
    return _written(day, calendar, language)


def _written(day: datetime.date, calendar: str, language: str) -> str:
    """The day in the calendar, or in the Gregorian one where the calendar's tables do not reach it."""
    try:
        return format_date(day, calendar, language)
    except ValueError:
        return format_date(day, GREGORIAN, language)


def _year_first(day: datetime.date, calendar: str, language: str) -> str:
    """`2023, October 4`, «2023، 4 أكتوبر», «۱۴۰۲، ۱۲ مهر»: APA puts the year first."""
    first, _space, year = _written(day, calendar, language).rpartition(" ")
    if language == "en":
        number, _space, month = first.partition(" ")
        first = f"{month} {number}"
    return f"{year}{COMMA[language]}{first}"


def _accessed(work: Cited, language: str) -> str:
    return ACCESSED[language].format(_long(work.accessed_on, GREGORIAN_OR[language], language))


def _address(address: str, after: str) -> Parts:
    return [Part(address, "zxx"), Part(after)] if address else []


def _small(sentence: str) -> str:
    """A sentence as it stands within another: with a small first letter."""
    return sentence[:1].lower() + sentence[1:]
