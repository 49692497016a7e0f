"""Days told from the day of publication: أمس, امروز (چهارشنبه), الاثنين الماضي."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from archive.extraction.dates.tokens import Phrases, Tokens, fold_word
from archive.extraction.dates.words import ADJECTIVES, WEEKDAYS, folded

_STEPS: Final = (
    ("اليوم,امروز", 0),
    ("أمس,دیروز,yesterday", -1),
    ("أمس الأول,أول أمس,أول من أمس,پریروز", -2),
    ("غدا,غد,فردا,tomorrow", 1),
    ("بعد غد,بعد الغد,پس فردا,پسفردا", 2),
)
STEPS: Final[Phrases[int]] = Phrases((fold_word(word), step) for words, step in _STEPS for word in words.split(","))

# Arabic «فردا فردا» is one by one.
_FOREIGN: Final = {"ar": folded("فردا امروز دیروز"), "fa": folded("اليوم أمس غدا غد")}
TODAY: Final = folded("اليوم امروز")
# Before or after these, "today" is the day of something, an age, or the name of an outlet.
NOT_TODAY_BEFORE: Final = folded(
    "عين عالم ذلك ذاك نفس في خلال طوال طيلة طول المصري روسيا جريدة صحيفة موقع قناة لصحيفة وفي أن بهذا بذلك مثل كل "
    "وهذا ليبيا "
    "دنیای جهان جامعه ایران نسل زندگی شرایط عصر دنیا بشر انسان نیاز نیازهای وضعیت دوران دوره زمان جوانان "
    "روزنامه جوان "
    "رادیو سایت زنان تا آنچه نسلهای مسائل برنامه روز مثل همین هنر ادبیات ما صحيفه هو"
)
NOT_TODAY_AFTER: Final = folded(
    "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الأخير التالي الموالي السابق "
    "العالمي الوطني "
    "الدولي العربي الواحد نفسه ذاته الذي الموعود الآخر المفتوح الدراسي الإعلامي العلمي المذكور الافتتاحي "
    "الختامي و "
    "وغدا قبل أكثر وأمس الحادي الترفيهي التدريبي المحدد المشؤوم السعودي الخليجي نيوز والليلة ما وليلة "
    "بيومه "
    "ایران جامعه جهان دنیا ما دیگر نیوز"
)
_QUOTES: Final = frozenset("«»\"“”'‘’")


@dataclass(frozen=True, slots=True)
class Relative:
    """A day counted from the publication date, over the tokens ``first`` up to ``stop``."""

    first: int
    stop: int
    day: date
    weekday: int | None


def read_relative(tokens: Tokens, index: int, ref: date) -> Relative | None:
    """Read a relative day; the weekday beside it must agree with ``ref``, else there is no hit."""
    return _read_step(tokens, index, ref) or _read_weekday(tokens, index, ref)


def _read_step(tokens: Tokens, index: int, ref: date) -> Relative | None:
    found = STEPS.read(tokens, index)
    if (
        found is None
        or tokens.word(index) in _FOREIGN.get(tokens.lang or "", ())
        or _is_other_sense(tokens, index, found[1])
    ):
        return None
    day = _shift(ref, found[0])
    weekday, stop = _read_weekday_beside(tokens, found[1])
    if day is None or (weekday is not None and weekday != day.weekday()):
        return None
    return Relative(index, stop, day, weekday)


def _is_other_sense(tokens: Tokens, index: int, stop: int) -> bool:
    if tokens.word(index - 1) in _QUOTES and tokens.word(stop) in _QUOTES:
        return True
    if tokens.word(index) == "غد":
        return tokens.word(index - 1) != "يوم"
    if tokens.word(index) == "فردا":
        return tokens.word(index - 1) in NOT_TODAY_BEFORE
    if tokens.word(index) not in TODAY:
        return False
    return tokens.word(index - 1) in NOT_TODAY_BEFORE or tokens.word(stop) in NOT_TODAY_AFTER


def _read_weekday_beside(tokens: Tokens, index: int) -> tuple[int | None, int]:
    mark = tokens.word(index)
    opened = mark == "("
    found = WEEKDAYS.read(tokens, index + (opened or mark in {"،", ",", "-", "–"}))
    if found is None or (opened and tokens.word(found[1]) not in {")", "،", "-"}):
        return None, index
    return found[0], found[1] + (opened and tokens.word(found[1]) == ")")


def _read_weekday(tokens: Tokens, index: int, ref: date) -> Relative | None:
    """Read «الاثنين الماضي», «شنبه آینده»: the last such day before ``ref``, the first after."""
    found = WEEKDAYS.read(tokens, index, prefixes="ول")
    which = ADJECTIVES.read(tokens, found[1]) if found else None
    if found is None or which is None or which[0] not in {"last", "next"}:
        return None
    ahead = (found[0] - ref.weekday()) % 7
    day = _shift(ref, ahead or 7 if which[0] == "next" else ahead - 7)
    return Relative(index, which[1], day, found[0]) if day else None


def _shift(ref: date, days: int) -> date | None:
    try:
        return ref + timedelta(days=days)
    except OverflowError:
        return None
