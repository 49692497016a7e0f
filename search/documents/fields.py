"""The fields of an article's document beside its words: facet identifiers, sort keys, and the digest of its entry.

The words are what `search.documents.inverting` gives; together they are all that the index holds of an article.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.articles.models import Article
from search.documents.entries import IndexEntry, entry_of
from search.request import FACETS, UNDATED, UNKNOWN


def facet_values(article: Article) -> dict[str, frozenset[str]]:
    """The values of every facet that an article has in the index."""
    fields = described(entry_of(article), (), ())
    return {facet: frozenset(str(fields[facet]).split()) for facet in FACETS}


def described(entry: IndexEntry, posts: Iterable[str], concepts: Iterable[str]) -> dict[str, object]:
    """The fields beside the words; several identifiers stand in one text, with spaces between them: `az qa`."""
    return {
        "identifier": entry.identifier,
        "lang": entry.language,
        "source": entry.source or UNKNOWN,
        "day": entry.dated_on.toordinal() if entry.dated_on else 0,
        "arrival": entry.key,
        **{kind: _records(entry, kind) for kind in ("country", "official", "body")},
        **{kind: " ".join(name for held, name in entry.groups if held == kind) for kind in ("meeting", "collection")},
        "post": " ".join(sorted(posts)),
        "concept": " ".join(sorted(concepts)),
        **_dates(entry),
        "digest": entry.digest(),
    }


def _records(entry: IndexEntry, wanted: str) -> str:
    return " ".join(slug for kind, slug in entry.records if kind == wanted)


def _dates(entry: IndexEntry) -> dict[str, str]:
    day = entry.dated_on
    if day is None:
        return {"year": UNDATED, "month": "", "evidence": entry.evidence}
    month = "" if entry.precision == "year" else f"{day.year:04}-{day.month:02}"
    return {"year": f"{day.year:04}", "month": month, "evidence": entry.evidence}
