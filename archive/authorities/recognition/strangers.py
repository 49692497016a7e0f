"""Finds the persons beside a title whom no record names: «وكيل وزارة الخارجية الأوغندية `جيمس موجومي`».

A name is read where a title stands beside it and it begins with a forename; where it ends is a guess: behind forenames
and fathers one more word, the family. Who it is, and whether it is a name at all, a curator decides.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from archive.authorities.gazetteer.guards import is_forename
from archive.authorities.gazetteer.lineages import SON
from archive.authorities.gazetteer.words import TextWord, behind_letters, can_continue, cut_honours, folded
from archive.authorities.recognition.posts import HONOURS, OTHER, PostReader, RoleSpan, StateSpan, may_begin_role
from search.analysis import stop_words

_MOST_NAMES: Final = 5
_REACH: Final = 5  # words between a title and the name: its state, honours
_ARTICLE: Final = "ال"
_SHORTEST: Final = 3  # letters of a family name
# What joins two words into one forename or family: عبد الله, آل ثاني, أبو الغيط.
_JOINTS: Final = folded("عبد آل أبو ابو أبا ذو")
# Titles of houses, that stand before a forename alone.
_HOUSES: Final = frozenset(("emir", "king", "sultan", "crown_prince", "prince", "sheikh"))
_PARTS: Final = folded("الله الرحمن العزيز الكريم الدين الإسلام")
# What stands behind a name and is none: verbs of a report, and words of time.
_NO_FAMILY: Final = folded(
    " قال وقال أكد وأكد أضاف وأضاف أوضح وأوضح ذكر كشف صرح وصرح رد أعلن وأعلن دعا ودعا التقى والتقى بحث"
    " وبحث زار وصل ووصل شدد وشدد أعرب وأعرب عقد ترأس استقبل واستقبل شارك وضع بشكل اليوم أمس مساء صباح"
    " الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الماضي خلال إن أن عن تلقى بعث هاتفيا حول ضمن عبر"
    " لقاء جلسة مباحثات وذلك فيما بينما الذي التي رحمه طيب غفر حفظه أيده يرعاه گفت افزود اعلام امروز دیروز"
    " دیدار اظهار تاکید تأکید عصر صبح شنبه یکشنبه دوشنبه جمعه گفته گفتگو وارد تصریح"
)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name of a text that no record has: offsets are code points; `role` with the country or body beside it, "" for
    none, and the post as printed, «وزير الخارجية الاسباني».
    """

    start: int
    end: int
    key: str
    role: str
    kind: str
    state: str
    post: str


def find_strangers(
    text: str, words: Sequence[TextWord], reader: PostReader, officials: Container[int]
) -> Iterator[Stranger]:
    """Yield them in order, none overlapping; `officials` are the words that name somebody who is on file."""
    reading = _Strangers(text, words, reader, officials)
    behind = 0
    for role in sorted(reader.roles):
        found = None if role.role == OTHER else reading.beside(role)
        if found is None or found.first < behind:
            continue
        behind = found.last
        norms = [word.norm for word in words[found.first : found.last]]
        has_and = norms[0].startswith("و") and is_forename(norms[0][1:])  # وفؤاد حسين
        joined = 1 if has_and else _behind_honours(norms[0])
        yield Stranger(
            start=behind_letters(text, words[found.first], joined),
            end=words[found.last - 1].end,
            key=" ".join([norms[0][joined:], *norms[1:]]),
            role=found.role,
            kind=found.state.kind if found.state else "",
            state=found.state.slug if found.state else "",
            post=text[found.post[0] : found.post[1]],
        )


def _behind_honours(norm: str) -> int:
    """How many letters of honours are written onto a forename: `حاجقاسم`, 3; none onto what is one: `سيدعلي`."""
    return 0 if is_forename(norm) else next((cut for rest, cut in cut_honours(norm) if is_forename(rest)), 0)


class Found(NamedTuple):
    """A name at words `first` up to `last` (excluded); `post` are the offsets of its title with the state."""

    first: int
    last: int
    role: str
    state: StateSpan | None
    post: tuple[int, int]


