"""Who occurs with whom in a result set: pairs of officials and countries, counted by the engine over all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import get_language_bidi

from archive.authorities.directory import Directory
from archive.pages.interface import reader_language
from search.analysis.collation import collation_key
from search.answer.service import ask, framed
from search.engine import engine
from search.engine.protocol import Together, ValuePair
from search.request import SearchRequest
from search.results import ResultPage
from search.ways.fields import with_field
from search.ways.network import Key, Network, network

MOST: Final = 2_000  # pairs that a page can be turned to
ROWS: Final = 50
WHO: Final = {"": ("official", "country"), "officials": ("official",), "countries": ("country",)}
ORDERS: Final = ("", "name")


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair with its labels in the reader's language; `asked` is the question for articles that have both."""

    pair: ValuePair
    one: str
    other: str
    asked: SearchRequest


@dataclass(frozen=True, slots=True)
class CoOccurrences:
    """One page of the table, and the picture of the most frequent pairs of all.

    `total` is the number of different pairs, of which the table has the `listed` most frequent.
    """

    page: ResultPage
    rows: tuple[PairRow, ...]
    total: int
    listed: int
    picture: Network
    labels: dict[Key, str]

    @property
    def pages(self) -> int:
        return max(1, -(-self.listed // ROWS))


def company(request: SearchRequest, who: str, order: str) -> CoOccurrences:
    """The wanted page of pairs of `WHO`, in one of `ORDERS`; SearchUnavailable when the index cannot answer."""
    asked = ask(request)
    names = asked.names
    found: Together = engine().together(asked.question, WHO[who], MOST)
    rows = rows_of(found.pairs, request, names, order)
    start = (request.page - 1) * ROWS
    often = [(pair.one, pair.other, pair.count) for pair in found.pairs if pair.count > 1]
    picture = network(often, rtl=get_language_bidi())
    labels = {node.key: names.label(*node.key, reader_language()) for node in picture.nodes}
    shown = tuple(rows[start : start + ROWS])
    return CoOccurrences(framed(asked, ROWS), shown, found.total, len(rows), picture, labels)


def rows_of(pairs: Sequence[ValuePair], request: SearchRequest, names: Directory, order: str) -> list[PairRow]:
    """The pairs with their labels, most frequent first or by name in the alphabet."""
    language = reader_language()
    rows = [_row(pair, request, names, language) for pair in pairs]
    if order == "name":
        rows.sort(key=lambda row: (collation_key(row.one, language), collation_key(row.other, language)))
    return rows


def _row(pair: ValuePair, request: SearchRequest, names: Directory, language: str) -> PairRow:
    """Officials stand before countries, two of a kind in the order of the alphabet."""
    one, other = names.label(*pair.one, language), names.label(*pair.other, language)
    if pair.one[0] == pair.other[0] and collation_key(other, language) < collation_key(one, language):
        pair, one, other = replace(pair, one=pair.other, other=pair.one), other, one
    return PairRow(pair, one, other, asking_both(request, pair))


def asking_both(request: SearchRequest, pair: ValuePair) -> SearchRequest:
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
