"""Articles inverted in batches: every occurrence of every term as a number, and the facets, in one pass over the text.

What comes out is what analysing each text by itself and writing its terms out position by position would give, which
a test compares. Of a text only the words where something may happen (two may be one, a concept or the role of a post
may begin) are looked at one by one; all others are looked up and counted by arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis.spellings import BEGINS, ENDS, ODD
from search.documents.entries import IndexEntry
from search.documents.fields import described
from search.documents.layers import LAYERS
from search.documents.numbered_text import NumberedText
from search.documents.posts import RoleText, attested, recognised, role_text
from search.documents.vocabulary import CONCEPT, ROLE, Forms, Vocabulary

Numbers = NDArray[np.int64]


class Occurrences(NamedTuple):
    """Where terms stand: number of the term, of the document in its batch, and position; in no order, some twice."""

    terms: Numbers
    documents: Numbers
    positions: Numbers


@dataclass(frozen=True, slots=True)
class Inverted:
    """A batch of articles: the occurrences of each stream, and what each document has beside them."""

    streams: Mapping[str, Occurrences]
    fields: Sequence[Mapping[str, Any]]


def invert(entries: Sequence[IndexEntry], vocabulary: Vocabulary) -> Inverted:
    """Invert a batch; documents have the numbers of their place in it."""
    vocabulary.forget_if_full()
    headlines = [NumberedText(entry.headline, entry.analyzer_language, vocabulary) for entry in entries]
    bodies = [NumberedText(entry.body, entry.analyzer_language, vocabulary) for entry in entries]
    streams: dict[str, Occurrences] = {}
    for name, texts in (("title", headlines), ("text", bodies)):
        look(texts, vocabulary)
        streams |= {f"{name}_{layer}": found for layer, found in _streams(texts, vocabulary.forms).items()}
    fields = [
        described(entry, _posts(entry, body), headline.concepts | body.concepts)
        for entry, headline, body in zip(entries, headlines, bodies, strict=True)
    ]
    return Inverted(streams, fields)


def look(texts: Sequence[NumberedText], vocabulary: Vocabulary) -> None:
    """Find what the words of these texts are together: joined terms, concepts, and where roles may begin."""
    words, starts = _laid_out(texts)
    flags = np.frombuffer(bytes(vocabulary.forms.flags), np.uint8)[words]
    odd = set((np.searchsorted(starts, np.flatnonzero(flags & ODD), "right") - 1).tolist())
    meets = np.flatnonzero((flags[1:] & ENDS > 0) | (flags[:-1] & BEGINS > 0)) + 1
    for text, place in _places(texts, starts, _kept(words, meets - 1, vocabulary.may_join) + 1, odd):
        if place:
            text.join_at(place)
    for text, place in _places(texts, starts, np.flatnonzero(flags & CONCEPT), odd):
        text.concepts_at(place)
    roles = np.flatnonzero(flags & ROLE)
    for text, place in _places(texts, starts, _kept(words, roles, vocabulary.may_begin_role), odd):
        text.roles.append(place)
    for number in odd:
        texts[number].be_odd()
    for text in texts:
        text.look_at_joins()


def _laid_out(texts: Sequence[NumberedText]) -> tuple[Numbers, Numbers]:
    """The words of all texts one behind the other, and where each text begins."""
    words, starts = array("I"), [0]
    for text in texts:
        words.extend(text.words)
        starts.append(len(words))
    return np.frombuffer(words or array("I", (0,)), np.uint32)[: len(words)].astype(np.int64), np.array(starts)


def _kept(words: Numbers, places: Numbers, may: Callable[[int, int], bool]) -> Numbers:
    """The places whose word and the one behind it may be something together."""
    pairs = np.append(words, words[-1:])
    found = map(may, pairs[places].tolist(), pairs[places + 1].tolist())
    kept: Numbers = places[np.fromiter(found, bool, len(places))]
    return kept


def _places(
    texts: Sequence[NumberedText], starts: Numbers, found: Numbers, without: set[int]
) -> Iterator[tuple[NumberedText, int]]:
    """The text and the place in it of words numbered throughout."""
    owners = np.searchsorted(starts, found, "right") - 1
    for owner, place in zip(owners.tolist(), (found - starts[owners]).tolist(), strict=True):
        if owner not in without:
            yield texts[owner], place


def _streams(texts: Sequence[NumberedText], forms: Forms) -> dict[str, Occurrences]:
    """The occurrences of every layer."""
    joins = [
        (number, place, form)
        for number, text in enumerate(texts)
        for place, joined in text.joins.items()
        for form in joined
    ]
    joined = np.array(joins, np.int64).reshape(-1, 3).T
    words, starts = _laid_out(texts)
    documents = np.repeat(np.arange(len(texts)), starts[1:] - starts[:-1])
    places = np.arange(len(words)) - starts[documents]
    for number, text in enumerate(texts):
        if text.is_odd:
            places[starts[number] : starts[number + 1]] = text.places
    documents, places, words = map(np.concatenate, zip((documents, places, words), joined, strict=True))
    return {
        layer: _going_on(_expanded(forms, layer, words, documents, places), forms, joins if layer == "names" else ())
        for layer in LAYERS
    }


def _expanded(forms: Forms, layer: str, words: Numbers, documents: Numbers, places: Numbers) -> Occurrences:
    """Each form of a text by its terms in a layer."""
    rows = forms.rows[layer]
    starts = np.frombuffer(rows.starts, np.uint32).astype(np.int64)
    counts = (starts[1:] - starts[:-1])[words]
    ends = np.cumsum(counts)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
    held = np.frombuffer(rows.held or array("I", (0,)), np.uint32)[np.repeat(starts[words], counts) + within]
    return Occurrences(held, np.repeat(documents, counts), np.repeat(places, counts))


def _going_on(found: Occurrences, forms: Forms, joins: Sequence[tuple[int, int, int]]) -> Occurrences:
    """The same with a term at each further position of a joined form."""
    more = [
        (forms.further[form], number, place + further)
        for number, place, form in joins
        for further in range(1, forms.tokens[form].span)
    ]
    if not more:
        return found
    return Occurrences(*map(np.concatenate, zip(found, np.array(more, np.int64).T, strict=True)))


def _posts(entry: IndexEntry, body: NumberedText) -> set[str]:
    """The posts that an article attests in its headline or text, by what was recognised and not rejected there."""
    texts: dict[str, Callable[[], RoleText]] = {
        "kicker": lambda: role_text(entry.kicker),
        "title": lambda: role_text(entry.title),
        "body": body.roles_read,
    }
    return {
        post for field, text in texts.items() for post, _span in attested(recognised(entry, field), entry.posts, text)
    }
