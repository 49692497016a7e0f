"""Reads posts in running text: a title, the state or body it belongs to, and the name beside it.

Arabic sets the title before the name (وزير الخارجية العراقي فؤاد حسين), Persian before or behind it (اسماعیل بقائی
سخنگوی وزارت امور خارجه ایران). Titles are in `fixtures/authorities/roles.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Final, NamedTuple

from archive.authorities.gazetteer.files import read_table
from archive.authorities.gazetteer.gazetteer import Gazetteer, NameForm, RecordKey
from archive.authorities.gazetteer.words import TextWord, can_continue, cut_particles, folded

# What is named after a person is not the person: جامعة السلطان قابوس, مركز الملك عبدالله, فرودگاه حیدر علی‌اف.
NAMED_AFTER: Final = folded(
    "جامعة بجامعة لجامعة مطار بمطار شارع طريق جائزة كأس مستشفى بمستشفى جسر ميناء ميدان مسجد جامع مدرسة كلية حديقة مركز"
    " بمركز مؤسسة استاد ملعب فرودگاه دانشگاه خیابان بیمارستان بنیاد ورزشگاه"
)
# Between a title and its name: honours and the words a title goes on with.
HONOURS: Final = folded(
    "السيد السيدة سعادة معالي فخامة دولة سمو جلالة الشيخ الدكتور د الأمير الملك السلطان نظيره نظيرته المؤيد"
    " صاحب صاحبة السمو الملكي الجلالة الفخامة المعالي السعادة البلاد المفدى المعظم حضرة خادم الحرمين الشريفين الكريم"
    " الأستاذ الأستاذة المهندس المهندسة"
    " السابق السابقة الأسبق الحالي الجديد سابق أسبق وقت الخاص الدولي الخارجي الأعلى الإسلامية"
    " للشؤون السياسية القانونية والقانونية والدولية الاقتصادية العربية والأفريقية الأفريقية القارية"
    " الشرق الأوسط الخارجية والتعاون والمغتربين لدى"
    " آقای خانم دکتر سید جناب حجت الاسلام شیخ سردار سرتیپ مهندس آیت آیت‌الله حاج حاجی الحاج سرلشکر"
    " همتای کنونی جدید ویژه انقلاب اسلامی"
)
GENERIC: Final = folded("السيد السيدة سعادة معالي فخامة دولة سمو الشيخ الدكتور آقای خانم دکتر سید شیخ")
# A state behind one of these is where something happens or somebody was sent, not whose post it is.
_PLACE: Final = folded("في إلى در به")
# A title that says of what only by the next word: وزير الري is no foreign minister, رئيس الاتحاد no president.
GENERAL_ROLES: Final[Mapping[str, frozenset[str]]] = {
    "president": frozenset(("vice_president", "prime_minister", "commission_president", "regional_president")),
    "minister": frozenset(
        ("foreign_minister", "defence_minister", "minister_of_state", "minister_of_state_for_foreign_affairs")
    ),
    "leader": frozenset(("president", "prime_minister", "party_leader", "supreme_leader")),
}
# The post of a title that is none of those on file.
OTHER: Final = "other"
_BARE: Final = folded("رئيس رئيسة وزير وزيرة")
_ARTICLE: Final = "ال"
_SENTENCE_ENDS: Final = frozenset(".!?؟؛;\n\r…")
_REACH: Final = 6
_AND: Final = folded("و")


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
        return next((beside for beside in self.roles_beside(first, last) if beside[0].role != OTHER), (None, None))

    def roles_beside(self, first: int, last: int) -> Iterator[tuple[RoleSpan, StateSpan | None]]:
        """Yield the titles beside a name: the one before it, then all behind it, with their states.

        `محمد بن عبدالرحمن … رئيس مجلس الوزراء وزير الخارجية` has two. One that is not on file is of the role OTHER.
        """
        role, state = self._role_before(first)
        if role:
            yield role, state
        at: int | None = last
        while at is not None and (found := self._read_behind(at, follows_name=at == last)):
            role, state, end = found
            yield role, state or (self._role_before(first)[1] if at == last else None)
            at = end + (end < len(self._words) and self._words[end].norm in _AND)

    def is_other_post(self, role: RoleSpan) -> bool:
        """Say whether the word behind a bare title makes it another post: `وزير` الري, `رئيس` الاتحاد, `وزیر` نیرو."""
        if role.last - role.first > 1 or role.last == len(self._words) or not can_continue(self._words[role.last]):
            return False
        if all(rest not in _BARE for rest, _cut, _article in cut_particles(self._words[role.first].norm)):
            return False
        word = self._words[role.last].norm
        return word not in HONOURS | _PLACE and role.last not in self._states and role.last not in self._roles

    def follows_other_post(self, first: int) -> bool:
        """Say whether a general title with its office stands before a name: `وزير` الري والموارد المائية `محمد…`."""
        at = first
        while at > 0 and first - at <= _REACH and can_continue(self._words[at]):
            role = self._role_ends.get(at)
            if role:
                return at < first and self.is_other_post(role)
            word = self._words[at - 1].norm
            if at not in self._state_ends and not word.removeprefix("و").startswith(_ARTICLE):
                return False
            at -= 1
        return False

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

    @cached_property
    def taken(self) -> frozenset[int]:
        """The words that are part of a title or name a state."""
        roles = (at for role in self._roles.values() for at in range(role.first, role.last))
        return frozenset(roles) | {at for state in self._states.values() for at in range(state.first, state.last)}

    def state_at(self, first: int) -> StateSpan | None:
        """The country or body whose name begins at a word."""
        return self._states.get(first)

    def state_within(self, first: int, last: int) -> StateSpan | None:
        """The first one whose name begins at one of these words: وزير الدولة `القطري` للشؤون الخارجية."""
        return next((state for at in range(first + 1, last) if (state := self._states.get(at))), None)

    @property
    def roles(self) -> Iterable[RoleSpan]:
        """The titles that the text gives, those of another post left out."""
        return [role for role in self._roles.values() if not self.is_other_post(role)]

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
                own = None if self._words[at].norm in _PLACE else state
                return role, own or self._state_inside(role)
            elif is_honour or (state and self._words[at - 1].norm in _PLACE):
                honour = honour or role  # الأمير is a post only where no other stands before it
                at -= 1
            else:
                break
        return honour, state

    def _read_behind(self, last: int, *, follows_name: bool) -> tuple[RoleSpan, StateSpan | None, int] | None:
        """Read the title right behind a name, and where it ends: `بقائی` `سخنگوی وزارت امور خارجه` `ایران`."""
        role = self._roles.get(last)
        if role is None or _ends_sentence(self._words[last].gap):
            return None
        norm = self._words[last].norm
        if follows_name and norm.startswith("و") and may_begin_role(norm[1:]):
            return None  # هولاند `ووزيرة البيئة` are two
        if self.is_other_post(role):
            return role._replace(role=OTHER), None, role.last
        at, state = role.last, self._state_inside(role)
        while at < len(self._words) and at - role.last <= 2 and not _ends_sentence(self._words[at].gap):
            if at in self._states:
                return role, self._states[at], self._states[at].last
            if self._words[at].norm not in HONOURS:
                break
            at += 1
        return role, state, at

    def _state_inside(self, role: RoleSpan) -> StateSpan | None:
        """A title may carry its state: `وزير الدولة القطري للشؤون الخارجية`."""
        return self.state_within(role.first, role.last)


def find_roles(words: Sequence[TextWord], places: Iterable[int] | None = None) -> Iterator[RoleSpan]:
    """Yield the titles of a text in order, longest first: `نائب رئيس الوزراء` is not `رئيس`.

    `places` are the words that may begin one, in order (see `may_begin_role`), where the caller knows them.
    """
    behind, titles = 0, _titles()
    begins = titles.begins
    for at in range(len(words)) if places is None else places:
        matches = titles.matches_at(words, at) if at >= behind and begins[words[at].norm] else []
        if matches:
            behind = matches[0].last
            yield RoleSpan(at, behind, matches[0].entry.form.record.slug)


def may_begin_role(norm: str, following: str | None = None) -> bool:
    """Whether a title may begin with this folded word, where the following one is known with that."""
    return _titles().may_begin(norm, following)


def title_of_role(role: str, language: str) -> str:
    """What a role is called: as texts of the language say it first of all, else by its code, as «chief of mission»."""
    return _first_titles().get((role, language)) or role.replace("_", " ")


def _ends_sentence(gap: str) -> bool:
    return any(sign in _SENTENCE_ENDS for sign in gap)


@cache
def _titles() -> Gazetteer:
    rows = read_table("roles.tsv")
    return Gazetteer(NameForm(RecordKey("role", row["role"]), row["phrase"], row["language"], "name") for row in rows)


@cache
def _first_titles() -> dict[tuple[str, str], str]:
    """The title of each role by language: the first of `roles.tsv`."""
    titles: dict[tuple[str, str], str] = {}
    for row in read_table("roles.tsv"):
        titles.setdefault((row["role"], row["language"]), row["phrase"])
    return titles
