"""Other spellings for the words of a query: near ones that are on file or in the index.

Works on the parsed tree with offsets into the typed text: what stands in quotation marks, in a field, behind a minus,
or is a prefix or fuzzy already, is never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from archive.authorities.directory import Directory
from archive.authorities.gazetteer import NameForm
from archive.authorities.gazetteer_words import split_words
from archive.authorities.kinds import Use
from search.analysis import analyze, fold
from search.analysis.spelling_distance import allowed_distance, spelling_distance
from search.backends.wordlist import WordList
from search.query import And, Node, Or, Word
from search.results import Highlighted
from search.surfaces import Surfaces
from search.syntax import ParsedQuery

MOST_WORDS: Final = 4  # of a query are corrected
MOST_TRIED: Final = 4  # spellings of a word that are tried
MOST_NEAR: Final = 400  # spellings compared exactly, of all that are near by letters
MANY_TIMES: Final = 20  # more frequent must a spelling be to stand in for one that was found
HALF_A_LETTER: Final = 0.5  # is what the name of a country is ahead of its adjective
_PARTICLES: Final = ("و", "ف", "ب", "ل", "ك", "ال", "لل", "وال", "بال", "فال", "كال")  # the shortest first


class Near(NamedTuple):
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
        folded = fold(word.text)
        if not folded.isalpha() or allowed_distance(folded) == 0 or (self.knows(word.text) and not found):
            return []
        least = MANY_TIMES * max(1, self._frequency(folded)) if self.knows(word.text) else 0
        return [
            Change(word.start, word.end, spelling)
            for spelling in self.near(word.text, least)
            if spelling.casefold() != word.text.casefold()
        ][:MOST_TRIED]

    def knows(self, word: str) -> bool:
        """Whether a word is on file as a name, or stands in some article in this or another inflection."""
        if self.names.gazetteer.lookup(word):
            return True
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

    def _nearest(self, folded: str, least: int) -> list[Near]:
        allowed = allowed_distance(folded) + 1  # a wrong dot, half a letter in the end, is a whole one at first
        near = process.extract(folded, list(self._filed), scorer=OSA.distance, score_cutoff=allowed, limit=MOST_NEAR)
        filed = [] if least else [word for word, edits, _at in near if edits]
        on_file = [word for word in self._close(folded, filed) if self._is_met(word)]
        listed = self._close(folded, [word for word, _edits in self.words.near(folded, allowed, MOST_NEAR)])
        found = (self._near(folded, word) for word in {*on_file, *listed})
        return sorted(one for one in found if -one.rarity >= least)

    def _near(self, folded: str, word: str) -> Near:
        uses = {filed.form.use for filed in self._filed.get(word, ())}
        is_name = bool(uses - {Use.DEMONYM})
        handicap = HALF_A_LETTER if uses and not is_name else 0
        return Near(spelling_distance(folded, word) + handicap, not is_name, -self._frequency(word), word)

    def _close(self, folded: str, choices: list[str]) -> list[str]:
        """Those of the choices that are near as readers see letters."""
        return [word for word in choices if spelling_distance(folded, word) <= allowed_distance(folded)]

    def _written(self, near: list[Near], typed: str) -> list[str]:
        """As written in articles, else on file; words that articles write only as a part of others are left out."""
        asked = [one.word for one in near[: 2 * MOST_TRIED]]
        seen = self.surfaces.of(word for word in asked if self._frequency(word))
        written = (seen[word].text if word in seen else self._on_file(word, typed) for word in asked)
        return list(dict.fromkeys(text for text in written if text))

    def _on_file(self, word: str, typed: str) -> str:
        """The spelling on file that is the most like the one typed, "" for a word that is not on file."""
        return min(
            (filed.text for filed in self._filed.get(word, ())), key=lambda t: OSA.distance(t, typed), default=""
        )

    def _frequency(self, word: str) -> int:
        return self.words.frequency(word)

    def _is_met(self, word: str) -> bool:
        """Whether an article has the word, or is linked to a record with the word in its name."""
        records = {form.record for _text, form in self._filed[word]}
        return self._frequency(word) > 0 or any(self.counts.get(kind, {}).get(slug) for kind, slug in records)

    @property
    def _filed(self) -> Mapping[str, list[_FiledWord]]:
        return _filed_words_of(self.names)


class _FiledWord(NamedTuple):
    """A word of a name on file as written, and the form that it stands in."""

    text: str
    form: NameForm


_held: tuple[Directory, dict[str, list[_FiledWord]]] | None = None


def _filed_words_of(names: Directory) -> dict[str, list[_FiledWord]]:
    """Kept while the authority file stays the same, through however many commits of the index."""
    global _held
    if _held is None or _held[0] is not names:
        _held = (names, _filed_words(names.forms))
    return _held[1]


def _filed_words(forms: Iterable[NameForm]) -> dict[str, list[_FiledWord]]:
    filed: dict[str, list[_FiledWord]] = {}
    for form in forms:
        if form.use != Use.MISSPELLING:
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
