"""Documents written out, for Whoosh's own writer: streams of analysed text, a position behind the other.

Positions are separated by spaces, terms stacked at one position by `|`, as in `عقدت|عقد الجوله|جول`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from haystack import connections
from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import Schema
from whoosh.formats import Positions

from search.analysis import Token, analyze
from search.documents.entries import IndexEntry
from search.documents.fields import described
from search.documents.inverting import Inverted, invert
from search.documents.layers import CONTINUED, LAYERS, layer_terms
from search.documents.posts import attested, recognised, role_text
from search.documents.vocabulary import Vocabulary
from search.engine.whoosh.schema import whoosh_schema
from search.terms import terms

STACK: Final = "|"


class StreamAnalyzer(Analyzer):
    """Split a stream: a space begins a new position, `|` stacks terms at one."""

    def __call__(self, value: str, mode: str = "", **_kwargs: Any) -> Iterator[WhooshToken]:
        token = WhooshToken(positions=True, chars=False, mode=mode)
        token.boost = 1.0
        token.stopped = False
        for position, stack in enumerate(value.split(" ")):
            token.pos = position
            for term in filter(None, stack.split(STACK)):
                token.text = term
                yield token


def schema() -> Schema:
    """The archive's own, for a writer that analyses streams and keeps all of them with their positions."""
    held = whoosh_schema(connections["default"].get_unified_index().all_searchfields())
    for name in held.scorable_names():
        held[name].analyzer, held[name].format = StreamAnalyzer(), Positions()
    return held


def document_of(entry: IndexEntry) -> dict[str, Any]:
    """The document of an article, every text analysed by itself."""
    fields: dict[str, Any] = {}
    concepts: set[str] = set()
    for name, text in (("title", entry.headline), ("text", entry.body)):
        tokens = analyze(text, entry.analyzer_language)
        fields.update(streams(name, tokens, text))
        concepts |= {found.concept.slug for found in terms().find_tokens(tokens, text)}
    return fields | described(entry, _posts(entry), concepts)


def _posts(entry: IndexEntry) -> set[str]:
    texts = {"kicker": entry.kicker, "title": entry.title, "body": entry.body}
    found: set[str] = set()
    for field, text in texts.items():
        held = role_text(text)
        found |= {post for post, _span in attested(recognised(entry, field), entry.posts, lambda held=held: held)}
    return found


def streams(name: str, tokens: Sequence[Token], text: str) -> dict[str, str]:
    """The streams of one text by the fields that hold them: `title_norm`, `title_stem`, …."""
    return {
        f"{name}_{layer}": " ".join(STACK.join(held) or STACK for held in stacked_terms(tokens, layer, text))
        for layer in LAYERS
    }


def stacked_terms(tokens: Iterable[Token], layer: str, text: str) -> list[list[str]]:
    """The terms of one layer, position by position; terms of a joined span stand at its first position."""
    rows: list[list[str]] = []
    for token in tokens:
        position, span = token.position, token.span
        while len(rows) < position + span:
            rows.append([])
        rows[position] += [term for term in layer_terms(token, layer, text) if term not in rows[position]]
        if span > 1 and layer == "names":
            going_on = CONTINUED + token.norm
            for further in rows[position + 1 : position + span]:
                further += [] if going_on in further else [going_on]
    return rows


def _stacks(inverted: Inverted, words: Vocabulary, number: int) -> dict[str, dict[int, set[str]]]:
    """The streams of one document by position."""
    held: dict[str, dict[int, set[str]]] = {}
    for field, (numbers, documents, positions) in inverted.streams.items():
        names = [term.decode() for term in words.terms[field.partition("_")[2]].terms()]
        at: defaultdict[int, set[str]] = defaultdict(set)
        for term, document, position in zip(numbers, documents, positions, strict=True):
            if document == number:
                at[int(position)].add(names[term])
        held[field] = dict(at)
    return held


def assert_inverted_as_written_out(held: list[IndexEntry], words: Vocabulary) -> None:
    """A batch has what the documents written out have, position by position."""
    inverted = invert(held, words)
    for number, one in enumerate(held):
        document = document_of(one)
        streams = {
            field: {
                position: set(filter(None, stack.split(STACK)))
                for position, stack in enumerate(document.pop(field).split(" "))
                if stack.strip(STACK)
            }
            for field in (f"{name}_{layer}" for name in ("title", "text") for layer in LAYERS)
        }
        assert _stacks(inverted, words, number) == streams
        assert inverted.fields[number] == document
