"""An article as the index holds it: analysed streams, facet identifiers, sort keys, and a digest of all of them."""

from __future__ import annotations

import hashlib
import json

from archive.articles.date_evidence import kind_of
from archive.articles.models import AccessPoint, Article
from search.analysis import analyze
from search.posts import article_posts
from search.request import UNDATED
from search.streams import streams
from search.terms import terms


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
    concepts: set[str] = set()
    for name, text in (("title", f"{article.kicker}\n{article.title}"), ("text", article.body)):
        tokens = analyze(text, language)
        fields.update(streams(name, tokens, text))
        concepts |= {found.concept.slug for found in terms().find_tokens(tokens, text)}
    fields.update(_records(article))
    fields["post"] = " ".join(sorted(article_posts(article)))
    fields["concept"] = " ".join(sorted(concepts))
    fields.update(_dates(article))
    fields["digest"] = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    return fields


def facet_values(article: Article) -> dict[str, frozenset[str]]:
    """The values of every facet that an article has in the index."""
    held = {"lang": article.language, "source": article.source.slug if article.source else ""}
    held |= _records(article) | _dates(article)
    return {name: frozenset(value.split()) for name, value in held.items()}


def _records(article: Article) -> dict[str, str]:
    kept = [point.record for point in article.access_points.all() if point.state != AccessPoint.State.REJECTED]
    return {
        kind: " ".join(sorted(record.slug for record in kept if record.kind == kind))
        for kind in ("country", "official", "body")
    }


def _dates(article: Article) -> dict[str, str]:
    day = article.dated_on
    if day is None:
        return {"year": UNDATED, "month": "", "evidence": kind_of(article)}
    month = "" if article.date_precision == "year" else f"{day.year:04}-{day.month:02}"
    return {"year": f"{day.year:04}", "month": month, "evidence": kind_of(article)}
