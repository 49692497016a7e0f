"""Decides which country or body a text names where one place alone leaves it open: two Koreas, Oman and Amman, Mali."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from archive.authorities.gazetteer.kinds import Kind, NameUse
from archive.authorities.gazetteer.words import TextWord, folded
from archive.authorities.recognition.types import Candidate, Identification

_AND: Final = folded("و أو يا ثم")
_LIST_SIGNS: Final = frozenset("،,/-–—")
_SHADDA: Final = "\u0651"
_KINGDOM: Final = "المملكه"
_KINGDOMS: Final = ("sa", "jo", "ma", "bh")
_OMAN_OR_AMMAN: Final = "عمان"
# Folded form → the state meant by default, and the other, meant when it alone is named elsewhere in the text.
_ONE_OF_TWO: Final = {
    "الكونغو": ("cg", "cd"),
    "الكونجو": ("cg", "cd"),
    "كنگو": ("cg", "cd"),
    "كوريا": ("kr", "kp"),
    "كوري": ("kr", "kp"),
}


def decide_states(text: str, words: Sequence[TextWord], candidates: Sequence[Candidate]) -> list[Identification]:
    """Decide on the candidates that are countries or bodies; what the text does not settle is left out."""
    plain = [item for item in candidates if item.sure and len(item.slugs) == 1 and not _is_open(item)]
    decisions = [Identification(item, item.forms[0], item.forms[0].use) for item in plain]
    reading = _Reading(text, words, plain)
    settled = set(map(id, plain))
    for item in candidates:
        decision = None if id(item) in settled else reading.decide(item)
        if decision:
            decisions.append(decision)
    return decisions


class _Reading:
    """What the places without doubt say of a text: the countries in it, and where their names and capitals stand."""

    def __init__(self, text: str, words: Sequence[TextWord], plain: Sequence[Candidate]) -> None:
        self._text, self._words = text, words
        self._certain = {item.forms[0].record.slug for item in plain if item.kind == Kind.COUNTRY}
        self._names = _edges([item for item in plain if item.forms[0].use not in (NameUse.DEMONYM, NameUse.CAPITAL)])
        self._capitals = _edges([item for item in plain if item.forms[0].use == NameUse.CAPITAL])

    def decide(self, item: Candidate) -> Identification | None:
        if _is_open(item):
            slug = self._choose(item)
            if not slug:
                return None
            form = next((form for form in item.forms if form.record.slug == slug), item.forms[0])
            form = form._replace(record=form.record._replace(slug=slug))
            return Identification(item, form, "context" if slug in self._certain else "one_of_two")
        known = next((form for form in item.forms if form.record.slug in self._certain), None)
        if known and not item.strict:
            return Identification(item, known, "context")
        if item.sure:
            return Identification(item, item.forms[0], item.forms[0].use)
        is_whole = item.match.first == 0 and item.match.last == len(self._words)
        return (
            Identification(item, item.forms[0], "context") if is_whole or self._is_beside(item, self._names) else None
        )

    def _choose(self, item: Candidate) -> str:
        """Choose the state that an ambiguous form stands for; "" for none."""
        key = item.match.key
        if key == _KINGDOM:
            named = [slug for slug in _KINGDOMS if slug in self._certain]
            return named[0] if len(named) == 1 or "sa" in named else ""
        if key == _OMAN_OR_AMMAN:
            return "jo" if self._is_amman(item) else "om"
        usual, other = _ONE_OF_TWO[key]
        return other if other in self._certain and usual not in self._certain else usual

    def _is_amman(self, item: Candidate) -> bool:
        """By the shadda of عمّان, among capitals, or where Jordan is named and Oman is not."""
        word = self._words[item.match.first]
        if _SHADDA in self._text[word.start : word.end] or self._is_beside(item, self._capitals):
            return True
        return "jo" in self._certain and "om" not in self._certain

    def _is_beside(self, item: Candidate, edges: tuple[Collection[int], Collection[int]]) -> bool:
        """Say whether a sure name stands next to this one, or one "and" away: النيجر ومالي, لهستان و چک."""
        match = item.match
        if match.article or all(form.use == NameUse.DEMONYM for form in item.forms):
            return False
        behind = self._next_in_list(match.last)
        before = (
            match.first
            if self._is_linked(match.first, match.cut)
            else (match.first - 1 if match.first and self._words[match.first - 1].norm in _AND else None)
        )
        return behind in edges[0] or before in edges[1]

    def _next_in_list(self, last: int) -> int | None:
        """Give the word that goes on a list behind a name: over "and", a comma, or with و written onto it."""
        if last < len(self._words) and self._words[last].norm in _AND:
            return last + 1
        linked = last < len(self._words) and self._is_linked(last, self._words[last].norm.startswith("و"))
        return last if linked else None

    def _is_linked(self, first: int, has_and: int) -> bool:
        """Say whether a word goes on a list: by و written onto it, or behind a comma, slash or dash."""
        return bool(has_and) or any(sign in _LIST_SIGNS for sign in self._words[first].gap)


def _edges(items: Sequence[Candidate]) -> tuple[set[int], set[int]]:
    return {item.match.first for item in items}, {item.match.last for item in items}


def _is_open(item: Candidate) -> bool:
    key = item.match.key
    return item.kind == Kind.COUNTRY and (key in _ONE_OF_TWO or key in (_KINGDOM, _OMAN_OR_AMMAN))
