"""The endings of Arabic words: case, number, pronouns, nisba; each kept apart from what only looks like it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from search.analysis.lexicons import Lexicon

_PRONOUNS: Final = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ه")
_DUALS: Final = ("تان", "تين")
_PLURALS: Final = ("ان", "ين", "ون")
_NISBAS: Final = ("يتين", "يتان", "يين", "يون", "يات", "يه", "ي")
_HAMZAS: Final = ("ئ", "ؤ", "ء")


def without_endings(base: str, raw: str, lexicon: Lexicon) -> list[str]:
    """Give what remains of a word without each of its endings, where that is a known word.

    `base` is folded, `raw` the same letters as written, where hamza and teh marbuta are still seen.
    """
    if base in lexicon.stop_words:
        return []
    found = [
        *_case_and_number(base, lexicon),
        *_hamza_before_case_and_number(base, raw, lexicon),
        *without_pronoun(base, raw, lexicon),
    ]
    known = (stem for stem in dict.fromkeys(found) if lexicon.knows(stem) or _is_verbal_noun(stem))
    return [stem for stem in known if not _is_place_alone(stem, lexicon)]


def _is_verbal_noun(stem: str) -> bool:
    """Say whether a stem that news never had is a noun by its shape: انضواء of `انضوائها`."""
    return len(stem) > 5 and stem.startswith("ا") and stem.endswith("اء")


def _is_place_alone(stem: str, lexicon: Lexicon) -> bool:
    """Places take no case, number or pronoun: `قطرات`, `جدته`, `كابلات` are other words; مشهد is a noun as well."""
    return stem in lexicon.places and stem not in lexicon.ordinary


def _hamza_before_case_and_number(base: str, raw: str, lexicon: Lexicon) -> Iterator[str]:
    """`جزءا` → `جزء`; `شيئا`, `شيئين` → `شيء`; `لاجئا` → `لاجي`, as لاجئ is folded."""
    for ending in ("ا", *_PLURALS):
        rest = base.removesuffix(ending)
        if rest != base and len(rest) > 2:
            yield from _hamza_nouns(rest, raw[: len(rest)].replace("أ", "ئ"), lexicon)


def _hamza_nouns(rest: str, raw: str, lexicon: Lexicon) -> Iterator[str]:
    """The nouns that end in a hamza and write it on yeh or waw before an ending: ‎-ئ, ‎-ؤ and ‎-ء are one letter.

    `لقاي` (لقائـ) and `لقاو` (لقاؤـ) → `لقاء`; `جزي` (جزئـ) → `جزء`; `مبادي` stays; `خطي` (خطئـ) → `خطا`.
    """
    if not raw.endswith(_HAMZAS):
        return
    if raw.endswith("ء"):
        yield rest
    elif lexicon.knows(rest[:-1] + "ء"):
        yield rest[:-1] + "ء"
    elif rest[-3:-2] == "ا":
        yield rest
    elif rest[-2:-1] == "ا":
        yield rest[:-1] + "ء"
    else:
        yield rest[:-1] + "ا"


def _case_and_number(base: str, lexicon: Lexicon) -> Iterator[str]:
    """`رئيسا` → `رييس`; `زيارات` → `زياره`; `الطرفين` → `طرف`; `دولتان` → `دوله`; `مسؤولو` → `مسوول`."""
    if len(base) > 4 and base.endswith("ا") and not _is_pronoun(base, lexicon):
        yield base[:-1]
    if len(base) > 4 and base.endswith("ات"):
        yield base[:-2] + "ه"
        yield base[:-2]
    if base.endswith(_DUALS) and len(base) > 4:
        yield base[:-3] + "ه"
    if base.endswith(("تا", "تي")) and _is_construct_dual(base, lexicon):
        yield base[:-2] + "ه"
    if base.endswith(_PLURALS) and _is_plural(base, lexicon):
        yield base[:-2]
    if len(base) > 4 and base.endswith("و") and lexicon.count(base[:-1]) >= lexicon.count(base):
        yield base[:-1]


def _is_pronoun(base: str, lexicon: Lexicon) -> bool:
    """Say whether a final alef belongs to a pronoun: `سفيرها`, `دولتنا`; not `توجها`, `تفاهما`."""
    if base.endswith(("تها", "تهما", "تنا")):
        return True
    for pronoun in ("هما", "ها"):
        if base.endswith(pronoun):
            return lexicon.count(base.removesuffix(pronoun)) >= lexicon.count(base[:-1])
    return False


def _is_construct_dual(base: str, lexicon: Lexicon) -> bool:
    """`جولتي`, `زيارتا`; not `ذاتي`."""
    return len(base) > 5 or (len(base) == 5 and lexicon.count(base[:-2] + "ه") > 3 * lexicon.count(base))


def _is_plural(base: str, lexicon: Lexicon) -> bool:
    """Say whether ‎-ان ‎-ين ‎-ون are an ending: `سفيران`, `طرفين`; not `قانون`, `طيران`."""
    rest = base[:-2]
    if len(rest) > 3:
        return True
    return len(rest) == 3 and lexicon.count(rest) > lexicon.count(base)


def without_pronoun(base: str, raw: str, lexicon: Lexicon) -> Iterator[str]:
    """`سفيرها` → `سفير`; `دولتهما` → `دوله`; `زياراته` → `زيارات`, `زياره`; `وزرائه` → `وزراء`."""
    for pronoun in _PRONOUNS:
        rest = base.removesuffix(pronoun)
        if rest == base or len(rest) < 3:
            continue
        if pronoun == "ه" and raw.endswith("ة"):
            continue
        hamza_nouns = [
            noun
            for noun in _hamza_nouns(rest, raw[: len(rest)], lexicon)
            if lexicon.knows(noun) or _is_verbal_noun(noun)
        ]
        if hamza_nouns:
            yield from hamza_nouns
            return
        if pronoun == "ه" and _is_rarer(rest, base, lexicon):
            continue
        yield rest
        if rest.endswith("ات"):
            yield rest[:-2] + "ه"
            yield rest[:-2]
            yield rest[:-1] + "ه"
        elif rest.endswith("ت"):
            yield rest[:-1] + "ه"
        if rest.endswith(("او", "اي")):
            yield rest[:-1] + "ء"
        elif pronoun != "ه" and rest.endswith("ي") and len(rest) > 4 and lexicon.count(rest[:-1]) > lexicon.count(rest):
            yield rest[:-1]
        return


def _is_rarer(rest: str, base: str, lexicon: Lexicon) -> bool:
    """Say whether a final heh is rather a teh marbuta without its dots: `جمهوريه`; not `سفيره`, `دولته`."""
    return not rest.endswith("ت") and lexicon.count(rest) < lexicon.count(base)


def of_place(base: str, raw: str, has_article: bool, lexicon: Lexicon) -> list[str]:
    """What a nisba is of: `تركيه` → `تركي`, `تركيا`; `قطري`, `قطريات` → `قطر`; `لاتفيه` → `لاتفي`, `لاتفيا`.

    The masculine is given where the word is of a place or known. `جيبوتي` does not change, it is a place itself;
    `رياضي` (sporting) is not of الرياض, nor is `تركي` without the article, a given name, of تركيا.
    """
    ending = next((ending for ending in _NISBAS if base.endswith(ending) and len(base) > len(ending) + 2), "")
    if not ending or base in lexicon.stop_words:
        return [lexicon.demonyms[base]] if base in lexicon.demonyms else []
    nisba = base[: len(base) - len(ending)] + "ي"
    place = "" if _is_doubtful(nisba, ending, raw, has_article, lexicon) else _place_of(nisba, lexicon)
    masculine = [nisba] if ending == "يه" and (place or lexicon.knows(nisba)) else []
    return masculine + ([place] if place else [])


def _is_doubtful(nisba: str, ending: str, raw: str, has_article: bool, lexicon: Lexicon) -> bool:
    when = lexicon.doubtful.get(nisba, "")
    if when == "article":
        return raw.endswith(("ى", "يات")) or not (has_article or ending == "يه")
    return when == "never" or (when == "yeh" and raw.endswith("ى"))


def _place_of(nisba: str, lexicon: Lexicon) -> str:
    """`قطري` → `قطر`; `سوري` → `سوريا`, `فرنسي` → `فرنسا`, `سعودي` → `سعوديه`."""
    if nisba in lexicon.demonyms:
        return lexicon.demonyms[nisba]
    if nisba[:-1] in lexicon.places:
        return nisba[:-1]
    whole = (nisba + "ا", nisba[:-1] + "ا", nisba + "ه")
    return next((place for place in whole if place in lexicon.countries), "")
