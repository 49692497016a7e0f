"""The clitics of Arabic words: conjunction, preposition and article, told from the first letters of a root.

Source: Nwesri, Tahaghoghi and Scholer, who check conjunctions and prepositions against a lexicon; here how often the
word and the rest are written decides, with and without the article.
"""

from __future__ import annotations

from typing import Final

from search.analysis.arabic_endings import without_pronoun
from search.analysis.lexicons import HAMZATED_ALEFS, Lexicon

_ARTICLE: Final = "ال"
_PROCLITICS: Final = sorted(
    (conjunction + preposition for conjunction in ("", "و", "ف") for preposition in ("", "ب", "ك", "ل")), key=len
)
_BARE_PROCLITICS: Final = _PROCLITICS[1:]
_CLITICS: Final = frozenset((*_BARE_PROCLITICS, *(start + _ARTICLE for start in _PROCLITICS), "لل", "ولل", "فلل"))
_SHORTEST_AL_WORD: Final = 5  # that may carry an ending; `الا` with `هم` would be `الأهم`
_AL_WORD_ENDINGS: Final = ("ها", "هم", "هما", "ه", "ات", "اتها", "اته", "اتهم", "يه", "ي", "ا", "نا", "ين", "تها")


def without_clitics(norm: str, raw: str, lexicon: Lexicon) -> str:
    """Take conjunction, preposition and article off a word, where the lexicon says that they are such."""
    if norm in lexicon.stop_words:
        return norm
    if lexicon.is_protected(norm):
        return _without_article(norm, raw, lexicon)
    for cut in (_before_name, _with_article, _without_article_between):
        rest = cut(norm, raw, lexicon)
        if rest is not None:
            return rest
    return norm


def _without_article(norm: str, raw: str, lexicon: Lexicon) -> str:
    """Take the article off a protected word: `العراق` → `عراق`; `ألمانيا` does not change."""
    if norm.startswith(_ARTICLE) and len(norm) > 4 and not raw.startswith(HAMZATED_ALEFS):
        rest = norm[2:]
        if norm not in lexicon.al_words and lexicon.knows(rest):
            return rest
    return norm


def _before_name(norm: str, raw: str, lexicon: Lexicon) -> str | None:
    """Cut the least that leaves a name: `لتركيا` → `تركيا`, `وبالعراق` → `عراق`; `وليد` does not change."""
    for cut in range(1, 5):
        rest = norm[cut:]
        if len(rest) < 3:
            return None
        if norm[:cut] not in _CLITICS or not _is_likely_name(rest, norm, lexicon):
            continue
        if norm[:cut].endswith(_ARTICLE) and rest not in lexicon.places and lexicon.count_with_article(rest) < 3:
            continue  # names of persons take no article: `بالتيمور` is not of تيمور
        if rest in lexicon.places or not _is_radical(norm, raw, cut, lexicon):
            return _without_article(rest, raw[cut:], lexicon)
    return None


def _is_likely_name(rest: str, norm: str, lexicon: Lexicon) -> bool:
    found, whole = lexicon.frequency.get(rest, 0), lexicon.frequency.get(norm, 0)
    if rest in lexicon.places:
        return 3 * found >= whole
    return len(rest) > 3 and rest in lexicon.names and found >= lexicon.count(norm) and found > 2


def _with_article(norm: str, raw: str, lexicon: Lexicon) -> str | None:
    """Cut the longest run of clitics that ends with the article: `بالعاصمة` → `عاصمه`, `للوزير` → `وزير`."""
    for start in reversed(_PROCLITICS):
        if start.endswith("ل") and norm.startswith(start + "ل") and _is_li_al(norm, start, lexicon):
            return norm[len(start) + 1 :]
        if norm.startswith(start + _ARTICLE) and _is_article(norm, raw, len(start), lexicon):
            return norm[len(start) + 2 :]
    return None


def _is_li_al(norm: str, start: str, lexicon: Lexicon) -> bool:
    """Say whether `لل` is preposition and article, and not the preposition before a word in lam: `للبنان`, `للقائه`."""
    rest = norm[len(start) + 1 :]
    return (
        len(rest) > 1 and not _is_al_word(_ARTICLE + rest, lexicon) and _is_worth(_ARTICLE + rest, rest, norm, lexicon)
    )


def _is_article(norm: str, raw: str, at: int, lexicon: Lexicon) -> bool:
    word, rest = norm[at:], norm[at + 2 :]
    if len(rest) < 2 or raw[at : at + 1] in HAMZATED_ALEFS or _is_al_word(word, lexicon):
        return False
    return at == 0 or _is_worth(word, rest, norm, lexicon)


