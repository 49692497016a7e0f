"""Finds the lines and phrases that say when a page was published; reading the date itself is a later step.

A line is known by the words it is made of, not by a date that can be read in it: one whose date is misprinted or has
only a weekday is no text of the article either, and `find_dates` gives none for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extraction.dates.months import EVERYDAY_WORDS, NAMES
from archive.extraction.dates.words import EPITHETS
from archive.extraction.page.folding import fold

_WEEKDAYS = """
    السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة سبت أحد شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه
    پنجشنبه پنج‌شنبه جمعه یک دو سه چهار پنج saturday sunday monday tuesday wednesday thursday friday sat sun
    mon tue wed thu fri
    """
_FILLERS = """
    في من عام سنة لسنة شهر يوم اليوم الموافق لـ ل و ال الساعة ساعة بتوقيت غرينتش جرينتش المحلي بالتوقيت
    صباحا مساء صباحاً مساءً ظهرا ص م ه هـ ت غ بعد قبل الظهر ميلادي ميلادية هجري هجرية شمسي قمري ساعت روز ماه
    سال برابر با مطابق شمسی قمری میلادی هجری خورشیدی ش ق ب ظ دقیقه صبح عصر شب ظهر به وقت از
    بظ قظ ازظهر بعدازظهر پیش پس at on of the am
    pm gmt utc t z st nd rd th a p
    """
_LABELS = """
    تاريخ التاريخ النشر نشر نشرت نُشر تم آخر تحديث التحديث تعديل حرر بتاريخ منشور أضيف الإضافة الخبر المقال
    تاریخ انتشار زمان درج ثبت خبر مخابره به روز رسانی بروزرسانی بروز آخرین ویرایش منتشر شده تاریخ‌انتشار
    ارسال published updated date posted last modified created publish time
    """


def _words(text: str) -> frozenset[str]:
    return frozenset(word for phrase in fold(text).split() for word in phrase.split("\u200c"))


MONTHS = _words(" ".join((*EVERYDAY_WORDS, *EPITHETS)))
MONTHS_OF_YEARS = MONTHS | _words(" ".join(name for name, _month in NAMES))
"""With the names that are other words too, and months beside a year alone: «۷ حوت ۱۴۰۳»."""

WEEKDAYS = _words(_WEEKDAYS)
FILLERS = _words(_FILLERS)
LABELS = _words(_LABELS)


LONGEST = 160
"""Characters of the longest line that may be a dateline."""

PLACE_WORDS = 3
"""Words of a dateline that may name a place or an agency: «جدة 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس»."""

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_MARKS = re.compile("[\u064b-\u065f\u0670ـ]")
_SHORT_MONTH = re.compile(r"(?<![^\W\d_])[كت]\s?[12](?![0-9])")
_NUMERIC_DATE = re.compile(
    r"(?<![0-9])(?:[0-9]{4}\s?[/.\-]\s?[0-9]{1,2}\s?[/.\-]\s?[0-9]{1,2}"
    r"|[0-9]{1,2}\s?[/.\-]\s?[0-9]{1,2}\s?[/.\-]\s?[0-9]{2,4})(?![0-9])"
)
_LABEL = re.compile(
    r"(?:تاريخ\s?(?:انتشار|درج|ثبت|خبر|مخابره|النشر|الخبر|المقال|الاضافه|نشر)?|التاريخ|زمان\s?(?:انتشار|مخابره|درج|خبر)"
    r"|(?:تم\s)?(?:ال)?نشر(?:ت)?(?:\s(?:في|بتاريخ))?|منشور(?:\sفي)?|منتشر شده(?:\sدر)?"
    r"|اخر\s(?:تحديث|تعديل)|تحديث|حرر في"
    r"|اضيف(?:\sفي)?|اخرين\s(?:به\s?روز\s?رساني|ويرايش)|به\s?روز\s?رساني|published(?:\s(?:on|at))?|updated|date|posted(?:\son)?"
    r"|last\s(?:updated|modified))\s*[:：]?\s*(?=[0-9«(]|[^\W\d_])"
)
_RELATIVE = re.compile(
    r"^(?:(?:منذ|قبل)\s(?:[0-9]+\s)?(?:ثانيه|ثواني|دقيقه|دقيقتين|دقائق|ساعه|ساعتين|ساعات|يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع"
    r"|شهر|شهرين|اشهر|سنه|سنتين|سنوات|عام)(?:\sواحده?)?"
    r"|[0-9]+\s(?:ثانيه|دقيقه|ساعت|روز|هفته|ماه|سال)\s(?:پيش|قبل)|[0-9]+\s(?:minutes?|hours?|days?|weeks?|months?|years?)\sago)$"
)
_ZONE = re.compile(r"(?:بتوقيت|به وقت|بوقت)\s[^\W\d_]+(?:\sالمكرمه)?")
_CLOCK = re.compile(
    r"^[0-9]{1,2}\s?:\s?[0-9]{2}(?:\s?:\s?[0-9]{2})?(?:\s?(?:ت\s?م|ت\s?غ|م|ص|[بق][.\s]{0,2}ظ|gmt|am|pm|nnnn)\.?)*$"
)
_SCHEDULE = re.compile(r"\b(?:الساعه|ساعت|يوم|روز|في)\b")
_WIRE_END = re.compile(r"\s?[-–—]+\s?|//|/|\(")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a line is made of, counted."""

    days: int
    years: int
    months: int
    weekdays: int
    others: int
    opens_with_other: bool
    numeric: bool

    @property
    def is_date(self) -> bool:
        return self.numeric or (self.months > 0 and self.days > 0)

    @property
    def is_full_date(self) -> bool:
        return self.numeric or (self.is_date and self.years > 0)


