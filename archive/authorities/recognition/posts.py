"""Reads posts in running text: a title, the state or body it belongs to, and the name beside it.

Arabic sets the title before the name (وزير الخارجية العراقي فؤاد حسين), Persian before or behind it (اسماعیل بقائی
سخنگوی وزارت امور خارجه ایران). Titles are in `fixtures/authorities/roles.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from archive.authorities.gazetteer.files import read_table
from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm, RecordKey
from archive.authorities.gazetteer.words import TextWord, folded

# Between a title and its name: honours and the words a title goes on with.
HONOURS: Final = folded(
    "السيد السيدة سعادة معالي فخامة دولة سمو جلالة الشيخ الدكتور د الأمير الملك السلطان نظيره نظيرته المؤيد"
    " السابق السابقة الأسبق الحالي الجديد سابق أسبق وقت الخاص الدولي الخارجي الأعلى الإسلامية"
    " للشؤون السياسية القانونية والقانونية والدولية الاقتصادية العربية والأفريقية الأفريقية القارية"
    " الشرق الأوسط الخارجية والتعاون والمغتربين في لدى إلى"
    " آقای خانم دکتر سید جناب حجت الاسلام شیخ سردار سرتیپ مهندس آیت آیت‌الله همتای کنونی جدید ویژه انقلاب اسلامی در"
)
GENERIC: Final = folded("السيد السيدة سعادة معالي فخامة دولة سمو الشيخ الدكتور آقای خانم دکتر سید شیخ")
_SENTENCE_ENDS: Final = frozenset(".!?؟؛;\n\r…")
_REACH: Final = 6


class RoleSpan(NamedTuple):
    """Words `first` up to `last` (excluded) that name a role: `وزير الخارجية` → foreign_minister."""

    first: int
    last: int
    role: str


class StateSpan(NamedTuple):
    """Words that name a country or a body: what a post belongs to."""

    first: int
    last: int
    kind: str
    slug: str


class Title(NamedTuple):
    """A role with its state; a name may begin at word `name_from`, or end at word `name_until` (excluded)."""

    role: RoleSpan
    state: StateSpan
    name_from: int
    name_until: int


class PostReader:
    """Reads the titles of one text; `states` are the countries and bodies that it names, decided before."""

    def __init__(
        self, words: Sequence[TextWord], states: Iterable[StateSpan], roles: Iterable[RoleSpan] | None = None
    ) -> None:
        self._words = words
        self._roles = {span.first: span for span in (find_roles(words) if roles is None else roles)}
        self._role_ends = {span.last: span for span in self._roles.values()}
        self._states = {span.first: span for span in states}
        self._state_ends = {span.last: span for span in self._states.values()}
        self.named = frozenset(span.slug for span in self._states.values())

    def role_of(self, first: int, last: int) -> tuple[RoleSpan | None, StateSpan | None]:
        """Give the title beside the name at words `first` to `last`, rather before than behind it, and its state."""
        role, state = self._role_before(first)
        if role is None:
            role, behind = self._role_after(last)
            state = behind or state
        return role, state

    def titles(self) -> Iterator[Title]:
        """Yield the titles whose state stands behind or inside them."""
        for role in self._roles.values():
            state, at = self._state_inside(role), role.last
            while at < len(self._words) and at - role.last < _REACH and not _ends_sentence(self._words[at].gap):
                if at in self._states and state is None:
                    state = self._states[at]
                    at = state.last
                elif self._words[at].norm in HONOURS:
                    at += 1
                else:
                    break
            if state:
                yield Title(role, state, at, role.first)

    def is_addressed(self, first: int) -> bool:
        """Say whether a plain honour stands right before a name: `السيد حسنوف`, `آقای خلف‌اف`."""
        return first > 0 and self._words[first - 1].norm in GENERIC and not _ends_sentence(self._words[first].gap)

    def _role_before(self, first: int) -> tuple[RoleSpan | None, StateSpan | None]:
        """Go back from a name over honours and states of its sentence: `وزير الخارجية` `العراقي` `فؤاد…`."""
        state, honour, at = None, None, first
        while at > 0 and first - at <= _REACH and not _ends_sentence(self._words[at].gap):
            role, is_honour = self._role_ends.get(at), self._words[at - 1].norm in HONOURS
            if at in self._state_ends and state is None:
                state = self._state_ends[at]
                at = state.first
            elif role and (role.first < at - 1 or not is_honour):
                return role, state or self._state_inside(role)
            elif is_honour:
                honour = honour or role  # الأمير is a post only where no other stands before it
                at -= 1
            else:
                break
        return honour, state

    def _role_after(self, last: int) -> tuple[RoleSpan | None, StateSpan | None]:
        """Read the title right behind a name: `بقائی` `سخنگوی وزارت امور خارجه` `ایران`."""
        role = self._roles.get(last)
        if role is None or _ends_sentence(self._words[last].gap):
            return None, None
        at = role.last
        while at < len(self._words) and at - role.last <= 2 and not _ends_sentence(self._words[at].gap):
            if at in self._states:
                return role, self._states[at]
            if self._words[at].norm not in HONOURS:
                break
            at += 1
        return role, None

    def _state_inside(self, role: RoleSpan) -> StateSpan | None:
        """A title may carry its state: `وزير الدولة القطري للشؤون الخارجية`."""
        inside = (self._states.get(at) for at in range(role.first + 1, role.last))
        return next((state for state in inside if state), None)


def find_roles(words: Sequence[TextWord], places: Iterable[int] | None = None) -> Iterator[RoleSpan]:
    """Yield the titles of a text in order, longest first: `نائب رئيس الوزراء` is not `رئيس`.

    `places` are the words that may begin one, in order (see `may_begin_role`), where the caller knows them.
    """
    behind = 0
    for at in range(len(words)) if places is None else places:
        matches = _titles().matches_at(words, at) if at >= behind else []
        if matches:
            behind = matches[0].last
            yield RoleSpan(at, behind, matches[0].entry.form.record.slug)


def may_begin_role(norm: str, following: str | None = None) -> bool:
    """Whether a title may begin with this folded word, where the following one is known with that."""
    return _titles().may_begin(norm, following)


def _ends_sentence(gap: str) -> bool:
    return any(sign in _SENTENCE_ENDS for sign in gap)


@cache
def _titles() -> Gazetteer:
    rows = read_table("roles.tsv")
    return Gazetteer(NameForm(RecordKey("role", row["role"]), row["phrase"], row["language"], "name") for row in rows)
