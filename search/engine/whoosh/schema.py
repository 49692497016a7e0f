"""The Whoosh schema of the article index, and the fingerprint that says which code made it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import haystack
import whoosh
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, NUMERIC, STORED, FieldType, Schema
from whoosh.formats import Existence, Frequency

from search.analysis import fingerprint as analyzer_fingerprint
from search.terms import fingerprint as terms_fingerprint

SCHEMA_VERSION = 5
PLAIN, RANKING = "_norm", "_loose"  # layers of a stream, as its field is called at the end

# Earlier values of what an answer depends on, of whose indexes this code still gives right answers. Whoever raises a
# version adds the value before it where that is so; then the archive answers from the old index while its own is built.
STILL_READ: Mapping[str, frozenset[str]] = {
    # 3: without the facet value of articles whose source is not known; 4: all streams in Whoosh's own files
    "schema": frozenset({"3", "4"}),
    "analyzer": frozenset(),
    "terms": frozenset(),
    "unicode": frozenset(),
}


def whoosh_schema(haystack_fields: Mapping[str, Any]) -> Schema:
    """The schema for the fields of the Haystack index; every kind of field has one Whoosh type.

    Whoosh pickles it into the index: it is made of Whoosh's own classes alone, so that no name of ours is written.
    """
    schema = {"id": ID(stored=True, unique=True), "django_ct": STORED(), "django_id": STORED()}
    for field in haystack_fields.values():
        schema[field.index_fieldname] = _field(field)
    return Schema(**schema)


def _field(field: Any) -> FieldType:
    if field.index_fieldname == "identifier":
        return ID(stored=True, unique=True)
    if field.field_type == "stream":
        return FieldType(Frequency(), None, scorable=True)  # no analyzer: its terms come inverted
    if field.field_type == "identifiers":
        return FieldType(Existence(), SpaceSeparatedTokenizer())
    if field.field_type == "number":
        # One term a number, of those that are asked for at all: ranges are found in the columns.
        return NUMERIC(int, bits=64, stored=True, signed=True, shift_step=0) if field.indexed else STORED()
    return STORED()


def is_in_whoosh(name: str, field: FieldType) -> bool:
    """Whether Whoosh's own files have the terms of a field: of streams only the folded words, how often and not where.

    All streams are in the arrays beside a segment; Whoosh's searcher answers from these two by itself.
    """
    return bool(field.indexed) and (not field.scorable or name.endswith(PLAIN))


def has_positions(name: str) -> bool:
    """Whether a query may ask where terms of a stream stand; loose stems only rank."""
    return not name.endswith(RANKING)


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
