"""Finds officials in spellings that are not on file: beside their own title and state, by the keys of their name.

`وزير الخارجية الإندونيسية ريتنو مرسودي` is Retno Marsudi: the foreign minister of Indonesia whose name has those keys.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from archive.authorities.gazetteer.bearers import Bearer
from archive.authorities.gazetteer.types import Entry, Match
from archive.authorities.gazetteer.words import Word, can_continue
from archive.authorities.recognition.posts import PostReader, Title
from archive.authorities.recognition.types import Candidate, Decision
from search.analysis import name_keys

_LONGEST_NAME: Final = 4


def decide_spellings(
    words: Sequence[Word],
    reader: PostReader,
    bearers: Mapping[tuple[str, str], Sequence[Bearer]],
    taken: Collection[int],
) -> Iterator[Decision]:
    """Yield the officials that stand beside their title under another spelling; `taken` words are mentions already."""
    spent = set(taken)
    for title in reader.titles():
        for span in _name_spans(words, title, spent):
            bearer = _find_bearer(words, span, bearers.get((title.role.role, title.state.slug), ()))
            if bearer:
                spent.update(range(*span))
                yield _decision(span, words, bearer)
                break


def _name_spans(words: Sequence[Word], title: Title, spent: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield where a name of two words or more may stand: behind the title, then before it, longest first."""
    for length in range(_LONGEST_NAME, 1, -1):
        for first in (title.name_from, title.name_until - length):
            if first >= 0 and _may_be_name(words, range(first, first + length), spent):
                yield first, first + length


def _may_be_name(words: Sequence[Word], span: range, spent: Collection[int]) -> bool:
    """Say whether the words of a span stand together and are no mention yet."""
    return (
        span.stop <= len(words)
        and not any(at in spent for at in span)
        and all(can_continue(words[at]) for at in span[1:])
    )


def _find_bearer(words: Sequence[Word], span: tuple[int, int], bearers: Sequence[Bearer]) -> Bearer | None:
    """Find the one official whose first and last name the words of a span begin and end with."""
    if not bearers:
        return None
    first, last = name_keys(words[span[0]].norm), name_keys(words[span[1] - 1].norm)
    found = {bearer.form.record: bearer for bearer in bearers if bearer.first & first and bearer.last & last}
    return next(iter(found.values())) if len(found) == 1 else None


def _decision(span: tuple[int, int], words: Sequence[Word], bearer: Bearer) -> Decision:
    key = "".join(word.norm for word in words[span[0] : span[1]])
    match = Match(span[0], span[1], 0, False, key, Entry(bearer.form, frozenset(), False, False))
    return Decision(Candidate(match, (bearer.form,), True), bearer.form, "spelling_with_title")