def _is_worth(with_article: str, rest: str, norm: str, lexicon: Lexicon) -> bool:
    """Say whether the rest is the word and not the whole: `والوزير` is worth cutting, `والده` and `بالغة` are not."""
    whole = lexicon.frequency.get(norm, 0)
    if lexicon.is_protected(rest):
        return rest in lexicon.places or lexicon.count_with_article(rest) > 2
    found = lexicon.frequency.get(with_article, 0) + lexicon.frequency.get(rest, 0)
    return 3 * found >= whole if whole else len(rest) > 2 or found > 2


def _is_al_word(word: str, lexicon: Lexicon) -> bool:
    """Say whether a word that begins with `ال` has it in its root: `التزام`, `التزاماتها`, `المانيا`, `التقائه`."""
    if word in lexicon.al_words:
        return True
    rests = [word.removesuffix(ending) for ending in _AL_WORD_ENDINGS if word.endswith(ending)]
    rests += [rest[:-1] + "ء" for rest in rests if rest.endswith(("اي", "او"))]
    return any(len(rest) >= _SHORTEST_AL_WORD and rest in lexicon.al_words for rest in rests)


def _without_article_between(norm: str, raw: str, lexicon: Lexicon) -> str | None:
    """Cut clitics without an article if the rest is the more frequent word: `لدولة` → `دوله`; not `وزير`, `فريق`."""
    if lexicon.count_with_article(norm) > max(2, 0.1 * lexicon.frequency.get(norm, 0)):
        return None
    whole = _weight(norm, raw, lexicon)
    for start in _BARE_PROCLITICS:
        rest = norm[len(start) :]
        if not norm.startswith(start) or len(rest) < 3 or _has_article(rest, lexicon):
            continue
        if _is_verb_of_third_form(norm, raw, len(start), lexicon) or _is_radical(norm, raw, len(start), lexicon):
            continue
        if _weight(rest, raw[len(start) :], lexicon) >= max(3, whole) or _is_common_start(start, rest, norm, lexicon):
            return _behind_conjunction(start, rest, raw, lexicon)
    return None


def _has_article(rest: str, lexicon: Lexicon) -> bool:
    return rest.startswith(_ARTICLE) and not _is_al_word(rest, lexicon)


def _weight(word: str, raw: str, lexicon: Lexicon) -> int:
    """How often a word was seen, or the word before its pronoun, if that is more: `نظافتها` counts as `نظافه`."""
    stripped = without_pronoun(word, raw, lexicon)
    return max(lexicon.count(word), *(lexicon.count(form) for form in stripped), 0)


def _is_radical(norm: str, raw: str, at: int, lexicon: Lexicon) -> bool:
    """Say whether the first letters belong to a word that a pronoun hides: `لجنته` (لجنة), `فهمه` (فهم), `وجوده`."""
    for whole in without_pronoun(norm, raw, lexicon):
        lexical = lexicon.count_with_article(whole) > 2 or whole in lexicon.names
        if lexical and (len(whole) - at < 3 or 20 * lexicon.count(whole) > lexicon.count(whole[at:])):
            return True
    return False


def _behind_conjunction(start: str, rest: str, raw: str, lexicon: Lexicon) -> str:
    """After `و` and `ف` a preposition may follow: `وبحضور` → `حضور`."""
    if start in ("و", "ف") and not lexicon.is_protected(rest) and rest not in lexicon.stop_words:
        return _without_article_between(rest, raw[len(start) :], lexicon) or rest
    return rest


def _is_verb_of_third_form(norm: str, raw: str, at: int, lexicon: Lexicon) -> bool:
    """Four letters with a bare alef in the second place are no clitic and word: `وافق`, `لامس`; `وأكد` is two.

    A writer who drops all hamzas is recognised by the others, who write `وأكد`.
    """
    return at == 1 and len(norm) == 4 and raw[1] == "ا" and norm not in lexicon.hamza_inside


def _is_common_start(start: str, rest: str, norm: str, lexicon: Lexicon) -> bool:
    """Say whether news simply likes to begin with this word: `وأضاف`, `ولفت`, `بسبب`; not `وفاق`, `كامل`.

    A word that takes the article begins with its own letter.
    """
    if start not in ("و", "ف", "ب", "ل") or lexicon.count_with_article(norm) > 0.01 * lexicon.count(norm):
        return False
    return lexicon.frequency.get(rest, 0) >= max(10, 0.04 * lexicon.count(norm))
