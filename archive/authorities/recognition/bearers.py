"""Remembers whom a text introduces by a surname, so that «الوزير عبد العاطي» is its own minister and no namesake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from archive.authorities.gazetteer.guards import is_forename
from archive.authorities.gazetteer.lineages import SON
from archive.authorities.gazetteer.people import People
from archive.authorities.gazetteer.types import NameForm
from archive.authorities.gazetteer.words import TextWord, can_continue, cut_particles, folded
from archive.authorities.recognition.holders import Fit, Holders
from archive.authorities.recognition.types import Candidate, Identification

_MOST_NAMES: Final = 4
_ALI: Final = "علي"
# Second parts of forenames; and forenames that are rather another word before a surname: صديقة هولاند, پیام قالیباف.
_PARTS: Final = folded("الله الرحمن العزيز الكريم الدين")
_OTHER_WORDS: Final = folded("خلف عودة طالب صديقة پیام باسم أبو هدى أمل هدایت توحید ایمان")
# Forenames that make one of two with the next: محمد رضا is not محمد.
_COMPOUNDING: Final = folded("محمد علي امیر سید غلام حسین عبد")


class Bearers:
    """The officials named in full and the strangers with their surnames, each with the word at which it happens."""

    def __init__(
        self,
        text: str,
        words: Sequence[TextWord],
        holders: Holders,
        people: People,
        full: Sequence[Identification],
        surnames: Sequence[Candidate],
    ) -> None:
        self._text, self._words, self._holders, self._people = text, words, holders, people
        self.named: dict[str, list[int]] = {}
        for decision in full:
            self.named.setdefault(decision.form.record.slug, []).append(decision.candidate.match.first)
        introduced = (item for item in surnames if self.has_other_forename(item) or self.has_other_post(item))
        self._strangers = frozenset(item.match.key for item in introduced)

    def has_other_forename(self, item: Candidate) -> bool:
        """Say whether names that are not the bearer's stand before a surname: `محمد` عبد العاطي."""
        start, slugs = self._first_name(item), [form.record.slug for form in item.forms]
        names = self._words[start : item.match.first]
        return bool(names) and not any(self._is_own(word.norm, slug) for word in names for slug in slugs)

    def has_other_post(self, item: Candidate) -> bool:
        """Say whether the title beside a surname, or beside the names before it, is no bearer's: وزير الري."""
        start, last, slugs = self._first_name(item), item.match.last, [form.record.slug for form in item.forms]
        if any(self._holders.fit(start, last, slug) is Fit.EXACT for slug in slugs):
            return False
        return self._holders.has_another_post(start, last, slugs)

    def named_in_full(self, item: Candidate) -> NameForm | None:
        """The official with this surname whom the text names in full, rather the last one before it."""
        places = [(place, form) for form in item.forms for place in self.named.get(form.record.slug, ())]
        before = [one for one in places if one[0] <= item.match.first]
        return max(before or places, key=lambda one: one[0] if before else -one[0])[1] if places else None

    def has_stranger(self, item: Candidate) -> bool:
        """Say whether the text introduces another person with this surname."""
        return item.match.key in self._strangers

    def with_own_forename(self, item: Candidate) -> tuple[NameForm, int] | None:
        """The official whose forename opens the names before a surname, and its word: `بدر` أحمد محمد عبد العاطي."""
        start = self._first_name(item)
        for form in item.forms if start < item.match.first - 1 else ():
            norm = self._words[start].norm
            if norm not in _COMPOUNDING and self._is_own(norm, form.record.slug, by_sound=False):
                return form, start
        return None

    def _is_own(self, norm: str, slug: str, *, by_sound: bool = True) -> bool:
        forenames = self._people.forenames.get(slug, frozenset())
        spelled = any(rest in forenames for rest, _cut, article in cut_particles(norm) if not article)
        return spelled or (by_sound and self._people.sounds_like_forename(norm, slug))

    def _first_name(self, item: Candidate) -> int:
        """The word at which the names before a surname begin: of محمد أحمد `عبد العاطي` the word محمد, or ومحمد."""
        at = item.match.first
        while at and item.match.first - at < _MOST_NAMES and not item.match.cut and can_continue(self._words[at]):
            norm = self._words[at - 1].norm
            if norm not in SON and not self._is_forename(at - 1):
                break
            at -= 1
            if norm.startswith("و") and is_forename(norm[1:]):
                break
        return at

    def _is_forename(self, at: int) -> bool:
        """Say whether a word is a forename here, not على "on", the الله of آية الله or another word of its letters."""
        word = self._words[at]
        if word.norm.startswith("ال"):
            servant = at > 0 and self._words[at - 1].norm.endswith("عبد")
            return servant or (word.norm not in _PARTS and is_forename(word.norm))
        is_on = word.norm.removeprefix("و") == _ALI and self._text[word.end - 1] == "ى"
        return is_forename(word.norm) and word.norm not in _OTHER_WORDS and not is_on
