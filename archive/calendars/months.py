"""The names by which months are shown, in three calendars and three languages; from CLDR, spelled as the press does."""

from __future__ import annotations

from typing import Final


def _names(row: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in row.split("|"))


DISPLAY_NAMES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("gregorian", "ar"): _names(
        "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
    ),
    ("gregorian", "fa"): _names(
        "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر"
    ),
    ("gregorian", "en"): _names(
        "January|February|March|April|May|June|July|August|September|October|November|December"
    ),
    ("solar_hijri", "ar"): _names(
        "فروردين|أرديبهشت|خرداد|تير|مرداد|شهريور|مهر|آبان|آذر|دي|بهمن|إسفند"
    ),
    ("solar_hijri", "fa"): _names(
        "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
    ),
    ("solar_hijri", "en"): _names(
        "Farvardin|Ordibehesht|Khordad|Tir|Mordad|Shahrivar|Mehr|Aban|Azar|Dey|Bahman|Esfand"
    ),
    ("lunar_hijri", "ar"): _names(
        "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة"
    ),
    ("lunar_hijri", "fa"): _names(
        "محرم|صفر|ربیع‌الاول|ربیع‌الثانی|جمادی‌الاول|جمادی‌الثانی|رجب|شعبان|رمضان|شوال|ذی‌القعده|ذی‌الحجه"
    ),
    ("lunar_hijri", "en"): _names(
        "Muharram|Safar|Rabi al-Awwal|Rabi al-Thani|Jumada al-Ula|Jumada al-Akhira"
        "|Rajab|Shaban|Ramadan|Shawwal|Dhu al-Qada|Dhu al-Hijja"
    ),
}  # fmt: skip
