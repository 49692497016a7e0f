"""The guarded light stemmer of Persian: plural, degree and possessive come off a word where the lexicon agrees.

Source: the suffixes of the Lucene and Snowball Persian stemmers. Differs: the word itself always stays a stem, names
keep their endings (`تهران` is not cut to `تهر`), verbs are not stemmed, and each cut is weighed by how frequent both
words are.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from search.analysis.lexicons import Lexicon, persian, stop_words
from search.analysis.normalizer import fold
from search.analysis.resources import read_lines

_PLURALS: Final = ("هايشان", "هايمان", "هايتان", "هايش", "هايم", "هايت", "هاست", "هايي", "هاي", "ها")
_OWNERS: Final = ("مان", "تان", "شان")
SUFFIX_PARTS: Final = frozenset(
    (*_PLURALS, "تر", "ترين", "اي", "ام", "ات", "اش", "اند", "ايم", "ايد", "ي", "يي", "مان", "تان", "شان", "است")
)
_WHOLE: Final = frozenset(map(fold, "مجازات صادرات واردات مالیات ادبیات عملیات انتخابات مشاورات".split()))
MOST_STEMS: Final = 5
_COMMON: Final = 50  # times that news write a noun which some list for a name


def stem_persian(norm: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Give one to five stems of a Persian word, the word itself first; `norm` and `parts` are folded.

    `سفیران` → `سفيران`, `سفير`; `قرارداد‌های` → `قراردادهاي`, `قرارداد`; `تهران`, `ارتش`, `نان` do not change.
    """
    lexicon = persian()
    stems = [norm, *_without_suffix_parts(parts)]
    for word in tuple(stems):
        if word not in lexicon.places or word.endswith("ي"):
            found = _without_ending(word, len(parts) > 1, lexicon)
            stems += [stem for stem in found if lexicon.knows(stem)]
            stems += _before_ezafe(word, lexicon)
    stems += _compounds_of_one(parts, lexicon)
    stems += [lexicon.lemmas[stem] for stem in stems if stem in lexicon.lemmas]
    return tuple(dict.fromkeys(stems))[:MOST_STEMS]


def _without_suffix_parts(parts: tuple[str, ...]) -> Iterator[str]:
    """`کتاب‌ها` → `كتاب`; `بزرگ‌ترین‌ها` → `بزرگ`; `می‌کند` gives nothing."""
    kept = len(parts)
    while kept > 1 and parts[kept - 1] in SUFFIX_PARTS:
        kept -= 1
    if 0 < kept < len(parts):
        yield "".join(parts[:kept])


def _without_ending(word: str, is_halved: bool, lexicon: Lexicon) -> Iterator[str]:
    if word in stop_words():
        return
    for suffix in _PLURALS:
        if word.endswith(suffix):
            yield from _singulars(word, suffix, is_halved, lexicon)
            return
    if word in lexicon.names or word in _WHOLE:
        return
    for cut in (_degree, _people, _arabic_plural, _possessive):
        yield from (rest for rest in cut(word, lexicon.frequency, lexicon) if rest not in lexicon.places)
    yield from _final_hamza(word)
    yield from _adjective_of_place(word, lexicon)


def _singulars(word: str, suffix: str, is_halved: bool, lexicon: Lexicon) -> Iterator[str]:
    """`قراردادها` → `قرارداد`; `منطقهای` → `منطق` and `منطقه`, for its half-space may have been lost."""
    rest = word.removesuffix(suffix)
    if len(rest) < 2:
        return
    whole = lexicon.frequency.get(word, 0)
    if is_halved or 2 * lexicon.frequency.get(rest, 0) >= whole:
        yield rest
    if not is_halved and suffix in ("ها", "هاي", "هايي") and 2 * lexicon.frequency.get(rest + "ه", 0) >= whole:
        yield rest + "ه"


def _before_ezafe(word: str, lexicon: Lexicon) -> Iterator[str]:
    """The ezafe behind ا and و is written ی: `شورای` → `شورا`, `نیروی` → `نيرو`; `قوی`, `رأی`, `پهلوی` do not change.

    The form without it may be the rarer one, so that nothing is counted; only a word of four letters must be known, and
    what may be an adjective: `مصطفوی` is of مصطفی.
    """
    if (
        not word.endswith(("اي", "وي"))
        or len(word) < 4
        or (word.endswith("هاي") and word[:-1] not in lexicon.frequency)
    ):
        return
    is_name = word in lexicon.names and word[:-1] not in lexicon.places and not _is_common(word, lexicon)
    if is_name or word in stop_words() or word[:-1] in stop_words("fa") or word in _whole():
        return
    if word[:-1] in lexicon.frequency or (len(word) > 4 and not _is_of_a_name(word, lexicon)):
        yield word[:-1]


