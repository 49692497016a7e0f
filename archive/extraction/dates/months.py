"""Month names that a page may use, in every naming; those that we print are in `archive.calendars.words`.

Sources of the Gregorian names: CLDR 48 (ar, ar-SY, ar-IQ, ar-DZ, ar-TN, ar-MA, ar-MR, fa, fa-AF, ps, az);
Libyan names of 1986-2011, Afghan and Pashto names from common reference works. Variants of hamza, madda and
yeh need no rows of their own: names are compared after folding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from archive.extraction.dates.tokens import Phrases, fold_word


@dataclass(frozen=True, slots=True)
class Month:
    """What a name stands for, and what must stand beside it before it is believed.

    ``homes``: languages whose writers use it; elsewhere it needs a year. ``needs``: "day" (a day or a year),
    "year", or "both".
    """

    calendar: str
    number: int
    homes: tuple[str, ...]
    needs: str = "day"
    family: str = ""


# A row is twelve cells separated by |, a cell is the names of one month separated by commas.
_ROWS: Final = (
    ("gregorian", "ar", "day", "gulf",
     "يناير|فبراير|مارس|أبريل,إبريل|مايو|يونيو,يونيه|يوليو,يوليه|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"),
    ("gregorian", "ar", "day", "levant",
     "كانون الثاني,كانون ثاني,كانون ثان,كانون 2|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول"
     "|تشرين الأول,تشرين أول,تشرين 1|تشرين الثاني,تشرين ثاني,تشرين ثان,تشرين 2"
     "|كانون الأول,كانون أول,كانون 1"),
    ("gregorian", "ar", "day", "maghreb",
     "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية,جويليه|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر"),
    ("gregorian", "ar", "day", "morocco",
     "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت,أغشت|شتنبر,شتمبر|أكتوبر|نونبر|دجنبر,دجمبر"),
    ("gregorian", "ar", "both", "libya",
     "أي النار|النوار|الربيع|الطير|الماء|الصيف|ناصر|هانيبال|الفاتح|التمور|الحرث|الكانون"),
    ("gregorian", "fa", "day", "iran",
     "ژانویه,جانویه|فوریه|مارس|آوریل,آپریل|مه|ژوئن,ژوین|ژوئیه,ژوییه,جولای,جولائی|اوت,آگوست,اگوست|سپتامبر"
     "|اکتبر,اکتوبر|نوامبر|دسامبر"),
    ("gregorian", "fa", "day", "afghan",
     "جنوری|فبروری|مارچ|اپریل|می|جون|جولای|اگست|سپتمبر|اکتوبر|نومبر|دسمبر,دیسمبر"),
    ("solar_hijri", "fa", "day", "iran",
     "فروردین|اردیبهشت|خرداد|تیر|مرداد,امرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"),
    ("solar_hijri", "fa", "year", "afghan",
     "حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت"),
    ("solar_hijri", "fa", "year", "pashto",
     "وری|غویی,غوایی|غبرګولی|چنګاښ|زمری|وږی|تله|لړم|لیندۍ|مرغومی|سلواغه|کب"),
    ("lunar_hijri", "ar fa", "day", "lunar",
     "محرم,المحرم|صفر|ربيع الأول,ربيع أول,ربیع‌الاول|ربيع الآخر,ربيع الثاني,ربيع آخر,ربیع‌الثانی,ربیع‌الآخر"
     "|جمادى الأولى,جمادى الأول,جمادی‌الاول,جمادی‌الاولی,جماد الأول,جماد الأولى"
     "|جمادى الآخرة,جمادى الآخر,جمادى الثانية,جمادى الثاني,جمادی‌الثانی,جمادی‌الثانیه,جمادی‌الآخر"
     ",جماد الآخرة,جماد الثاني,جمادی‌الآخره"
     "|رجب|شعبان|رمضان|شوال"
     "|ذو القعدة,ذي القعدة,ذا القعدة,ذوالقعدة,ذیقعده,ذی‌القعده,ذي قعدة,ذوقعده"
     "|ذو الحجة,ذي الحجة,ذا الحجة,ذوالحجة,ذیحجه,ذی‌الحجه,ذي حجة,ذوحجه"),
    ("gregorian", "en", "day", "english",
     "january,jan|february,feb|march,mar|april,apr|may|june,jun|july,jul|august,aug|september,sep,sept"
     "|october,oct|november,nov|december,dec"),
    ("solar_hijri", "en", "year", "latin",
     "farvardin|ordibehesht|khordad|tir|mordad,amordad|shahrivar|mehr|aban|azar|dey|bahman|esfand,isfand"),
    ("lunar_hijri", "en", "year", "latin",
     "muharram,moharram|safar|rabi al-awwal,rabi al-awal,rabi i|rabi al-thani,rabi al-akhir,rabi ii"
     "|jumada al-ula,jumada al-awwal,jumada i|jumada al-akhira,jumada al-thani,jumada ii"
     "|rajab|shaban,sha'ban|ramadan,ramazan|shawwal,shawal"
     "|dhu al-qada,dhu al-qa'da,dhul-qada,dhul qada,zilqada"
     "|dhu al-hijja,dhul-hijja,dhul hijja,dhu al-hijjah,dhul hijjah,zilhijja"),
    ("gregorian", "en az", "day", "azerbaijani",
     "yanvar,yan|fevral,fev|mart|aprel|may|iyun,iyn|iyul,iyl|avqust,avq|sentyabr,sen|oktyabr,okt|noyabr,noy"
     "|dekabr,dek"),
)  # fmt: skip


def _entries() -> list[tuple[str, Month]]:
    entries: list[tuple[str, Month]] = []
    for calendar, homes, needs, family, row in _ROWS:
        for number, cell in enumerate(row.split("|"), start=1):
            month = Month(calendar, number, tuple(homes.split()), needs, family)
            entries += [(fold_word(name), month) for name in cell.split(",")]
    with_mah = [(name + suffix, month) for name, month in entries if "fa" in month.homes for suffix in ("ماه", " ماه")]
    return with_mah + entries


MONTHS: Final[Phrases[Month]] = Phrases(_entries())
