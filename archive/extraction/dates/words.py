"""Words around a date: days in words, weekdays, eras, adjectives of time, connectors; and the language they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from archive.extraction.dates.tokens import Phrases, Value, fold, fold_word

Which = Literal["last", "next", "current", "last_year", "next_year", "elsewhere"]


def folded(words: str) -> frozenset[str]:
    """Return the folded words of a list written with spaces."""
    return frozenset(fold_word(word) for word in words.split())


def table(rows: Iterable[tuple[str, Value]]) -> list[tuple[str, Value]]:
    """Return a folded entry for each of the names, separated by commas, of each row."""
    return [(fold_word(name.strip()), value) for names, value in rows for name in names.split(",")]


_ARABIC_UNITS: Final = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع"
_PERSIAN_UNITS: Final = (
    "یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم هجدهم "
    "نوزدهم بیستم"
)


def _arabic_ordinals() -> list[tuple[str, int]]:
    units = list(enumerate(_ARABIC_UNITS.split(), 1))
    rows = [(unit, number) for number, unit in units]
    rows += [("أول", 1), ("غرة", 1), ("الفاتح", 1), ("العاشر", 10), ("الحادي عشر", 11), ("الحادية عشر", 11)]
    rows += [(f"{unit} عشر", 10 + number) for number, unit in units[1:]]
    for tens, base in (("العشرين", 20), ("العشرون", 20), ("الثلاثين", 30), ("الثلاثون", 30)):
        ones = [(1, "الحادي"), (1, "الواحد"), *units[1:]]
        rows.append((tens, base))
        rows += [(f"{unit} و{tens}", base + number) for number, unit in ones if base + number <= 31]
        rows += [(f"{unit} و {tens}", base + number) for number, unit in ones if base + number <= 31]
    return rows


def _persian_ordinals() -> list[tuple[str, int]]:
    units = list(enumerate(_PERSIAN_UNITS.split(), 1))
    rows = [(unit, number) for number, unit in units]
    rows += [("اول", 1), ("نخست", 1), ("هیجدهم", 18), ("هژدهم", 18), ("سی ام", 30), ("سی‌ام", 30), ("سیم", 30)]
    rows += [("سی و یکم", 31), ("سی ویکم", 31), ("سیویکم", 31)]
    for joint in (" و ", " و", "و"):
        rows += [(f"بیست{joint}{unit}", 20 + number) for number, unit in units[:9]]
    return rows


ORDINALS: Final[dict[str, Phrases[int]]] = {
    "ar": Phrases((fold_word(phrase), day) for phrase, day in _arabic_ordinals()),
    "fa": Phrases((fold_word(phrase), day) for phrase, day in _persian_ordinals()),
}

# Monday is 0, as in datetime.date.weekday.
WEEKDAYS: Final[Phrases[int]] = Phrases(
    table(
        (
            ("الاثنين,الأثنين,الإثنين,اثنين,دوشنبه,دو شنبه,monday,mon", 0),
            ("الثلاثاء,الثلاثا,ثلاثاء,سه شنبه,سهشنبه,tuesday,tue", 1),
            ("الأربعاء,الاربعا,أربعاء,چهارشنبه,چهار شنبه,wednesday,wed", 2),
            ("الخميس,خميس,پنجشنبه,پنج شنبه,پنچشنبه,thursday,thu", 3),
            ("الجمعة,جمعه,آدینه,friday,fri", 4),
            ("السبت,شنبه,saturday,sat", 5),
            ("الأحد,یکشنبه,یک شنبه,sunday,sun", 6),
        )
    )
)

ERAS: Final[Phrases[str]] = Phrases(
    table(
        (
            ("م,ميلادي,ميلادية,الميلادي,الميلادية,للميلاد,میلادی,ad,ce", "gregorian"),
            ("ه,هجري,هجرية,الهجري,الهجرية,للهجرة,هجری", "hijri"),
            ("ق,قمری,هجری قمری,ه ق,ه.ق,هق,ه. ق", "lunar_hijri"),
            (
                "ش,شمسی,خورشیدی,هجری شمسی,هجری خورشیدی,ه ش,ه.ش,هش,ه. ش,هجري شمسي,شمسية,هجرية شمسية",
                "solar_hijri",
            ),
            ("ق.م,ق م,ق. م,قبل الميلاد,پیش از میلاد,قبل از میلاد,bc", "before"),
        )
    )
)

_LAST = "الماضي,الماضية,الفائت,المنصرم,المنقضي,گذشته,پیشین,اخیر"
_NEXT = "المقبل,المقبلة,القادم,القادمة,آینده,آتی,پیش رو"
_CURRENT = (
    "الجاري,الجارية,الحالي,الحالية,هذا العام,من هذا العام,هذه السنة,من هذه السنة,العام الجاري"
    ",من العام الجاري"
    ",العام الحالي,من العام الحالي,السنة الجارية,من السنة الجارية,من السنة الحالية,للعام الجاري,امسال,جاری"
    ",سال جاری,هذا الشهر,من هذا الشهر,من الشهر الجاري,من الشهر الحالي,ماه جاری"
)
_LAST_YEAR = (
    "العام الماضي,من العام الماضي,السنة الماضية,من السنة الماضية,العام الفائت,من العام الفائت,العام المنصرم"
    ",من العام المنصرم,سال گذشته,پارسال,سال قبل,سال پیش"
)
_NEXT_YEAR = (
    "العام المقبل,من العام المقبل,العام القادم,من العام القادم,السنة المقبلة,من السنة المقبلة,سال آینده,سال بعد"
)
_ELSEWHERE = (
    "من العام نفسه,من نفس العام,العام ذاته,من العام ذاته,من ذلك العام,من تلك السنة,من السنة نفسها"
    ",من نفس السنة"
    ",همان سال,همین سال,آن سال,این سال,هر سال,من كل عام,من كل سنة,كل عام,العام التالي,من العام التالي"
    ",من العام السابق"
)

_WHICH: Final[tuple[tuple[str, Which], ...]] = (
    (_LAST, "last"),
    (_NEXT, "next"),
    (_CURRENT, "current"),
    (_LAST_YEAR, "last_year"),
    (_NEXT_YEAR, "next_year"),
    (_ELSEWHERE, "elsewhere"),
)
ADJECTIVES: Final[Phrases[Which]] = Phrases(table(_WHICH))

YEAR_WORDS: Final = folded("عام العام لعام للعام سنة السنة لسنة للسنة سال بسنة بعام وعام in of")
YEAR_PLURALS: Final = folded("لعامي لسنتي لأعوام للأعوام عامي عامين سنتي سنوات أعوام الأعوام سالهای")
MONTH_WORDS: Final = folded("شهر لشهر ماه month")
DAY_WORDS: Final = folded("يوم اليوم يومي أيام ليوم روز روزهای تاريخ تاریخ بتاريخ المؤرخ مورخ مورخه on the")
EPITHETS: Final = folded(
    "المبارك المعظم الحرام المكرم المرجب الخير مبارک المحرم الأغر الفضيل المظفر الأصب الفرد الأنور الكريم المنور"
    " st nd rd th"
)
OF_WORDS: Final = folded("من of")
COMMAS: Final = frozenset(",،")
DASHES: Final = frozenset("-–")

RANGE_OPENERS: Final = folded("من از from")
BETWEEN: Final = folded("بين مابين between")
UNTIL: Final = folded("إلى حتى وحتى لغاية ولغاية وإلى تا to until through") | DASHES
AND: Final = folded("و and")

EQUALS: Final[Phrases[str]] = Phrases(
    table(
        (
            (
                "الموافق,الموافق ل,الموافق لـ,الموافق في,الموافق فيه,الموافقة ل,المصادف,المصادف ل"
                ",الموافق يوم,يوافق"
                ",برابر با,برابر,مصادف با,مصادف,مطابق با,مطابق,معادل,موافق,للموافق,بالموافق,هـ الموافق",
                "equals",
            ),
        )
    )
)
FILLERS: Final = folded("، , - – ( ) [ ] / | ل في مورخ مورخه تاريخ تاریخ بتاريخ يوم روز")


_WORD: Final = re.compile(r"[^\W\d_]+")
_ARABIC: Final = folded("في من إلى عام سنة يوم هذا التي الذي أن قد بعد وقد كما خلال شهر")
_PERSIAN: Final = folded("است این که در به از با تا را سال روز ماه شد برای می تاریخ ساعت های")
_PERSIAN_LETTERS: Final = re.compile("[پچژگکی۴۵۶]")
_ARABIC_LETTERS: Final = re.compile("[ةىيكأإ٤٥٦]")
_PERSIAN_DIGITS: Final = re.compile("[۰-۹]")
# Languages whose writers use the month names of Arabic or Persian.
_SAME_NAMES: Final = {"ara": "ar", "arb": "ar", "fas": "fa", "per": "fa", "pes": "fa", "prs": "fa", "ps": "fa"}
_SAMPLE: Final = 2000


def language_of(text: str, lang: str | None) -> str | None:
    """Return ar or fa by function words, then letters, then digits; what the caller says comes first.

    Persian typed with Arabic yeh and kaf is still Persian: words weigh more than letters.
    """
    if lang:
        code = lang.lower().replace("_", "-").split("-")[0]
        return _SAME_NAMES.get(code, code)
    sample = text[:_SAMPLE]
    words = _WORD.findall(fold(sample).text)
    arabic = sum(word in _ARABIC or word.startswith("ال") for word in words)
    persian = sum(word in _PERSIAN for word in words)
    if arabic == persian:
        arabic = len(_ARABIC_LETTERS.findall(sample))
        persian = len(_PERSIAN_LETTERS.findall(sample)) + len(_PERSIAN_DIGITS.findall(sample))
    if arabic == persian:
        return None
    return "ar" if arabic > persian else "fa"
