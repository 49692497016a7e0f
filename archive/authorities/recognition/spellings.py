"""Finds officials in spellings that are not on file: beside their own title and state, by the keys of their name.

`وزير الخارجية الإندونيسية ريتنو مرسودي` is Retno Marsudi: the foreign minister of Indonesia whose name has those keys.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from archive.authorities.gazetteer.types import Bearer, GazetteerEntry, NameMatch
from archive.authorities.gazetteer.words import TextWord, can_continue, folded
from archive.authorities.recognition.posts import PostReader, Title
from archive.authorities.recognition.types import Candidate, Identification
from search.analysis import name_keys

_LONGEST_NAME: Final = 4
_SON: Final = folded("بن ابن بنت")


def decide_spellings(
    words: Sequence[TextWord],
    reader: PostReader,
    bearers: Mapping[tuple[str, str], Sequence[Bearer]],
    taken: Collection[int],
) -> Iterator[Identification]:
    """Yield the officials that stand beside their title under another spelling; `taken` words are mentions already."""
    spent = set(taken)
    for title in reader.titles():
        for span in _name_spans(words, title, spent):
            bearer = _find_bearer(words, span, bearers.get((title.role.role, title.state.slug), ()))
            if bearer:
                spent.update(range(*span))
                yield _decision(span, words, bearer)
                break


def _name_spans(words: Sequence[TextWord], title: Title, spent: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield where a name of two words or more may stand: behind the title, then before it, longest first.

    Its words stand together and are no mention yet.
    """
    for length in range(_LONGEST_NAME, 1, -1):
        for first in (title.name_from, title.name_until - length):
            span = range(first, first + length)
            if first < 0 or span.stop > len(words) or any(at in spent for at in span):
                continue
            if first != title.name_from and _goes_on(words, first, spent):
                continue
            if all(can_continue(words[at]) for at in span[1:]):
                yield first, span.stop


def _goes_on(words: Sequence[TextWord], first: int, spent: Collection[int]) -> bool:
    """Whether a word goes on with a name before it: «صباح الأحمد» `الجابر الصباح` أمير الكويت, «بن» `خليفة آل ثاني`."""
    return first > 0 and can_continue(words[first]) and (first - 1 in spent or words[first - 1].norm in _SON)


def _find_bearer(words: Sequence[TextWord], span: tuple[int, int], bearers: Sequence[Bearer]) -> Bearer | None:
    """Find the one official whose first and last name the words of a span begin and end with."""
    if not bearers:
        return None
    first, last = name_keys(words[span[0]].norm), name_keys(words[span[1] - 1].norm)
    found = {bearer.form.record: bearer for bearer in bearers if bearer.first & first and bearer.last & last}
    return next(iter(found.values())) if len(found) == 1 else None


def _decision(span: tuple[int, int], words: Sequence[TextWord], bearer: Bearer) -> Identification:
    key = "".join(word.norm for word in words[span[0] : span[1]])
    match = NameMatch(span[0], span[1], 0, False, key, GazetteerEntry(bearer.form, frozenset(), False, False))
    return Identification(Candidate(match, (bearer.form,), True), bearer.form, "spelling_with_title")
