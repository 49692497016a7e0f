"""An article as the index holds it: analysed streams, facet identifiers, sort keys, and a digest of what made them.

This is what a document is. A rebuild makes the same without writing the streams out; see `search.documents.inverting`,
which a test holds equal to it.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.articles.models import Article
from search.analysis import analyze
from search.documents.entries import Entry, entry_of
from search.documents.posts import attested, read, recognised
from search.documents.streams import streams
from search.request import UNDATED
from search.terms import terms


def document(article: Article) -> dict[str, object]:
    """The index document of a public article whose access points and records are at hand (see `described()`)."""
    return document_of(entry_of(article))


def document_of(entry: Entry) -> dict[str, object]:
    """The index document of an article."""
    fields: dict[str, object] = {}
    concepts: set[str] = set()
    for name, text in (("title", entry.headline), ("text", entry.body)):
        tokens = analyze(text, entry.analyzer_language)
        fields.update(streams(name, tokens, text))
        concepts |= {found.concept.slug for found in terms().find_tokens(tokens, text)}
    return fields | described(entry, _posts(entry), concepts)


def facet_values(article: Article) -> dict[str, frozenset[str]]:
    """The values of every facet that an article has in the index."""
    entry = entry_of(article)
    held = {"lang": entry.language, "source": entry.source, **_dates(entry)}
    held |= {kind: _records(entry, kind) for kind in ("country", "official", "body")}
    return {name: frozenset(value.split()) for name, value in held.items()}


def described(entry: Entry, posts: Iterable[str], concepts: Iterable[str]) -> dict[str, object]:
    """The fields of a document beside its streams."""
    return {
        "identifier": entry.identifier,
        "lang": entry.language,
        "source": entry.source,
        "day": entry.dated_on.toordinal() if entry.dated_on else 0,
        "arrival": entry.key,
        **{kind: _records(entry, kind) for kind in ("country", "official", "body")},
        "post": " ".join(sorted(posts)),
        "concept": " ".join(sorted(concepts)),
        **_dates(entry),
        "digest": entry.digest(),
    }


def _posts(entry: Entry) -> set[str]:
    """The posts that an article attests in its headline or text, by what was recognised and not rejected there."""
    texts = {"kicker": entry.kicker, "title": entry.title, "body": entry.body}
    return {
        post
        for field, text in texts.items()
        for post, _span in attested(recognised(entry, field), entry.posts, lambda text=text: read(text))  # type: ignore[misc]
    }


def _records(entry: Entry, wanted: str) -> str:
    return " ".join(slug for kind, slug in entry.records if kind == wanted)


def _dates(entry: Entry) -> dict[str, str]:
    day = entry.dated_on
    if day is None:
        return {"year": UNDATED, "month": "", "evidence": entry.evidence}
    month = "" if entry.precision == "year" else f"{day.year:04}-{day.month:02}"
    return {"year": f"{day.year:04}", "month": month, "evidence": entry.evidence}
