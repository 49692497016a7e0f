"""A document of a set dressed as a public article, so that it is indexed by the code that indexes articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from types import SimpleNamespace
from typing import Any, cast

from archive.articles.models import AccessPoint, Article, Certainty, Field
from archive.authorities.gazetteer.gazetteer import Gazetteer
from archive.authorities.recognition.recognition import find_mentions
from search.analysis import guess_language
from search.documents.fields import document
from tools.evaluation.sets import Passage

WORKERS = 2
_AT_ONCE = 32


class _Rows(tuple[Any, ...]):
    """Related records at hand."""

    __slots__ = ()

    def all(self) -> tuple[Any, ...]:
        return self


class _Related(tuple[Any, ...]):
    """Related records as a manager gives them."""

    __slots__ = ()

    def all(self) -> Sequence[Any]:
        return self


@dataclass(frozen=True, slots=True)
class PassageArticle:
    """What `search.documents.fields` asks of an article: a text in its language with the records recognised in it."""

    pk: int
    identifier: str
    language: str
    body: str
    access_points: _Rows
    kicker: str = ""
    title: str = ""
    source: None = None
    dated_on: None = None
    date_precision: str = ""
    date_certainty: str = Certainty.UNDATED
    evidence: dict[str, Any] = field(default_factory=dict)


def index_documents(passages: Iterable[Passage], workers: int = WORKERS) -> Iterable[dict[str, Any]]:
    """The index documents of passages, in their order; analysis and recognition run in `workers` processes."""
    numbered = enumerate(passages, 1)
    if workers < 2:
        yield from map(_document, numbered)
        return
    with get_context("fork").Pool(workers) as pool:
        yield from pool.imap(_document, numbered, chunksize=_AT_ONCE)


def _document(numbered: tuple[int, Passage]) -> dict[str, Any]:
    number, passage = numbered
    language = guess_language(passage.text) or ""
    points = _Rows(_access_points(passage.text, language or None))
    article = PassageArticle(number, passage.identifier, language, passage.text, points)
    fields = document(cast(Article, article))
    return {"id": f"articles.article.{number}", "django_ct": "articles.article", "django_id": str(number), **fields}


def _access_points(text: str, language: str | None) -> Iterable[SimpleNamespace]:
    """The records of the shipped authority file that the text names, each with its mentions."""
    mentions: dict[tuple[str, str], list[SimpleNamespace]] = {}
    for found in find_mentions(text, language, Gazetteer.shipped()):
        place = SimpleNamespace(field=Field.BODY, start=found.start, end=found.end, form=found.form)
        mentions.setdefault((found.kind, found.record), []).append(place)
    for (kind, slug), places in mentions.items():
        record = SimpleNamespace(kind=kind, slug=slug, posts=_Related(_posts(slug)))
        yield SimpleNamespace(record=record, state=AccessPoint.State.RECOGNISED, mentions=_Related(places))


def _posts(slug: str) -> Iterable[SimpleNamespace]:
    """The posts of an official as shipped; the country and the body of each as a record has them."""
    for post in Gazetteer.shipped().posts.get(slug, ()):
        states = [SimpleNamespace(slug=state) if state else None for state in (post.country, post.body)]
        yield SimpleNamespace(role=post.role, country=states[0], body=states[1])
