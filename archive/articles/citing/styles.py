"""Citations as ready text: Chicago, APA, and a house form, each in Arabic, Persian and English.

A citation is a row of parts, so that a page can give each its language and direction, and a plain text is their joint.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.articles.citing.cited import ARCHIVE, UNDATED, Cited
from archive.articles.models import Precision
from archive.calendars.calendars import GREGORIAN
from archive.calendars.digits import in_digits_of
from archive.calendars.words import date_or_gregorian, month_name, usual_calendar


@dataclass(frozen=True, slots=True)
class CitedRun:
    """A run of a citation: `language` "" is that of the citation; `emphasis` is the italic of a newspaper's name."""

    text: str
    language: str = ""
    emphasis: bool = False


Parts = list[CitedRun]
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

    With an author it begins with the author, and the newspaper follows the title (14.191). The title stands in its own
    script (11.110); a supplied date is bracketed. A title with nothing before it has no quotation marks, as the
    published style sets it.
    """
    source = [CitedRun(name, emphasis=True)] if (name := work.source_in(language)) else []
    parts: Parts = [*_author(work), CitedRun(". ")] if work.byline else [*source, CitedRun(". ")] if source else []
    parts += [*_quoted(work, language)] if parts else [*_title(work), CitedRun(".")]
    parts.append(CitedRun(" "))
    parts += [*source, CitedRun(COMMA[language])] if source and work.byline else []
    parts += _date(work, language, _long)
    parts.append(CitedRun(" " if parts[-1].text.endswith(".") else ". "))
    return [
        *parts,
        CitedRun(f"{ARCHIVE[language]}. {_accessed(work, language)}. "),
        CitedRun(work.url, "zxx"),
        CitedRun("."),
    ]


def apa(work: Cited, language: str) -> Parts:
    """7th edition: without an author the title comes first, then the date, the newspaper and the archive (10.16).

    Of an undated report the day of access is told, of a dated one not.
    """
    when: Parts = [CitedRun(". ("), *_date(work, language, _year_first), CitedRun("). ")]
    parts: Parts = [*_author(work), *when, *_title(work), CitedRun(". ")] if work.byline else [*_title(work), *when]
    if source := work.source_in(language):
        parts += [CitedRun(source, emphasis=True), CitedRun(". ")]
    parts.append(CitedRun(f"{ARCHIVE[language]}. "))
    if not work.date.day:
        day = _long(work.accessed_on, usual_calendar(language), language)
        parts.append(CitedRun(RETRIEVED[language].format(day)))
    return [*parts, CitedRun(work.url, "zxx")]


def house(work: Cited, language: str) -> Parts:
    """The form of this archive: author, title, place, agency, source, date, code, address, archive, day of access."""
    comma = CitedRun(COMMA[language])
    parts: Parts = [*_author(work), comma] if work.byline else []
    parts += _quoted(work, language, "")
    for printed in (work.place, work.agency):
        parts += [comma, CitedRun(printed, work.language)] if printed else []
    if source := work.source_in(language):
        parts += [comma, CitedRun(source, emphasis=True)]
    parts += [comma, *_date(work, language, _long)]
    if work.item_code:
        parts += [comma, CitedRun(f"{ITEM[language]} {in_digits_of(language, work.item_code)}")]
    parts += [
        comma,
        CitedRun(_small(ARCHIVED[language])),
        comma,
        CitedRun(f"{_small(_accessed(work, language))}: "),
    ]
    parts.append(CitedRun(work.url, "zxx"))
    if work.original_url:
        parts += [CitedRun(f" ({ORIGINAL[language]}: "), CitedRun(work.original_url, "zxx"), CitedRun(")")]
    return parts


def credited(work: Cited, language: str) -> str:
    """Source and date in one line; an undated article says so."""
    own, mine = work.date.own(language), work.date.within(usual_calendar(language), language)
    days = [f"[{own}]" if work.date.supplied else own, mine if mine != own else ""]
    parts = [work.source_in(language), *(days if work.date.day else [UNDATED[language]])]
    return " · ".join(text for text in parts if text)


STYLES: dict[str, Style] = {"chicago": chicago, "apa": apa, "house": house}
ORIGINAL = {"ar": "الأصل", "fa": "اصل", "en": "original"}
ITEM = {"ar": "رقم الخبر", "fa": "کد خبر", "en": "item"}


def _author(work: Cited) -> Parts:
    return [CitedRun(work.byline, work.language)]


def _title(work: Cited) -> Parts:
    """The title in its own script, and behind it in brackets as a curator romanized it, if one did."""
    title = [CitedRun(work.whole_title, work.language)]
    if not work.romanized_title:
        return title
    return [*title, CitedRun(" ["), CitedRun(work.romanized_title, f"{work.language}-Latn"), CitedRun("]")]


def _quoted(work: Cited, language: str, stop: str = ".") -> Iterator[CitedRun]:
    """The title, in the quotation marks of the language."""
    before, after = QUOTES[language]
    closing = f"{stop}{after}" if language == "en" else f"{after}{stop}"
    yield from (CitedRun(before), *_title(work), CitedRun(closing))


Written = Callable[[datetime.date, str, str], str]


def _date(work: Cited, language: str, written: Written) -> Iterator[CitedRun]:
    """The date as the page counts it and, in brackets, as the reader of the citation does; both in the reader's words.

    `12 Mehr 1402 [4 October 2023]`; all of it in brackets where the page states no date; «بی‌تا» for none at all.
    """
    date, mine = work.date, usual_calendar(language)
    if not date.day:
        yield CitedRun(UNDATED[language])
        return
    own = date.own(language) if date.calendar != mine else ""
    if date.precision in {Precision.DAY, Precision.MINUTE}:
        # Beside a date of another calendar, which is day, month, year, the same order.
        read = (date_or_gregorian if own and written is _long else written)(date.day, mine, language)
    else:
        read = date.within(mine, language)
    both = own and read
    joined = f"{own} = {read}" if both and date.supplied else f"{own} [{read}]" if both else read or own
    yield CitedRun(f"[{joined}]" if date.supplied else joined)


def _long(day: datetime.date, calendar: str, language: str) -> str:
    """`October 4, 2023` in English, as both styles want; day, month, year elsewhere."""
    if language == "en" and calendar == GREGORIAN:
        return f"{month_name(calendar, day.month, language)} {day.day}, {day.year}"
    return date_or_gregorian(day, calendar, language)


def _year_first(day: datetime.date, calendar: str, language: str) -> str:
    """`2023, October 4`, «2023، 4 أكتوبر», «۱۴۰۲، ۱۲ مهر»: APA puts the year first."""
    first, _space, year = date_or_gregorian(day, calendar, language).rpartition(" ")
    if language == "en":
        number, _space, month = first.partition(" ")
        first = f"{month} {number}"
    return f"{year}{COMMA[language]}{first}"


def _accessed(work: Cited, language: str) -> str:
    return ACCESSED[language].format(_long(work.accessed_on, usual_calendar(language), language))


def _small(sentence: str) -> str:
    """A sentence as it stands within another: with a small first letter."""
    return sentence[:1].lower() + sentence[1:]
