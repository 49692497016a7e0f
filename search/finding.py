"""The index as the archive's finder of words: which public articles may name somebody, or a term, that changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from django.dispatch import receiver

from archive.articles.finding import Unanswered, register
from archive.articles.models import Article, ArticleQuerySet
from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.signals import record_changed
from search.engine import PUBLIC, UNPUBLISHED, engine
from search.engine.protocol import Question, SearchUnavailable
from search.models import DraftChange, IndexChange
from search.tree import NOTHING, Named, Word, all_of, any_of

P = ParamSpec("P")
T = TypeVar("T")
_ALL: Final = 1 << 30


def _answered(ask: Callable[P, T]) -> Callable[P, T]:
    @wraps(ask)
    def answered(*arguments: P.args, **named: P.kwargs) -> T:
        try:
            return ask(*arguments, **named)
        except SearchUnavailable as error:
            raise Unanswered(error.reason) from error

    return answered


class IndexFinder:
    """Answers from the last state of the index."""

    @_answered
    def words(self) -> set[str]:
        return engine().words().every()

    @_answered
    def having(self, word: str) -> set[str]:
        return set(engine().words().identifiers(word, _ALL))

    def waiting(self) -> set[str]:
        return set(IndexChange.objects.values_list("identifier", flat=True))


@receiver(record_changed)
def note_articles_of_term(record: AuthorityRecord, **_kwargs: object) -> None:
    """Have what names a term, or may name it by its labels, read for it again."""
    if record.kind == Kind.TERM:
        IndexChange.record(sorted(_telling(record, PUBLIC, Article.objects.published())))
        DraftChange.record(sorted(_telling(record, UNPUBLISHED, Article.objects.unpublished())))


def _telling(term: AuthorityRecord, index: str, articles: ArticleQuerySet) -> set[str]:
    """The articles that named a term, or one that was merged into it, and those that have all words of a label.

    All, where the index cannot say.
    """
    slugs = [term.slug, *term.merged.values_list("slug", flat=True)]
    labels = [all_of(map(Word, name.text.replace("\u200c", " ").split())) for name in term.names.all()]
    tree = any_of([*(Named(slug) for slug in slugs), *(label for label in labels if label is not None)])
    try:
        answer = engine(index).search(Question(tree or NOTHING, size=_ALL, order="newest"))
    except SearchUnavailable:
        return set(articles.values_list("identifier", flat=True))
    return {identifier for identifier, _score in answer.found}


register(IndexFinder())
