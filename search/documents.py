"""An article as the index holds it: analysed streams, facet identifiers, sort keys, and a digest of all of them.

An analysed stream is engine-neutral text: positions are separated by spaces, terms stacked at one position by `|`,
as in `عقدت|عقد الجوله|جول`. Whoosh and OpenSearch split it with two lines of configuration and no language analyzer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from archive.articles.models import AccessPoint, Article
from search.analysis import Token, analyze
from search.request import UNDATED

LAYERS = ("norm", "stem", "loose")
STACK = "|"


def document(article: Article) -> dict[str, object]:
    """The index document of a public article whose access points and records are at hand (see `described()`)."""
    language = article.language if article.language in {"ar", "fa"} else None
    fields: dict[str, object] = {
        "identifier": article.identifier,
        "lang": article.language,
        "source": article.source.slug if article.source else "",
        "day": article.dated_on.toordinal() if article.dated_on else 0,
        "arrival": article.pk,
    }
    fields.update(_streams("title", f"{article.kicker}\n{article.title}", language))
    fields.update(_streams("text", article.body, language))
    fields.update(_records(article))
    fields.update(_dates(article))
    fields["digest"] = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    return fields


def stacked_terms(tokens: Iterable[Token], layer: str) -> list[list[str]]:
    """The terms of one layer, position by position; terms of a joined span stand at its first position."""
    positions: dict[int, list[str]] = {}
    for token in tokens:
        terms = positions.setdefault(token.position, [])
        terms.extend(term for term in _terms(token, layer) if term not in terms)
    return [positions.get(position, []) for position in range(max(positions, default=-1) + 1)]


def _terms(token: Token, layer: str) -> tuple[str, ...]:
    if layer == "norm":
        return (token.norm, *token.parts)
    if layer == "stem":
        return token.stems or (token.norm,)
    return (token.loose,) if token.loose else ()


def _streams(name: str, text: str, language: str | None) -> dict[str, str]:
    tokens = analyze(text, language)
    return {
        f"{name}_{layer}": " ".join(STACK.join(terms) or STACK for terms in stacked_terms(tokens, layer))
        for layer in LAYERS
    }


def _records(article: Article) -> dict[str, str]:
    kept = [point.record for point in article.access_points.all() if point.state != AccessPoint.State.REJECTED]
    return {
        kind: " ".join(sorted(record.slug for record in kept if record.kind == kind))
        for kind in ("country", "official", "body")
    }


def _dates(article: Article) -> dict[str, str]:
    day = article.dated_on
    if day is None:
        return {"year": UNDATED, "month": "", "certainty": article.date_certainty}
    month = "" if article.date_precision == "year" else f"{day.year:04}-{day.month:02}"
    return {"year": f"{day.year:04}", "month": month, "certainty": article.date_certainty}