def _read(folded: str) -> _Reading:
    tokens = _TOKEN.findall(_SHORT_MONTH.sub("يناير", _ZONE.sub("", _MARKS.sub("", folded))))
    numbers = [int(token[:6]) for token in tokens if token[0].isdecimal() and token.isascii()]
    words = [token for token in tokens if not token[0].isdecimal()]
    years = sum(1300 <= number <= 2199 for number in numbers)
    month_words = MONTHS_OF_YEARS if years else MONTHS
    known = month_words | WEEKDAYS | FILLERS | LABELS
    others = [word for word in words if word not in known and word.removeprefix("و") not in known]
    return _Reading(
        days=sum(1 <= number <= 31 for number in numbers),
        years=years,
        months=sum(word in month_words for word in words),
        weekdays=sum(word in WEEKDAYS for word in words),
        others=len(others),
        opens_with_other=bool(others) and tokens[0] == others[0],
        numeric=_NUMERIC_DATE.search(folded) is not None,
    )


def is_dateline(line: str, *, may_name_place: bool = False) -> bool:
    """Tell whether a line says when the page was published, and says nothing else.

    Any NFC line. With ``may_name_place``, which is for lines beside the title, up to three words of a place or an
    agency may stand in it. Years alone, a sentence with a date, and a clock time alone are no datelines.

    >>> is_dateline("26 اكتوبر 2020")
    True
    >>> is_dateline("تاریخ انتشار: ۱۲ مهر ۱۴۰۲ - ۲۳:۲۳ - 04October 2023")
    True
    >>> is_dateline("في 1 ديسمبر 2019 ، عقدت الجولة الأولى من المشاورات السياسية")
    False
    """
    if len(line) > LONGEST:
        return False
    if is_relative(line):
        return True
    folded = fold(line)
    if not re.search("[0-9]", folded):
        return False
    reading = _read(folded)
    if _LABEL.match(_MARKS.sub("", folded)):
        return (reading.is_date or reading.weekdays > 0) and reading.others <= 2
    if line[-1] in ".؟?!:" and not folded.endswith("ظ."):
        return False
    if reading.others == 0:
        return reading.is_date
    names_place = reading.others <= PLACE_WORDS and not re.search(r":\s", folded)
    return may_name_place and reading.is_full_date and names_place


def is_labelled(line: str) -> bool:
    """Tell whether a dateline says that it is one: «تاریخ انتشار: …», «نُشر في …», "Published on …"."""
    return _LABEL.match(_MARKS.sub("", fold(line))) is not None


def is_relative(line: str) -> bool:
    """Tell whether a line is an age that was true when the page was captured: «منذ 3 ساعات», «۲ ساعت پیش»."""
    return len(line) < 40 and _RELATIVE.match(_MARKS.sub("", fold(line)).strip()) is not None


def is_clock(line: str) -> bool:
    """Tell whether a line is the hour of transmission alone: «12:41 ت م»."""
    return len(line) < 40 and _CLOCK.match(fold(line).strip()) is not None


def wire_dateline(paragraph: str) -> str:
    """Return the opening of a paragraph that names place and day before a dash, slash or colon; "" if none.

    It is part of the article's text and stays there. A preposition or an hour makes it a sentence or a schedule.

    >>> wire_dateline("باكو، 26 أكتوبر 2020 (أذرتاج) - عقدت")
    'باكو، 26 أكتوبر 2020'
    >>> wire_dateline("في 1 ديسمبر 2019 - عقدت الجولة الأولى")
    ''
    """
    opening = paragraph[: LONGEST // 2]
    for match in _WIRE_END.finditer(opening):
        phrase = opening[: match.start()].rstrip(" ،,")
        reading = _read(fold(phrase))
        if _SCHEDULE.search(fold(phrase)) or reading.others > (PLACE_WORDS if reading.is_full_date else 2):
            return ""
        if reading.is_date and reading.opens_with_other:
            return phrase
    return ""
