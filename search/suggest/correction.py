"""What a reader who found little may have meant: the query in another spelling, or typed on the other keyboard.

Works on the parsed tree with offsets into the typed text: what stands in quotation marks, in a field, behind a minus,
or is a prefix or fuzzy already, is never touched.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from archive.authorities.directory import Directory
from archive.authorities.gazetteer.gazetteer import NameForm
from archive.authorities.gazetteer.kinds import NameUse
from archive.authorities.gazetteer.words import split_words
from archive.pages.kept_while import kept_while_same
from search.analysis import analyze, fold
from search.analysis.spelling_distance import allowed_distance, spelling_distance
from search.engine.protocol import SearchUnavailable, WordList
from search.results import Highlighted
from search.suggest.keyboards import SHORTEST, retyped
from search.suggest.suggestion import Suggester, suggester
from search.suggest.surfaces import Surfaces
from search.syntax import ParsedQuery, parse
from search.tree import And, Node, Or, Word

FEW: Final = 3  # fewer hits than this, and other spellings are looked for
MOST_WORDS: Final = 4  # of a query are corrected
MOST_TRIED: Final = 4  # spellings of a word, and corrected queries of each kind of mistake, that are tried
MOST_NEAR: Final = 400  # spellings compared exactly, of all that are near by letters
MANY_TIMES: Final = 20  # more frequent must a spelling be to stand in for one that was found
HALF_A_LETTER: Final = 0.5  # is what the name of a country is ahead of its adjective
_PARTICLES: Final = ("و", "ف", "ب", "ل", "ك", "ال", "لل", "وال", "بال", "فال", "كال")  # the shortest first
_HELD_DOWN: Final = re.compile(r"([^\W\d_])\1{2,}")
logger = logging.getLogger("search")


def corrections(parsed: ParsedQuery, total: int) -> Iterator[Highlighted]:
    """Queries that may have been meant, what is changed in them marked, the surest kind of mistake first.

    Those of the other keyboard, of other spellings, then of both; nothing unless `total`, what the query itself found,
    is little. Bounded: at most `MOST_TRIED` of each kind, and two passes over the words of the index for each of a few
    words. Never raises.
    """
    if total >= FEW or parsed.refused or not parsed.text.strip():
        return
    try:
        spelling = _speller(suggester())
        other = retyped(parsed.text.strip()) if not total and not parsed.had_operators else ()
        yield from (_whole(text) for text in other[:MOST_TRIED] if all(map(spelling.knows, text.split())))
        yield from islice(spelling.corrected(parsed, found=total > 0), MOST_TRIED)
        for text in other:
            corrected = spelling.corrected(parse(text), found=False)
            yield from (_whole(one.text) for one in islice(corrected, MOST_TRIED))
    except SearchUnavailable:
        return
    except Exception:
        logger.exception("other spellings are not available")


def _whole(text: str) -> Highlighted:
    return Highlighted(text, ((0, len(text)),))


@kept_while_same
def _speller(present: Suggester) -> Speller:
    """The speller of the present index and authority file, made anew when one of them changed."""
    return Speller(present.words, present.surfaces, present.names, present.counts)


class NearSpelling(NamedTuple):
    """A spelling on file or in the index; sorts the nearest first, then names on file, then the most frequent."""

    distance: float
    is_no_name: bool
    rarity: int
    word: str


@dataclass(frozen=True, slots=True)
class Change:
    """Another spelling for `text[start:end]` of the query."""

    start: int
    end: int
    spelling: str


class Speller:
    """The spellings of one generation of the index and one state of the authority file; shared between threads."""

    def __init__(
        self, words: WordList, surfaces: Surfaces, names: Directory, counts: Mapping[str, Mapping[str, int]]
    ) -> None:
        self.words = words
        self.surfaces = surfaces
        self.names = names
        self.counts = counts
        self._filed: Mapping[str, list[_FiledWord]] = _filed_words(names)

    def corrected(self, parsed: ParsedQuery, found: bool) -> Iterator[Highlighted]:
        """The query with its doubtful words spelled otherwise, the likeliest first; nothing where none is doubtful.

        `found` says that the query has hits: then only words give way to far more frequent ones.
        """
        choices: list[list[Change]] = []
        for word in _words(parsed.tree):
            if len(choices) < MOST_WORDS and (changes := self._changes(word, found)):
                choices.append(changes)
        if not choices:
            return
        best = [changes[0] for changes in choices]
        yield _changed(parsed.text, best)
        for at, changes in enumerate(choices):
            for change in changes[1:]:
                yield _changed(parsed.text, [*best[:at], change, *best[at + 1 :]])

    def _changes(self, word: Word, found: bool) -> list[Change]:
        if shorter := [one for one in _shortened(word.text) if self.knows(one) or self._is_named(fold(one))]:
            seen = self.surfaces.of(map(fold, shorter))
            spellings = [seen[fold(one)].text if fold(one) in seen else one for one in shorter]
            return [Change(word.start, word.end, one) for one in spellings if not self._is_written(word.text)]
        folded, is_known = fold(word.text), self.knows(word.text)
        if not folded.isalpha() or allowed_distance(folded) == 0 or (is_known and not found):
            return []
        least = MANY_TIMES * max(1, self.words.frequency(folded)) if is_known else 0
        return [
            Change(word.start, word.end, spelling)
            for spelling in self.near(word.text, least)
            if spelling.casefold() != word.text.casefold()
        ][:MOST_TRIED]

    def knows(self, word: str) -> bool:
        """Whether a word is on file as a name, or stands in some article in this or another inflection."""
        return bool(self.names.gazetteer.lookup(word)) or self._is_written(word)

    def _is_written(self, word: str) -> bool:
        return any(self.words.has(token.norm, token.stems) for token in analyze(word))

    def near(self, word: str, least: int = 0) -> list[str]:
        """Spellings near to a word as typed, as they are written, the likeliest first; `least` is their frequency.

        `أذريجان` → أذربيجان, `الخارحية` → الخارجية, `والدوهة` → والدوحة; nothing for قطر, which is too short.
        """
        folded = fold(word)
        found = self._written(self._nearest(folded, least), word)
        if found:
            return found
        for particle in _PARTICLES:
            rest = folded.removeprefix(particle)
            typed = word[: len(particle)]
            if rest != folded and allowed_distance(rest) and fold(typed) == particle:
                found = [typed + spelling for spelling in self._written(self._nearest(rest, least), word)]
                if found:
                    return found
        return []

    def _nearest(self, folded: str, least: int) -> list[NearSpelling]:
        """Words of the index and words on file that some article has, near as readers see letters."""
        allowed = allowed_distance(folded)
        rough = allowed + 1  # a wrong dot, half a letter in the end, is a whole one at first
        near = process.extract(folded, list(self._filed), scorer=OSA.distance, score_cutoff=rough, limit=MOST_NEAR)
        on_file = {} if least else {word: False for word, edits, _at in near if edits}
        listed = {word: True for word, _edits in self.words.near(folded, rough, MOST_NEAR, least)}
        found = []
        for word, is_listed in {**on_file, **listed}.items():
            distance = spelling_distance(folded, word)
            if distance > allowed:
                continue
            forms = [filed.form for filed in self._filed.get(word, ())]
            if is_listed or self._is_met(word, forms):
                is_adjective = bool(forms) and all(form.use == NameUse.DEMONYM for form in forms)
                is_name = bool(forms) and not is_adjective
                distance += HALF_A_LETTER if is_adjective else 0
                found.append(NearSpelling(distance, not is_name, -self.words.frequency(word), word))
        return sorted(one for one in found if -one.rarity >= least)

    def _is_met(self, word: str, forms: Iterable[NameForm]) -> bool:
        """Whether an article has the word, or is linked to a record with the word in its name."""
        records = {form.record for form in forms}
        return self.words.frequency(word) > 0 or any(self.counts.get(kind, {}).get(slug) for kind, slug in records)

    def _is_named(self, folded: str) -> bool:
        """Whether a name on file that some article has has this word: خلفوف, of «خلف خلفوف»."""
        forms = [filed.form for filed in self._filed.get(folded, ())]
        return bool(forms) and self._is_met(folded, forms)

    def _written(self, near: list[NearSpelling], typed: str) -> list[str]:
        """As written in articles, else on file; words that articles write only as a part of others are left out."""
        asked = [one.word for one in near[: 2 * MOST_TRIED]]
        seen = self.surfaces.of(word for word in asked if self.words.frequency(word))
        written = (seen[word].text if word in seen else self._on_file(word, typed) for word in asked)
        return list(dict.fromkeys(text for text in written if text))

    def _on_file(self, word: str, typed: str) -> str:
        """The spelling on file that is the most like the one typed, "" for a word that is not on file."""
        return min(
            (filed.text for filed in self._filed.get(word, ())), key=lambda t: OSA.distance(t, typed), default=""
        )


def _shortened(word: str) -> Iterator[str]:
    """The word with a letter that was held down once, and twice: `خلفوووووف` → خلفوف; nothing of few different letters.

    >>> list(_shortened("وزززير")), list(_shortened("هههههه"))
    (['وزير', 'وززير'], [])
    """
    for times in (1, 2):
        shorter = _HELD_DOWN.sub(lambda run, times=times: run[1] * times, word)  # type: ignore[misc]
        if shorter != word and len(set(shorter)) >= SHORTEST:
            yield shorter


class _FiledWord(NamedTuple):
    """A word of a name on file as written, and the form that it stands in."""

    text: str
    form: NameForm


@kept_while_same
def _filed_words(names: Directory) -> dict[str, list[_FiledWord]]:
    """The words of the names on file, folded; kept through however many commits of the index."""
    filed: dict[str, list[_FiledWord]] = {}
    for form in names.forms:
        if form.use != NameUse.MISSPELLING:
            for word in split_words(form.text):
                filed.setdefault(word.norm, []).append(_FiledWord(form.text[word.start : word.end], form))
    return filed


def _words(tree: Node) -> Iterator[Word]:
    """The words that stand for themselves, in the order typed."""
    if isinstance(tree, Word) and tree.end > tree.start:
        yield tree
    elif isinstance(tree, And | Or):
        for child in tree.children:
            yield from _words(child)


def _changed(text: str, changes: Iterable[Change]) -> Highlighted:
    """The text with the changes made, and where they stand in it."""
    done, ranges, at = "", [], 0
    for change in sorted(changes, key=lambda change: change.start):
        done += text[at : change.start]
        ranges.append((len(done), len(done) + len(change.spelling)))
        done += change.spelling
        at = change.end
    return Highlighted(done + text[at:], tuple(ranges))
