"""Keeps words apart that are a name and something else: مالي "financial", قطر "diameter", the Indian Ocean.

The table is `fixtures/authorities/guards.tsv`; the given names before which a demonym is a surname
(محمد المصري) are in `fixtures/authorities/given_names.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import Final, NamedTuple

from archive.authorities.gazetteer.files import read_table
from archive.authorities.gazetteer.inflection import spell
from archive.authorities.gazetteer.kinds import NameUse
from archive.authorities.gazetteer.lineages import SON
from archive.authorities.gazetteer.types import NameForm, NameMatch
from archive.authorities.gazetteer.words import TextWord, can_continue, folded, split_words
from archive.text.languages import READING_LANGUAGES

_FORM_LETTERS_ACROSS_LANGUAGES: Final = 6
_NAMES_ACROSS_LANGUAGES: Final = (NameUse.NAME, NameUse.OFFICIAL_NAME)


# Words that a state's name follows: what they precede is no common noun.
_STATE_WORDS: Final = {
    "ar": folded("دوله حكومه جمهوريه سفير سفيره سفاره عاصمه برلمان خارجيه شعب رييس رييسه"),
    "fa": folded("كشور دولت جمهوري سفير سفارت پايتخت پارلمان ارتش خارجه جمهور رييسجمهور نخستوزير وزير مردم"),
}
# Nouns with article that a demonym follows and another adjective of the same letters does not: الخارجية المالي.
_STATE_NOUNS: Final = folded("الخارجية الجيش")
# Before a demonym that names a tongue: باللغة الإنجليزية, زبان روسی, يتحدثون الهولندية.
_TONGUE: Final = folded("لغه اللغه باللغه واللغه للغه بلغه زبان زبانهاي يتحدث يتحدثون تتحدث")
_IN_TONGUE: Final = folded("انجليزيه انگليسي فرنسيه المانيه روسيه تركيه اسبانيه ايطاليه صينيه يابانيه هولنديه")


# Behind a verb of saying stands who says it, not an adjective.
_SAYS: Final = folded("قال وقال أكد وأكد أضاف وأضاف أوضح وأوضح ذكر كشف وكشف صرح وصرح رد قدم ألحان كلمات استقالة إعفاء")


class Verdict(Enum):
    """What the words beside a form say of it: sure, not the name, or to be decided by the rest of the text."""

    SURE = "sure"
    REJECTED = "rejected"
    NEEDS_CONTEXT = "needs context"
    NEEDS_COMPANY = "needs another state beside it"


class Guard(NamedTuple):
    language: str
    rule: str
    neighbours: frozenset[str]


def judge(words: Sequence[TextWord], match: NameMatch, lang: str | None) -> Verdict:
    """Judge a match of a country or body by language, capital letter, particles and its neighbours.

    `lang` is the language of the text (`ar`, `fa`, None unknown), by which its guards are chosen; of both languages
    when that is not known. `المحيط الهندي` → REJECTED, `ترکیه` → SURE, `مالي` → NEEDS_CONTEXT unless a word such as
    `في` stands before it.
    """
    form = match.entry.form
    if not _speaks(form, lang) or not _fits_script(words, match, lang) or _is_surname(words, match):
        return Verdict.REJECTED
    # بالإنجليزية "in English" and زبان روسی name a tongue, not a state.
    in_tongue = match.article and words[match.first].norm.startswith(("بال", "وبال")) and match.key in _IN_TONGUE
    if form.use == NameUse.DEMONYM and (in_tongue or _neighbours(words, match)[0] in _TONGUE):
        return Verdict.REJECTED
    verdict = Verdict.SURE
    for language in (lang,) if lang in READING_LANGUAGES else READING_LANGUAGES:
        for guard in _guards().get((language or "", _letters(form.text)), ()):
            ruling = _rule(guard, words, match)
            if ruling is Verdict.REJECTED:
                return ruling
            verdict = ruling if ruling is not Verdict.SURE else verdict
    return verdict


def is_given_name(norm: str) -> bool:
    """Say whether a folded word is a given name (`محمد`, `حسين`), with or without و before it."""
    return norm in _given_names() or (norm[:1] == "و" and norm[1:] in _given_names())


def is_forename(norm: str) -> bool:
    """Say the same of any forename, also of those that no demonym follows as a surname (`كمال`, `سيرغي`)."""
    return is_given_name(norm) or norm in _forenames()


def _rule(guard: Guard, words: Sequence[TextWord], match: NameMatch) -> Verdict:
    before, after = _neighbours(words, match)
    if guard.rule == "never":
        return Verdict.REJECTED
    if guard.rule == "not-before":
        return Verdict.REJECTED if after in guard.neighbours else Verdict.SURE
    if guard.rule == "not-after":
        return Verdict.REJECTED if before in guard.neighbours else Verdict.SURE
    if guard.rule == "forename":
        bare = not match.article and match.key == _letters(match.entry.form.text)
        return Verdict.REJECTED if bare and _is_named(before, after, guard.neighbours) else Verdict.SURE
    if guard.rule == "definite":
        return Verdict.SURE if match.article or match.key != _letters(match.entry.form.text) else Verdict.REJECTED
    if guard.rule == "after":
        plural = match.entry.breaks or match.last - match.first > 1
        return Verdict.SURE if plural or before in guard.neighbours else Verdict.REJECTED
    if match.cut:
        known = False
    elif match.entry.form.use == NameUse.DEMONYM:
        known = before in _STATE_NOUNS or (guard.rule == "strict" and before in guard.neighbours)
    else:
        known = before in guard.neighbours or (guard.rule == "context" and before in _STATE_WORDS[guard.language])
    if known:
        return Verdict.SURE
    return Verdict.NEEDS_COMPANY if guard.rule == "strict" else Verdict.NEEDS_CONTEXT


def _is_named(before: str, after: str, times: frozenset[str]) -> bool:
    """Say whether an adjective without article is a forename here: المستشار تركي, قال تركي, تركي بن طلال."""
    if before in SON or before in _SAYS or before.startswith("ال") or after in SON or is_forename(after):
        return True
    return after.startswith("ال") and after not in times


def _neighbours(words: Sequence[TextWord], match: NameMatch) -> tuple[str, str]:
    """Give the folded words beside a match in the same phrase, "" where punctuation or nothing stands."""
    before = words[match.first - 1].norm if match.first and can_continue(words[match.first]) else ""
    after = words[match.last].norm if match.last < len(words) and can_continue(words[match.last]) else ""
    return before, after


def _speaks(form: NameForm, lang: str | None) -> bool:
    """A form counts in its own language; a long name of the sibling language too; Latin names anywhere."""
    if lang not in READING_LANGUAGES or form.language == lang or form.language == "en":
        return True
    if form.language in READING_LANGUAGES:
        return form.use in _NAMES_ACROSS_LANGUAGES and len(form.text) >= _FORM_LETTERS_ACROSS_LANGUAGES
    return False


def _fits_script(words: Sequence[TextWord], match: NameMatch, lang: str | None) -> bool:
    """Latin names begin with a capital; Persian writes no particle onto a name."""
    first = words[match.first]
    if first.kind == "latin":
        return first.capital
    attached = match.cut or match.article
    return not attached or (lang != "fa" and match.entry.form.language != "fa")


def _is_surname(words: Sequence[TextWord], match: NameMatch) -> bool:
    """A word in ـی right behind a given name is a surname: محمد المصري, عبدالله رومانی; not محمد المصرية."""
    form = match.entry.form
    if match.last - match.first > 1 or not match.first or match.cut or not can_continue(words[match.first]):
        return False
    may_be = form.use == NameUse.DEMONYM or (form.language == "fa" and form.use == NameUse.NAME)
    ends_so = words[match.first].norm.endswith("ي")
    return may_be and ends_so and is_given_name(words[match.first - 1].norm)


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    return spell([word.norm for word in split_words(text)]).key


@cache
def _guards() -> dict[tuple[str, str], list[Guard]]:
    guards: dict[tuple[str, str], list[Guard]] = {}
    for row in read_table("guards.tsv"):
        neighbours = frozenset(_letters(word) for word in row["neighbours"].split())
        for language in READING_LANGUAGES if row["language"] == "*" else (row["language"],):
            guards.setdefault((language, _letters(row["word"])), []).append(Guard(language, row["rule"], neighbours))
    return guards


@cache
def _given_names() -> frozenset[str]:
    return frozenset(_letters(row["name"]) for row in read_table("given_names.tsv"))


@cache
def _forenames() -> frozenset[str]:
    return frozenset(_letters(row["name"]) for row in read_table("forenames.tsv"))