def _compounds_of_one(parts: tuple[str, ...], lexicon: Lexicon) -> Iterator[str]:
    """The plural of what is written with a half-space stands in its first part: `رؤسای‌جمهور` → `رئیس‌جمهور`."""
    if len(parts) > 1 and parts[1] not in SUFFIX_PARTS:
        for plural in (parts[0], *_before_ezafe(parts[0], lexicon)):
            if plural in lexicon.lemmas:
                yield lexicon.lemmas[plural] + "".join(parts[1:])


def _is_common(word: str, lexicon: Lexicon) -> bool:
    """Say whether a listed name is rather a noun before ezafe: `قوای`; not `پهلوی`."""
    return word.endswith("اي") and lexicon.frequency.get(word[:-1], 0) > max(_COMMON, lexicon.frequency.get(word, 0))


def _is_of_a_name(word: str, lexicon: Lexicon) -> bool:
    """Say whether ‎-وی makes an adjective of what is known: `مصطفوی`, `غزنوی`, `ثانوی`; not `ترازوی`."""
    return word.endswith("وي") and any(lexicon.frequency.get(word[:-2] + end, 0) > 1 for end in ("ي", "ه", "ا", "ين"))


@cache
def _whole() -> frozenset[str]:
    return frozenset(map(fold, read_lines("yeh_of_the_word_fa.txt")))


def _degree(word: str, frequency: dict[str, int], lexicon: Lexicon) -> Iterator[str]:
    """`مهمترین` → `مهم`; `بزرگتر` → `بزرگ`; `دفتر` does not change."""
    if word.endswith("ترين") and len(word) > 6:
        yield word[:-4]
    elif word.endswith("تر") and len(word) > 5 and frequency.get(word[:-2], 0) >= frequency.get(word, 0):
        yield word[:-2]


def _people(word: str, frequency: dict[str, int], lexicon: Lexicon) -> Iterator[str]:
    """`نمایندگان` → `نماينده`; `ایرانیان` → `ايراني`; `سفیران` → `سفير`; `استان`, `سازمان` do not change."""
    if not word.endswith("ان") or word.endswith("ستان"):
        return
    rest, whole = word[:-2], frequency.get(word, 0)
    if rest.endswith("گ") and len(rest) > 3 and rest[-2] not in "او":
        yield rest[:-1] + "ه"
    if rest.endswith("ي") and len(rest) > 3 and 5 * frequency.get(rest, 0) >= whole:
        yield rest
    if rest.endswith(("اي", "وي")) and len(rest) > 4 and 5 * frequency.get(rest[:-1], 0) >= whole:
        yield rest[:-1]
    if (len(rest) > 4 and 5 * frequency.get(rest, 0) >= whole) or (
        len(rest) == 4 and frequency.get(rest, 0) >= max(1, whole)
    ):
        yield rest


def _arabic_plural(word: str, frequency: dict[str, int], lexicon: Lexicon) -> Iterator[str]:
    """`تحقیقات` → `تحقيق`; `مبارزات` → `مبارزه`; `کارخانجات` → `كارخانه`; `قنات`, `ادبیات` do not change."""
    if not word.endswith("ات") or len(word) < 6:
        return
    rest = word[:-2]
    if rest.endswith("ج"):
        yield from (rest[:-1], rest[:-1] + "ه") if len(rest) > 4 else (rest[:-1] + "ه",)
    if frequency.get(rest + "ه", 0) >= 0.1 * frequency.get(word, 0) and lexicon.knows(rest + "ه"):
        yield rest + "ه"
    elif not rest.endswith("ي") and frequency.get(rest, 0) >= 0.3 * frequency.get(word, 0):
        yield rest


def _has_owner(word: str) -> bool:
    return word.endswith(_OWNERS) and len(word) > 6 and not word.endswith("ستان")


def _possessive(word: str, frequency: dict[str, int], lexicon: Lexicon) -> Iterator[str]:
    """`کشورش`, `کشورمان` → `كشور`; `ارتش`, `ساختمان` do not change."""
    if _has_owner(word) and frequency.get(word[:-3], 0) >= 5 * max(1, frequency.get(word, 0)):
        yield word[:-3]
    if word.endswith("ش") and len(word) > 4 and frequency.get(word[:-1], 0) >= 20 * max(1, frequency.get(word, 0)):
        yield word[:-1]


def _adjective_of_place(word: str, lexicon: Lexicon) -> Iterator[str]:
    """`ایرانی` → `ايران`; `روسی` → `روسيه`; `فرانسوی` → `فرانسه`; `سیاسی` does not change."""
    if word in lexicon.demonyms:
        yield lexicon.demonyms[word]
        return
    rests = [word.removesuffix(ending) for ending in ("يي", "ي") if word.endswith(ending)]
    places = [rest for rest in rests if rest in lexicon.places]
    yield from places or [word + "ه" for _ in rests[:1] if word + "ه" in lexicon.countries]


def _final_hamza(word: str) -> Iterator[str]:
    """`اعضاء` → `اعضا`."""
    if word.endswith("اء") and len(word) > 4:
        yield word[:-1]
