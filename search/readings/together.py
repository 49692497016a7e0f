"""Who occurs with whom in a result set: pairs of officials and countries, counted by the engine over all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.authorities.directory import Directory, directory
from archive.interface import reader_language
from search.analysis import fold
from search.analysis.tokenizer import iter_words
from search.indexing import backend
from search.readings.fields import with_field
from search.readings.kwic import alphabetical
from search.readings.network import Key, Network, network
from search.request import SearchRequest
from search.results import ResultPage
from search.service import Asked, ask, framed
from search.tallies import Pair, Together

MOST: Final = 2_000  # pairs that a page can be turned to
ROWS: Final = 50
WHO: Final = {"": ("official", "country"), "officials": ("official",), "countries": ("country",)}
ORDERS: Final = ("", "name")


@dataclass(frozen=True, slots=True)
class Row:
    """A pair with its labels in the reader's language; `asked` is the question for articles that have both."""

    pair: Pair
    one: str
    other: str
    asked: SearchRequest


@dataclass(frozen=True, slots=True)
class Company:
    """One page of the table, and the picture of the most frequent pairs of all.

    `total` is the number of different pairs, of which the table has the `listed` most frequent.
    """

    page: ResultPage
    rows: tuple[Row, ...]
    total: int
    listed: int
    picture: Network
    labels: dict[Key, str]

    @property
    def pages(self) -> int:
        return max(1, -(-self.listed // ROWS))


def company(request: SearchRequest, who: str, order: str) -> Company:
    """The wanted page of pairs of `WHO`, in one of `ORDERS`; SearchUnavailable when the index cannot answer."""
    names = directory()
    asked = ask(request, names, 0, 1, helping=True)
    found = pairs(asked, who)
    rows = rows_of(found.pairs, request, names, order)
    start = (request.page - 1) * ROWS
    picture = network([(pair.one, pair.other, pair.count) for pair in found.pairs if pair.count > 1])
    labels = {node.key: names.label(*node.key, reader_language()) for node in picture.nodes}
    shown = tuple(rows[start : start + ROWS])
    return Company(framed(request, asked, names, ROWS), shown, found.total, len(rows), picture, labels)


def pairs(asked: Asked, who: str) -> Together:
    """The pairs of what was found, as the engine counts them."""
    found: Together = backend().together(asked.question, WHO[who], MOST)
    return found


def rows_of(pairs: Sequence[Pair], request: SearchRequest, names: Directory, order: str) -> list[Row]:
    """The pairs with their labels, most frequent first or by name in the alphabet."""
    rows = [_row(pair, request, names, reader_language()) for pair in pairs]
    return sorted(rows, key=lambda row: (_by_name(row.one), _by_name(row.other))) if order == "name" else rows


def _row(pair: Pair, request: SearchRequest, names: Directory, language: str) -> Row:
    """Officials stand before countries, two of a kind in the order of the alphabet."""
    one, other = names.label(*pair.one, language), names.label(*pair.other, language)
    if pair.one[0] == pair.other[0] and _by_name(other) < _by_name(one):
        pair, one, other = replace(pair, one=pair.other, other=pair.one), other, one
    return Row(pair, one, other, asking_both(request, pair))


def asking_both(request: SearchRequest, pair: Pair) -> SearchRequest:
    """The same question, in the list, of articles that have both records of a pair.

    Values of one facet are alternatives, so a second one of a facet is asked in the words of the query.
    """
    asked = request.in_view("")
    for facet, slug in (pair.one, pair.other):
        if not asked.chosen(facet):
            asked = asked.with_values(facet, [slug])
        elif asked.chosen(facet) != (slug,):
            asked = replace(asked, q=with_field(asked.q, facet, slug))
    return asked


def _by_name(label: str) -> tuple[str, ...]:
    return tuple(alphabetical(fold(word)) for _start, _end, word in iter_words(label))
