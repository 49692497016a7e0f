"""Decides on names that go by fathers: صاحب السمو الملكي الأمير محمد بن سلمان بن عبدالعزيز آل سعود ولي العهد."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.authorities.gazetteer.lineages import Lineage, read_lineage, states_of_houses
from archive.authorities.gazetteer.people import People
from archive.authorities.gazetteer.types import GazetteerEntry, NameForm, NameMatch
from archive.authorities.gazetteer.words import TextWord, can_continue, cut_particles, folded
from archive.authorities.recognition.holders import Fit, Holders
from archive.authorities.recognition.posts import HONOURS, NAMED_AFTER, PostReader
from archive.authorities.recognition.types import Candidate, Identification

# Before a name these say that it is of a ruling house; الشيخ is also a scholar.
_OF_KINGS: Final = folded("جلالة الجلالة جلالته الملك العاهل الحرمين ملک پادشاه")
_ROYAL: Final = _OF_KINGS | folded("الأمير أمير سمو السمو سموه الملكي السلطان شاهزاده")
_SHEIKH: Final = folded("الشيخ شیخ")
_STATES_OF_SHEIKHS: Final = frozenset(("ae", "bh", "kw", "qa"))
_STATES_OF_HOUSES: Final = frozenset(("ae", "bh", "kw", "qa", "sa", "om", "jo", "ma"))
_ARTICLE: Final = "ال"


@dataclass(frozen=True)
class DecidedLineages:
    """The officials so named, and the words of names that are another's."""

    decisions: list[Identification]
    spent: frozenset[int]


def decide_lineages(words: Sequence[TextWord], reader: PostReader, holders: Holders, people: People) -> DecidedLineages:
    """Decide on each name by fathers of which the first two parts, or the first and the family, are an official's."""
    decisions, spent = [], set[int]()
    for lineage in _read_all(words, reader):
        known = list(_namesakes(lineage, words, people))
        if not known:
            continue
        if _is_named_after(lineage.first, words):
            spent.update(range(lineage.first, lineage.last))
            continue
        kin = [one for one in known if _is_of_family(lineage, one, holders)]
        meant = (one for one in kin if one.whole or _is_meant(lineage, one, words, reader, holders))
        found = max(meant, key=lambda one: one.whole, default=None)
        by_fathers_alone = not any(one.family for one in known)
        if found or not kin or (by_fathers_alone and _is_described(lineage.first, words, reader)):
            spent.update(range(lineage.first, max(lineage.last, found.last if found else 0)))
        if found:
            decisions.append(_decision(lineage, found, words))
    return DecidedLineages(decisions, frozenset(spent))


@dataclass(frozen=True)
class _Namesake:
    """An official whose forename and father, or forename and family, a lineage has; `last` is where the name ends.

    `whole` where all that is on file stands on the page: forename, father, family.
    """

    form: NameForm
    family: str
    has_fathers: bool
    whole: bool
    cut: int
    last: int


def _read_all(words: Sequence[TextWord], reader: PostReader) -> Iterator[Lineage]:
    behind = 0
    for at in range(1, len(words)):
        lineage = read_lineage(words, at, reader.taken) if at > behind else None
        if lineage:
            behind = lineage.last
            yield lineage


def _namesakes(lineage: Lineage, words: Sequence[TextWord], people: People) -> Iterator[_Namesake]:
    others = [(lineage.fathers[0], lineage.last), (lineage.family, lineage.last)]
    if not lineage.family and lineage.last < len(words) and can_continue(words[lineage.last]):
        others.append((words[lineage.last].norm, lineage.last + 1))
    for forename, cut, article in cut_particles(lineage.forename):
        if article:
            continue
        for other, last in others:
            filed = people.lineages.get((forename, other), ()) if other else ()
            with_fathers = {form.record for one, form in filed if one.fathers}
            for one, form in filed:
                by_father = one.fathers[:1] == lineage.fathers[:1]
                if by_father or (not one.fathers and form.record not in with_fathers):
                    whole = by_father and other == one.family
                    yield _Namesake(form, one.family, bool(one.fathers), whole, cut, last)


def _is_of_family(lineage: Lineage, one: _Namesake, holders: Holders) -> bool:
    """Say whether the families agree: both the same, one unnamed, or a house that rules a state that he served."""
    if not lineage.family or lineage.family == one.family:
        return True
    houses = states_of_houses().get(lineage.family, frozenset())
    return not one.family and bool(houses & holders.countries(one.form.record.slug))


def _is_meant(
    lineage: Lineage, one: _Namesake, words: Sequence[TextWord], reader: PostReader, holders: Holders
) -> bool:
    """Say whether it is the official: by house, title or honour, or by his state where nothing is against it."""
    slug, honours = one.form.record.slug, _honours(lineage.first, words)
    if holders.fit(lineage.first, one.last, slug) is not Fit.NONE:
        return True
    is_another = honours & _ROYAL and holders.is_king(slug) != bool(honours & _OF_KINGS)
    if is_another or holders.has_another_post(lineage.first, one.last, (slug,)):
        return False
    if one.has_fathers and lineage.family:
        return True
    by_state = holders.is_of_named_state(slug) and not _is_described(lineage.first, words, reader)
    if not one.has_fathers:
        return by_state and not honours & _ROYAL
    if one.family and one.family not in states_of_houses():
        return False
    return by_state or _is_of_house(honours, holders.countries(slug))


def _honours(first: int, words: Sequence[TextWord]) -> set[str]:
    """The honours before a name, over one adjective: الملك `الراحل` عبدالله بن عبدالعزيز."""
    at, honours = first, set[str]()
    while at and can_continue(words[at]) and words[at - 1].norm in HONOURS | _ROYAL:
        at -= 1
        honours.add(words[at].norm)
    if honours or at < 2 or not can_continue(words[at]) or not words[at - 1].norm.startswith(_ARTICLE):
        return honours
    return {words[at - 2].norm} & _ROYAL


def _is_of_house(honours: set[str], countries: frozenset[str]) -> bool:
    """Say whether honours are those of the houses that rule these states."""
    royal = bool(honours & _ROYAL and countries & _STATES_OF_HOUSES)
    return royal or bool(honours & _SHEIKH and countries & _STATES_OF_SHEIKHS)


def _is_named_after(first: int, words: Sequence[TextWord]) -> bool:
    at = first
    while at and can_continue(words[at]) and words[at - 1].norm in HONOURS | _ROYAL:
        at -= 1
    return at > 0 and can_continue(words[at]) and words[at - 1].norm in NAMED_AFTER


def _is_described(first: int, words: Sequence[TextWord], reader: PostReader) -> bool:
    """Say whether a common noun with article stands before a name: الطالب محمد بن سلمان."""
    if not first or not can_continue(words[first]):
        return False
    before = words[first - 1].norm
    if first > 1 and words[first - 2].norm in _ROYAL:
        return False
    return before.startswith(_ARTICLE) and before not in HONOURS | _ROYAL and first - 1 not in reader.taken


def _decision(lineage: Lineage, one: _Namesake, words: Sequence[TextWord]) -> Identification:
    key = "".join(word.norm for word in words[lineage.first : one.last])[one.cut :]
    entry = GazetteerEntry(one.form, frozenset(), False, False)
    candidate = Candidate(NameMatch(lineage.first, one.last, one.cut, False, key, entry), (one.form,), True)
    return Identification(candidate, one.form, "full_name" if lineage.family else "common_full_name")
