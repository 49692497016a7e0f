"""How an index of OpenSearch is made: its settings and fields, and the fingerprint that says which code made it.

The words of a text come as a stream: positions parted by a space, the terms of a position by `|`, an empty position as
`|`. OpenSearch analyses nothing, it takes the stream apart again: terms and positions are those of every engine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from search.analysis import fingerprint as analyzer_fingerprint
from search.request import FACETS
from search.terms import fingerprint as terms_fingerprint

DEFINITION: Final = 1
PAIRED: Final = tuple(facet for facet in FACETS if facet not in {"year", "month", "evidence"})
"""The facets whose values are counted in pairs."""

_SETTINGS: Final[dict[str, Any]] = {
    "number_of_shards": 1,  # exact statistics, and every change is seen whole
    "number_of_replicas": 0,
    "refresh_interval": "-1",  # what is written is seen when the writer says so
    "gc_deletes": "1h",
    "similarity": {"diwan": {"type": "BM25", "k1": 1.2, "b": 0.75, "discount_overlaps": False}},
    "analysis": {
        "tokenizer": {"places": {"type": "whitespace", "max_token_length": 32_000}},
        "filter": {
            "stacked": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]},
            "nothing": {"type": "stop", "stopwords": ["|"]},
        },
        "analyzer": {"stream": {"type": "custom", "tokenizer": "places", "filter": ["stacked", "nothing"]}},
    },
}
_KEYWORD: Final = {"type": "keyword"}
_LONG: Final = {"type": "long"}
_BESIDE: Final[dict[str, Any]] = {
    "month_of_year": _KEYWORD,
    "listed": {"type": "keyword", "index": False},  # words that are offered to readers
    "pairs": {"type": "keyword", "index": False},
    "words": _LONG,  # how many terms title and text have, of the layer `norm`
    "newest": _LONG,  # time as one number, see `documents`
    "oldest": _LONG,
    "written": _LONG,  # the version of the document
}


def definition(haystack_fields: Mapping[str, Any], made_by: Mapping[str, str]) -> dict[str, Any]:
    """Settings and mapping of a new index for the fields of the Haystack index."""
    fields = {field.index_fieldname: _field(field) for field in haystack_fields.values()}
    return {
        "settings": {"index": _SETTINGS},
        "mappings": {
            "dynamic": "strict",
            "_meta": {"fingerprint": dict(made_by)},
            "_source": {"includes": ["digest"]},
            "properties": {**fields, **_BESIDE},
        },
    }


def _field(field: Any) -> dict[str, Any]:
    if field.field_type == "stream":
        return {"type": "text", "analyzer": "stream", "similarity": "diwan"}
    if field.field_type == "identifiers":
        eager = field.index_fieldname != "identifier"
        return {"type": "keyword", "eager_global_ordinals": eager}
    if field.field_type == "number":
        return dict(_LONG)
    return {"type": "keyword", "index": False, "doc_values": False}


def fingerprint(names: Iterable[str]) -> dict[str, str]:
    """What must be equal for an index to be served."""
    return {
        "definition": str(DEFINITION),
        "fields": " ".join(sorted(names)),
        "analyzer": analyzer_fingerprint(),
        "terms": terms_fingerprint(),
        "unicode": unicodedata.unidata_version,
    }
