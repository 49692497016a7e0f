"""A text as a public article that the index takes in, with what the shipped authority file recognises in it."""

from __future__ import annotations

from collections.abc import Iterable
from multiprocessing import get_context

from archive.articles.models import Certainty, Field
from archive.articles.rules import kind_by
from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.recognition.recognition import find_mentions
from search.analysis import guess_language
from search.documents.entries import IndexEntry
from tools.evaluation.sets import CorpusPassage

WORKERS = 2
_AT_ONCE = 32


def index_entries(passages: Iterable[CorpusPassage], workers: int = WORKERS) -> Iterable[IndexEntry]:
    """The passages as the index takes them in, in their order; recognition runs in `workers` processes."""
    numbered = enumerate(passages, 1)
    if workers < 2:
        yield from map(_entry, numbered)
        return
    with get_context("fork").Pool(workers) as pool:
        yield from pool.imap(_entry, numbered, chunksize=_AT_ONCE)


def _entry(numbered: tuple[int, CorpusPassage]) -> IndexEntry:
    number, passage = numbered
    return entry_of_text(number, passage.identifier, passage.text)


def entry_of_text(number: int, identifier: str, body: str, title: str = "", language: str = "") -> IndexEntry:
    """An undated article of no source; its language is guessed where none is given."""
    language = language or guess_language(body) or ""
    gazetteer = Gazetteer.shipped()
    found = find_mentions(body, language or None, gazetteer)
    records = sorted({(one.kind, one.record) for one in found})
    return IndexEntry(
        key=number,
        identifier=identifier,
        language=language,
        source="",
        kicker="",
        title=title,
        body=body,
        dated_on=None,
        precision="",
        evidence=kind_by(Certainty.UNDATED, ""),
        records=tuple(records),
        mentions=tuple(sorted((str(Field.BODY), one.start, one.end, one.kind, one.record) for one in found)),
        posts={
            slug: tuple(sorted((post.role, post.country or post.body) for post in gazetteer.posts.get(slug, ())))
            for kind, slug in records
            if kind == "official"
        },
    )
