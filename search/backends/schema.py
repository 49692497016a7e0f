"""The Whoosh schema of the article index, and the fingerprint that says which code made it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import haystack
import whoosh
from whoosh import analysis, fields

from search.analysis import fingerprint as analyzer_fingerprint
from search.streams import STACK
from search.terms import fingerprint as terms_fingerprint

SCHEMA_VERSION = 3

# Earlier values of what an answer depends on, of whose indexes this code still gives right answers. Whoever raises a
# version adds the value before it where that is so; then the archive answers from the old index while its own is built.
STILL_READ: Mapping[str, frozenset[str]] = {
    "schema": frozenset(),
    "analyzer": frozenset(),
    "terms": frozenset(),
    "unicode": frozenset(),
}


class StreamAnalyzer(analysis.Analyzer):
    """Split an analysed stream: a space begins a new position, `|` stacks terms at one.

    Whoosh pickles analyzers into the index. Diwan reads an index by the schema of its code, not by that one.
    """

    stacks = True  # our writer reads such a stream by itself (see `writer`)

    def __call__(self, value: str, mode: str = "", **_kwargs: Any) -> Iterator[analysis.Token]:
        token = analysis.Token(positions=True, chars=False, mode=mode)
        token.boost = 1.0
        token.stopped = False
        for position, terms in enumerate(value.split(" ")):
            token.pos = position
            for term in terms.split(STACK):
                if term:
                    token.text = term
                    yield token


class IdentifierAnalyzer(analysis.Analyzer):
    """Split identifiers at spaces; nothing is folded."""

    def __call__(self, value: str, mode: str = "", **_kwargs: Any) -> Iterator[analysis.Token]:
        token = analysis.Token(mode=mode)
        token.boost = 1.0
        token.stopped = False
        for position, identifier in enumerate(value.split()):
            token.pos = position
            token.text = identifier
            yield token


def whoosh_schema(haystack_fields: Mapping[str, Any]) -> fields.Schema:
    """The schema for the fields of the Haystack index; every kind of field has one Whoosh type."""
    schema = {
        "id": fields.ID(stored=True, unique=True),
        "django_ct": fields.STORED(),
        "django_id": fields.STORED(),
    }
    for field in haystack_fields.values():
        schema[field.index_fieldname] = _field(field)
    return fields.Schema(**schema)


def _field(field: Any) -> fields.FieldType:
    if field.index_fieldname == "identifier":
        return fields.ID(stored=True, unique=True)
    if field.field_type == "stream":
        return fields.TEXT(analyzer=StreamAnalyzer(), phrase=True, stored=False)
    if field.field_type == "identifiers":
        return fields.FieldType(
            analyzer=IdentifierAnalyzer(), format=fields.formats.Existence(), scorable=False, stored=False
        )
    if field.field_type == "number":
        return fields.NUMERIC(int, bits=64, stored=True, signed=True)
    return fields.STORED()


def fingerprint(names: Iterable[str]) -> dict[str, str]:
    """What must be equal for an index to be served: schema, analyzer with its data, terms, fields, libraries."""
    return {
        "schema": str(SCHEMA_VERSION),
        "fields": " ".join(sorted(names)),
        "analyzer": analyzer_fingerprint(),
        "terms": terms_fingerprint(),
        "whoosh": ".".join(str(part) for part in whoosh.__version__),
        "haystack": ".".join(str(part) for part in haystack.__version__),
        "unicode": unicodedata.unidata_version,
    }


def still_answers(found: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether an index of another fingerprint gives the answers that one of this code would give.

    It must have every field, and what stands in them must have been made in the same way or in one that is named in
    `STILL_READ`. Libraries may differ: whatever of their files cannot be read is noticed in reading it.
    """
    has_fields = set(wanted["fields"].split()) <= set(found.get("fields", "").split())
    return has_fields and all(found.get(part) in {wanted[part], *earlier} for part, earlier in STILL_READ.items())
