"""The guarded light stemmer of Arabic: a clitic or ending is cut only when what remains is a known word.

Sources: Larkey, Ballesteros and Connell (light10) for the affixes; Nwesri, Tahaghoghi and Scholer for checking
conjunctions and prepositions against a lexicon. Differs from light10: names keep their endings (`فلسطين` is not cut to
`فلسط`), teh marbuta is never cut, and `ب ل ك ف` come off without the article, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from search.analysis.arabic_clitics import without_clitics
from search.analysis.arabic_endings import of_place, without_endings
from search.analysis.lexicons import Lexicon, arabic

MOST_STEMS: Final = 5
_PARTICLES: Final = ("و", "ف", "ب", "ك", "ل", *(and_ + by for and_ in "وف" for by in "بكل"))
_STRANGE: Final = 20  # times that news have a word, from which on it is no stranger's name


def stem_arabic(norm: str, word: str) -> tuple[str, ...]:
    """Give one to five stems of an Arabic word, the unstemmed word (without its clitics) first.

    `norm` is folded, `word` the clean spelling (NFC, no marks), where hamza and teh marbuta are still seen.
    `وللوزير` → `وزير`; `سفيرها` → `سفيرها`, `سفير`; `دولتهما` → `دولتهما`, `دوله`; `عثمان` does not change.
    """
    lexicon = arabic()
    raw = word if len(word) == len(norm) else norm
    base = without_clitics(norm, raw, lexicon)
    stems = [base, *_second_reading(norm, base, lexicon)]
    if base == norm:
        stems += _behind_particles(norm, lexicon)
    ending = raw[-len(base) :]
    has_article = norm[: len(norm) - len(base)].endswith(("ال", "لل"))
    if not lexicon.is_protected(base):
        stems += without_endings(base, ending, lexicon)
    if base != norm and not has_article and raw.endswith("ئا"):  # the first letter may be of the root: `كفئا`, `بريئا`
        stems += [stem for stem in without_endings(norm, raw, lexicon) if stem.endswith("ء")]
    if base not in lexicon.countries or base.endswith("يه"):
        stems += of_place(base, ending, has_article, lexicon)
    stems += [lexicon.lemmas[stem] for stem in stems if stem in lexicon.lemmas]
    return tuple(dict.fromkeys(stems))[:MOST_STEMS]


def _second_reading(norm: str, base: str, lexicon: Lexicon) -> Iterator[str]:
    """Read `لل` the other way, too: `للجنة` is of the committee, لجنة, and of paradise, جنة."""
    at = norm.find("لل")
    if 0 <= at < 2 and norm[:at] in ("", "و", "ف"):
        for rest in (norm[at + 1 :], norm[at + 2 :]):
            if rest != base and len(rest) > 2 and lexicon.count_with_article(rest) > 2:
                yield rest


def _behind_particles(norm: str, lexicon: Lexicon) -> Iterator[str]:
    """Cut particles off a word that news never had, as they have no names of strangers: `وبتوكاييف` → `توكاييف`.

    Not of `بلينكن`, a name itself, nor an ordinary word of what is left: `بالتيمور`, `وتمور`.
    """
    if lexicon.count(norm) or lexicon.is_protected(norm):
        return
    for particles in _PARTICLES:
        rest = norm.removeprefix(particles)
        if rest == norm or rest.startswith("ال") or lexicon.count(rest) >= _STRANGE:
            continue
        if len(rest) > 4 or (len(rest) == 4 and rest in lexicon.names):
            yield rest