class _Strangers:
    def __init__(self, text: str, words: Sequence[TextWord], reader: PostReader, officials: Container[int]) -> None:
        self._text, self._words, self._reader, self._officials = text, words, reader, officials
        self._ends = {role.last: role for role in reader.roles}

    def beside(self, role: RoleSpan) -> Found | None:
        """The name behind a title, else the one before it; None where an official who is on file stands there."""
        at, state = self._over(role)
        while role.first in self._ends:  # سفير خادم الحرمين الشريفين is one post
            role = self._ends[role.first]
        if at in self._officials or (role.first and role.first - 1 in self._officials):
            return None
        first, last = at, self._name_from(at, is_bare=state is None and role.role in _HOUSES)
        if last is None:
            begins = None if self._has_particle(role.first) else self._name_until(role.first)
            if begins is None:
                return None
            first, last = begins, role.first
        start = self._words[role.first].start + self._has_particle(role.first)
        ends = max(role.last, state.last if state and state.last <= at else 0)
        return Found(first, last, role.role, state, (start, self._words[ends - 1].end))

    def _over(self, role: RoleSpan) -> tuple[int, StateSpan | None]:
        """Where a name may begin behind a title, over its state and honours, and the state."""
        at, state = role.last, self._reader.state_within(role.first, role.last)
        while at < len(self._words) and at - role.last < _REACH and can_continue(self._words[at]):
            found = self._reader.state_at(at)
            if found is not None and state is None:
                state, at = found, found.last
            elif self._words[at].norm in HONOURS and not is_forename(self._words[at].norm):
                at += 1
            else:
                break
        return at, state

    def _has_particle(self, at: int) -> bool:
        """Whether a particle is written onto a title, which then is another person's than the name before it."""
        norm = self._words[at].norm
        return norm[0] in "وفبلك" and may_begin_role(norm[1:])

    def _is_free(self, at: int) -> bool:
        norm = self._words[at].norm
        taken = at in self._reader.taken or at in self._officials
        joined = norm.startswith("و") and (norm[1:] in HONOURS or norm.startswith("وال") or may_begin_role(norm[1:]))
        return not (taken or joined or norm in stop_words() or norm in _NO_FAMILY or may_begin_role(norm))

    def _begins(self, at: int) -> bool:
        """Whether a name may begin with a word: a forename, and not على "on"."""
        word = self._words[at]
        if not self._is_free(at) or word.norm in SON or (at and self._words[at - 1].norm in SON):
            return False
        is_one = is_forename(word.norm) or _behind_honours(word.norm) > 0
        return (is_one and self._text[word.end - 1] != "ى") or word.norm in _JOINTS

    def _name_from(self, first: int, until: int | None = None, *, is_bare: bool = False) -> int | None:
        """Where a name ends (excluded) that begins at a word; None where none of two words or more does.

        Up to `until` a title stands behind it, so that its last word is the family whatever it is. Behind the `is_bare`
        title of a house, «الأمير سعود», one forename is the whole name, unless fathers or a family with article follow.
        """
        if first >= len(self._words) or not can_continue(self._words[first]) or not self._begins(first):
            return None
        at, has_family = first + 1, False
        end = min(len(self._words), first + _MOST_NAMES, until or len(self._words))
        while at < end and can_continue(self._words[at]) and not has_family:
            norm, before = self._words[at].norm, self._words[at - 1].norm
            if before not in SON | _JOINTS and norm not in SON | _JOINTS | _PARTS:
                if not self._is_free(at) or (self._text[self._words[at].end - 1] == "ى" and norm == "علي"):
                    break
                has_family = not is_forename(norm)
                if has_family and at + 1 != until and not self._may_be_family(first, at, is_bare=is_bare):
                    break
            at += 1
        while at > first and self._words[at - 1].norm in SON | _JOINTS:
            at -= 1
        return at if at - first > 1 else None

    def _may_be_family(self, first: int, at: int, *, is_bare: bool) -> bool:
        norm = self._words[at].norm
        if len(norm) < _SHORTEST or norm.startswith("لل"):
            return False
        has_fathers = any(word.norm in SON for word in self._words[first:at])
        if is_bare:
            return has_fathers or (norm.startswith(_ARTICLE) and norm[-1] != "ه")
        return has_fathers or at - first == 1 or norm.endswith("ي")

    def _name_until(self, last: int) -> int | None:
        """Where a name begins that ends before a title: «`فلان فلانی` سخنگوی وزارت خارجه»."""
        if not (can_continue(self._words[last]) or self._words[last].gap in {"، ", ", "}):
            return None
        for first in range(max(0, last - _MOST_NAMES), last - 1):
            if self._name_from(first, last) == last:
                return first
        return None
