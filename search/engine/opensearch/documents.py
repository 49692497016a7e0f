"""Articles as documents of OpenSearch: every text as a stream of its terms, and what the document has beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from search.documents.entries import IndexEntry
from search.documents.inverting import Inverted, Occurrences, invert
from search.documents.vocabulary import Vocabulary
from search.engine.asking.terms import FIELDS, is_listed
from search.engine.opensearch.client import lines
from search.engine.opensearch.definition import PAIRED
from search.request import FACETS

LONGEST: Final = 1_000  # letters of a term; a longer one, which nobody types, leaves its place empty
ARRIVALS: Final = 2**41  # time as one number: the day, then the order of arrival
LAST_DAY: Final = 2**22 - 1
_SEVERAL: Final = frozenset((*FACETS, "post", "concept"))
_PARTED: Final = "\t"
Document = dict[str, Any]


class DocumentMaker:
    """Makes documents of entries; for one thread."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._names: dict[str, list[str]] = {layer: [] for layer in vocabulary.terms}

    def documents(self, entries: Sequence[IndexEntry], version: int) -> Iterator[Document]:
        """The documents of a batch, without their names."""
        inverted = invert(entries, self.vocabulary)
        streams = {name: self._streams(name, found, len(entries)) for name, found in inverted.streams.items()}
        counts = _word_counts(inverted, len(entries))
        listed = self._listed(inverted, len(entries))
        for number, fields in enumerate(inverted.fields):
            yield {
                **{name: made[number] for name, made in streams.items()},
                **_beside(fields),
                "listed": listed[number],
                "words": counts[number],
                "written": version,
            }
        self.vocabulary.keep()

    def _streams(self, stream: str, found: Occurrences, documents: int) -> list[str]:
        """Each document's text of a layer: its positions parted by a space, their terms by `|`."""
        names = self._terms(stream.partition("_")[2])
        order = np.lexsort((found.terms, found.positions, found.documents))
        columns = (column[order].tolist() for column in (found.documents, found.positions, found.terms))
        places: list[list[list[str]]] = [[] for _document in range(documents)]
        for document, position, term in zip(*columns, strict=True):
            held = places[document]
            while len(held) <= position:
                held.append([])
            name = names[term]
            if len(name) <= LONGEST and (not held[position] or held[position][-1] != name):
                held[position].append(name)
        return [" ".join("|".join(stack) or "|" for stack in held) for held in places]

    def _listed(self, inverted: Inverted, documents: int) -> list[list[str]]:
        """The words of each document that are offered to readers."""
        names = self._terms("norm")
        found: list[set[int]] = [set() for _document in range(documents)]
        for name in FIELDS:
            stream = inverted.streams[f"{name}_norm"]
            for document, term in zip(stream.documents.tolist(), stream.terms.tolist(), strict=True):
                found[document].add(term)
        return [[names[term] for term in sorted(held) if _is_offered(names[term])] for held in found]

    def _terms(self, layer: str) -> list[str]:
        """The terms of a layer by their numbers."""
        held, known = self._names[layer], self.vocabulary.terms[layer]
        held.extend(term.decode() for term in known.terms(len(held)))
        return held


def _is_offered(term: str) -> bool:
    return len(term) <= LONGEST and is_listed(term)


def _word_counts(inverted: Inverted, documents: int) -> list[int]:
    """How many terms of the layer `norm` each document has in title and text."""
    held = [inverted.streams[f"{name}_norm"].documents for name in FIELDS]
    return [int(count) for count in np.bincount(np.concatenate(held), minlength=documents)]


def _beside(fields: Mapping[str, Any]) -> Document:
    """The fields beside the words: several identifiers as a list, the undated without a day, time as one number."""
    made: Document = {name: str(value).split() if name in _SEVERAL else value for name, value in fields.items()}
    day, arrival = int(made.pop("day")), int(made["arrival"])
    if day:
        made["day"] = day
    return {
        **made,
        "month_of_year": [month[-2:] for month in made["month"]],
        "newest": day * ARRIVALS + arrival,
        "oldest": -((day or LAST_DAY) * ARRIVALS + arrival),
        "pairs": list(_pairs(made)),
    }


def _pairs(fields: Mapping[str, Any]) -> Iterator[str]:
    """Every two values of an article with their facets, the one of the earlier facet, or the lesser one, first."""
    values = [(facet, value) for facet in PAIRED for value in sorted(set(fields[facet]))]
    for one, other in combinations(values, 2):
        yield _PARTED.join((*one, *other))


def pair_of(key: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two values that a pair is written of."""
    one, first, other, second = key.split(_PARTED)
    return (one, first), (other, second)


def bulk(entries: Sequence[IndexEntry], documents: Iterable[Document], version: int) -> bytes:
    """Documents as `_bulk` takes them; an older version of one never replaces a later one."""
    rows: list[Mapping[str, Any]] = []
    for entry, document in zip(entries, documents, strict=True):
        rows += [{"index": versioned(entry.identifier, version)}, document]
    return lines(rows)


def versioned(identifier: str, version: int) -> dict[str, Any]:
    return {"_id": identifier, "version": version, "version_type": "external_gte"}
