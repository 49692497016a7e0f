"""The names of the authority file by the beginnings of their words and by their sound, for a reader still typing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from archive.authorities.gazetteer.gazetteer import NameForm
from archive.authorities.gazetteer.kinds import Kind, NameUse
from archive.authorities.gazetteer.words import split_words
from search.analysis.name_terms import is_likely_name
from search.analysis.names import keys_of_word

SHORTEST: Final = 2  # folded letters
SHORTEST_BY_SOUND: Final = 4
WHOLE, BEGINNING, INSIDE, BY_SOUND = range(4)
_ARTICLE: Final = "ال"


class _Key(NamedTuple):
    """The folded letters of a name from one of its words on, and which form it is of."""

    letters: str
    quality: int
    form: NameForm


class NameIndex:
    """The names of one authority file by the beginnings of their words; immutable, shared between threads."""

    def __init__(self, forms: Iterable[NameForm]) -> None:
        kept = [form for form in forms if form.use != NameUse.MISSPELLING]
        self._keys = sorted((key for form in kept for key in _keys(form)), key=lambda key: key.letters)
        self._letters = [key.letters for key in self._keys]
        self._forms = kept

    def find(self, typed: str) -> dict[tuple[str, str], tuple[int, NameForm]]:
        """The records that have a name or a word of a name beginning so, each with how well and by which form.

        `خلف خل`, `خلف‌ا`, `khal` → khalaf-khalafov. `Chalafow` finds him by the sound of the word alone.
        """
        letters = joined(typed)
        found: dict[tuple[str, str], tuple[int, NameForm]] = {}
        if len(letters) < SHORTEST:
            return found
        bare = letters[len(_ARTICLE) :] if letters.startswith(_ARTICLE) else ""
        for asked in (letters, bare):
            for key in self._beginning(asked) if len(asked) >= SHORTEST else ():
                quality = WHOLE if key.letters == letters and key.quality == BEGINNING else key.quality
                _keep_better(found, quality, key.form)
        if len(letters) >= SHORTEST_BY_SOUND:
            for form in self._sounding(typed):
                if form.record not in found:
                    found[form.record] = (BY_SOUND, form)
        return found

    def _beginning(self, letters: str) -> Iterator[_Key]:
        at = bisect_left(self._letters, letters)
        while at < len(self._letters) and self._letters[at].startswith(letters):
            yield self._keys[at]
            at += 1

    def _sounding(self, typed: str) -> Iterator[NameForm]:
        """Officials whose name has a word of the sound of each word typed."""
        wanted = [keys for word in split_words(typed) if (keys := _sounds(word.norm, word.kind))]
        if not wanted:
            return
        held = [{id(form): form for key in keys for form in self._by_sound.get(key, ())} for keys in wanted]
        for number, form in held[0].items():
            if all(number in others for others in held[1:]):
                yield form

    @cached_property
    def _by_sound(self) -> dict[str, list[NameForm]]:
        found: dict[str, list[NameForm]] = {}
        for form in self._forms:
            if form.record.kind == Kind.OFFICIAL and form.use in {NameUse.NAME, NameUse.PRESS}:
                for key in {key for word in split_words(form.text) for key in keys_of_word(word.norm, word.kind)}:
                    found.setdefault(key, []).append(form)
        return found


def joined(text: str) -> str:
    """The folded letters of words without what stands between them: `خلف اف`, `خلف‌اف` → `خلفاف`."""
    return "".join(word.norm for word in split_words(text))


def _keys(form: NameForm) -> Iterator[_Key]:
    """The beginnings by which a form is found: its own, that of each later word, each without the Arabic article."""
    words = [word.norm for word in split_words(form.text)]
    for at in range(len(words)):
        quality = INSIDE if at else BEGINNING
        letters = "".join(words[at:])
        yield _Key(letters, quality, form)
        if letters.startswith(_ARTICLE) and len(words[at]) > len(_ARTICLE) + 2:
            yield _Key(letters[len(_ARTICLE) :], quality, form)


def _sounds(word: str, kind: str) -> frozenset[str]:
    if kind == "number" or (kind == "arabic" and not is_likely_name(word)):
        return frozenset()
    return keys_of_word(word, kind)


def _keep_better(found: dict[tuple[str, str], tuple[int, NameForm]], quality: int, form: NameForm) -> None:
    known = found.get(form.record)
    if known is None or _rank(quality, form) < _rank(*known):
        found[form.record] = (quality, form)


def _rank(quality: int, form: NameForm) -> tuple[int, bool, int]:
    """Better matches first, then names before adjectives and capitals, then the shorter."""
    return quality, form.use not in {NameUse.NAME, NameUse.PRESS, NameUse.SHORT}, len(form.text)
