"""What a citation of an article says: a frozen value, and its date in the calendar of the page.

Everything that is written from it is pure: ready text in `citations_styles`, files in `citations_formats`, what a page
tells a program in `metadata`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.articles.models import AccessPoint, Article, Certainty, Precision
from archive.authorities.directory import Directory
from archive.authorities.models import Kind
from archive.calendars.calendars import GREGORIAN, from_gregorian, month_span, year_span
from archive.calendars.words import format_date
from archive.text.languages import reading_language

LANGUAGES = ("ar", "fa", "en")
UNDATED = {"ar": "بلا تاريخ", "fa": "بی‌تا", "en": "n.d."}
ENDS_OF_KICKERS = (":", "؛", "،", ".", "…", "!", "?", "؟", "-", "–")
ARCHIVE = {"ar": "ديوان", "fa": "دیوان", "en": "Diwan"}


@dataclass(frozen=True, slots=True)
class CitedDate:
    """A Gregorian `day` (the first one of a month or year), the calendar of the page and how far the date is certain.

    `supplied` says that the page states no date of its own: it was inferred, or given by a curator.
    """

    day: datetime.date | None = None
    calendar: str = GREGORIAN
    precision: str = Precision.DAY
    supplied: bool = False
    as_printed: str = ""

    def own(self, language: str) -> str:
        """The date in the calendar of the page: «۱۲ مهر ۱۴۰۲»; "" for none."""
        return self.within(self.calendar, language)

    def within(self, calendar: str, language: str) -> str:
        """The date in a calendar and language. A month or year of another calendar is a span: `September–October 2023`.

        "" for no date and for a day outside the calendar's tables.
        """
        try:
            return self._written(calendar, language) if self.day else ""
        except ValueError:
            return ""

    @property
    def parts(self) -> tuple[int, ...]:
        """Gregorian year, month and day as far as they are known: (2023, 10, 4), (2023,), ().

        A month or year of another calendar lies in two Gregorian ones; it is told by the year of its first day.
        """
        if not self.day:
            return ()
        known = {Precision.YEAR: 1, Precision.MONTH: 2 if self.calendar == GREGORIAN else 1}
        return (self.day.year, self.day.month, self.day.day)[: known.get(Precision(self.precision), 3)]

    def _written(self, calendar: str, language: str) -> str:
        assert self.day is not None  # noqa: S101 - `within` asks
        if self.precision not in {Precision.MONTH, Precision.YEAR}:
            return format_date(self.day, calendar, language)
        year, month, _day = from_gregorian(self.calendar, self.day)
        is_month = self.precision == Precision.MONTH
        span = month_span(self.calendar, year, month) if is_month else year_span(self.calendar, year)
        first, last = (format_date(day, calendar, language, self.precision) for day in span)
        if first == last:
            return first
        # `September 2023` and `October 2023` are `September–October 2023`.
        return f"{first.removesuffix(' ' + last.rpartition(' ')[2])}–{last}"


@dataclass(frozen=True, slots=True)
class Cited:
    """An article as citations tell it. Text is NFC in logical order; addresses are absolute.

    `source` holds the name of the newspaper or agency by language; `captured_on` and `accessed_on` are days in UTC.
    `byline`, `agency` and `place` are those of the report, as printed. `romanized_title` is kicker and title in Latin
    letters, as a curator wrote them, "" where none did.
    """

    identifier: str
    title: str
    language: str
    url: str
    accessed_on: datetime.date
    date: CitedDate = field(default_factory=CitedDate)
    source: Mapping[str, str] = field(default_factory=dict)
    source_slug: str = ""
    kicker: str = ""
    romanized_title: str = ""
    original_url: str = ""
    captured_on: datetime.date | None = None
    digest: str = ""
    item_code: str = ""
    byline: str = ""
    agency: str = ""
    place: str = ""
    subjects: tuple[str, ...] = ()

    @property
    def whole_title(self) -> str:
        """Kicker and title, as the page reads: «امیرعبداللهیان در دیدار خلف اف: زبان صلح و امنیت …»."""
        joint = " " if self.kicker.endswith(ENDS_OF_KICKERS) else ": "
        return f"{self.kicker}{joint}{self.title}" if self.kicker else self.title

    @property
    def own_language(self) -> str:
        """The language to cite the article in by itself: its own, English for one that is not known."""
        return reading_language(self.language) or "en"

    @property
    def known_language(self) -> str:
        """The language as a BCP 47 code; "" where it could not be determined."""
        return self.language if self.language != "und" else ""

    def source_in(self, language: str) -> str:
        """The name of the source in a language, else in English, else as the page has it."""
        names = self.source
        return names.get(language) or names.get("en") or next(iter(names.values()), "")


def cited(article: Article, url: str, accessed_on: datetime.date, names: Directory) -> Cited:
    """What a citation says of a described article; `url` is its absolute address in the archive."""
    return Cited(
        identifier=article.identifier,
        title=" ".join(article.title.split()),
        kicker=" ".join(article.kicker.split()),
        romanized_title=" ".join(article.romanized_title.split()),
        language=article.language,
        url=url,
        accessed_on=accessed_on,
        date=_date(article),
        source=_source(article, names),
        source_slug=article.source.slug if article.source else "",
        original_url=article.capture.target_uri,
        captured_on=article.capture.captured_at.date() if article.capture.captured_at else None,
        digest=article.capture.payload_digest,
        item_code=article.item_code,
        byline=article.byline,
        agency=article.agency,
        place=article.place,
        subjects=_subjects(article, names),
    )


def _date(article: Article) -> CitedDate:
    if not article.dated_on:
        return CitedDate(as_printed=article.date_as_printed)
    stated = article.date_certainty == Certainty.STATED
    given = article.date_certainty == Certainty.CURATED and article.date_as_printed
    return CitedDate(
        day=article.dated_on,
        calendar=article.date_calendar or GREGORIAN,
        precision=article.date_precision or Precision.DAY,
        supplied=not (stated or given),
        as_printed=article.date_as_printed,
    )


def _source(article: Article, names: Directory) -> dict[str, str]:
    """The name of the source in each language; a source without a record by its name as printed."""
    if not article.source:
        return {article.language: article.source_as_printed} if article.source_as_printed else {}
    return {language: names.label(Kind.SOURCE, article.source.slug, language) for language in LANGUAGES}


def _subjects(article: Article, names: Directory) -> tuple[str, ...]:
    """Officials, countries and bodies that the article is linked to, by their English names."""
    points = [p for p in article.access_points.all() if p.state != AccessPoint.State.REJECTED]
    kinds = {Kind.OFFICIAL, Kind.COUNTRY, Kind.BODY}
    return tuple(names.label(p.record.kind, p.record.slug, "en") for p in points if p.record.kind in kinds)
