"""Posts that a text or a query names: a role with its state, whatever the language, the wording and the order.

«وزير خارجية أذربيجان», «وزير الخارجية الأذربيجاني», «وزیر امور خارجه آذربایجان» and "Azerbaijani foreign minister" are
one identifier, `foreign_minister.az`, in queries and in the index.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from archive.articles.models import Article
from archive.authorities.gazetteer.words import TextWord, folded, split_words
from archive.authorities.recognition.posts import HONOURS, PostReader, RoleSpan, StateSpan, find_roles
from search.documents.entries import IndexEntry, ungrouped

Span = tuple[int, int]
_ELSEWHERE: Final = folded("في لدى إلى در نزد in to")
_OWN: Final = folded("of the s")
_BETWEEN: Final = (HONOURS | _OWN) - _ELSEWHERE
_REACH: Final = 4
_SENTENCE_ENDS: Final = frozenset(".!?؟؛;\n\r…،,")


class PostSpan(NamedTuple):
    """Words `first` up to `last` (excluded) that name a post."""

    first: int
    last: int
    role: str
    state: StateSpan

    @property
    def identifier(self) -> str:
        return identifier(self.role, self.state.slug)


class RoleText(NamedTuple):
    """The words of a text, where each begins, and the roles they name."""

    words: Sequence[TextWord]
    starts: Sequence[int]
    roles: Sequence[RoleSpan]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised in one text, by code points: states (country or body) and officials, with their records."""

    states: Mapping[Span, tuple[str, str]]
    officials: Mapping[Span, str]


def identifier(role: str, state: str) -> str:
    """`foreign_minister.az`; `state` is the slug of a country or of a body."""
    return f"{role}.{state}"


def find_posts(
    words: Sequence[TextWord],
    states: Iterable[StateSpan],
    *,
    either_order: bool = False,
    roles: Iterable[RoleSpan] | None = None,
) -> Iterator[PostSpan]:
    """Give the posts that words name in their order; `either_order` takes a state before its role in every script.

    «السفير في قطر» is an ambassador of nobody knows whom: what stands behind في, لدى, در is where, not whose.
    """
    by_first = {state.first: state for state in states}
    by_last = {state.last: state for state in by_first.values()}
    for role in find_roles(words) if roles is None else roles:
        found = _inside(role, by_first) or _behind(words, role, by_first)
        found = found or _before(words, role, by_last, either_order)
        if found is not None:
            yield found


def _inside(role: RoleSpan, states: Mapping[int, StateSpan]) -> PostSpan | None:
    """`وزير الدولة القطري للشؤون الخارجية` carries its state."""
    state = next((states[at] for at in range(role.first + 1, role.last) if at in states), None)
    return PostSpan(role.first, role.last, role.role, state) if state else None


def _behind(words: Sequence[TextWord], role: RoleSpan, states: Mapping[int, StateSpan]) -> PostSpan | None:
    for at in range(role.last, min(len(words), role.last + _REACH)):
        if _parts(words[at].gap):
            return None
        if at in states:
            return PostSpan(role.first, states[at].last, role.role, states[at])
        if words[at].norm not in _BETWEEN:
            return None
    return None


def _before(
    words: Sequence[TextWord], role: RoleSpan, states: Mapping[int, StateSpan], any_script: bool
) -> PostSpan | None:
    """`Azerbaijani foreign minister`, `Azerbaijan's foreign minister`."""
    if not any_script and words[role.first].kind != "latin":
        return None
    for at in range(role.first, max(0, role.first - _REACH), -1):
        if _parts(words[at].gap):
            return None
        if at in states:
            return PostSpan(states[at].first, role.last, role.role, states[at])
        if words[at - 1].norm not in _BETWEEN:
            return None
    return None


def _parts(gap: str) -> bool:
    return any(sign in _SENTENCE_ENDS for sign in gap)


def attested(
    known: Recognised, held: Mapping[str, Sequence[tuple[str, str]]], text: Callable[[], RoleText]
) -> Iterator[tuple[str, Span]]:
    """The posts that a text attests, each with its place: named with their state, or as the title of an official.

    `held` gives the `(role, state)` of the posts of officials by slug: «وزير الخارجية بيراموف» names no state, and is
    the post of Azerbaijan only because بيراموف is on file for it. `text` is asked for where anything was recognised.
    """
    if not known.states and not known.officials:
        return
    words, starts, roles = text()
    if not roles:
        return
    states = [StateSpan(*_words_of(starts, span), *key) for span, key in known.states.items()]
    for post in find_posts(words, states, roles=roles):
        yield post.identifier, (words[post.first].start, words[post.last - 1].end)
    reader = PostReader(words, states, roles)
    for span, slug in known.officials.items():
        role, state = reader.role_of(*_words_of(starts, span))
        for post_role, post_state in held.get(slug, ()) if role and not state else ():
            if role and post_role == role.role:
                first, last = words[role.first], words[role.last - 1]
                yield identifier(post_role, post_state), (min(first.start, span[0]), max(last.end, span[1]))


def role_text(text: str) -> RoleText:
    """The words and roles of a text."""
    words = split_words(text)
    return RoleText(words, [word.start for word in words], tuple(find_roles(words)))


def _words_of(starts: Sequence[int], span: Span) -> Span:
    """The words that a range of the text covers; particles before a name belong to its first word."""
    first = bisect_right(starts, span[0]) - 1
    last = bisect_right(starts, span[1] - 1)
    return max(first, 0), max(last, first + 1, 1)


def posts_in(article: Article, field: str, text: str) -> Iterator[tuple[str, Span]]:
    """The posts that one text of an article attests, each with its place; offsets into `text`."""
    entry = ungrouped(article)
    return attested(recognised(entry, field), entry.posts, lambda: role_text(text))


def recognised(entry: IndexEntry, field: str) -> Recognised:
    """What was recognised, and not rejected, in one text of an article."""
    found = [(mention[1:3], mention[3:]) for mention in entry.mentions if mention[0] == field]
    officials = {span: slug for span, (kind, slug) in found if kind == "official"}
    states = {span: (kind, slug) for span, (kind, slug) in found if kind != "official"}
    return Recognised(states, officials)
