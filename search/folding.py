"""Reports of one story as one entry of the list: totals and facets go on counting articles.

The entry stands where the first of its reports would. It shows the report with the best score; of equals the one with a
complete date before one without, and the earliest.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.articles.models import Article, Precision
from archive.authorities.directory import Directory
from archive.authorities.models import Kind
from archive.interface import reader_language
from archive.stories.held import story_numbers
from search.engine import Answer
from search.results import FoldedStory

SHOWN = 20  # reports behind an entry; the page of the story shows all
Found = tuple[str, float]
EXACT = {Precision.DAY, Precision.MINUTE}


@dataclass(frozen=True, slots=True)
class Folded:
    """The entries of one page: `leading` the reports shown, `behind` the others of each; `entries` counts all."""

    entries: int
    leading: tuple[Found, ...]
    behind: dict[str, tuple[Article, ...]]


def fold(answer: Answer, page: int, size: int) -> Folded:
    """The entries of one page of an answer that begins with the first article found; two queries."""
    groups = grouped(answer.found)
    shown = groups[(page - 1) * size : page * size]
    held = _held([identifier for group in shown if len(group) > 1 for identifier, _score in group])
    leading, behind = [], {}
    for group in shown:
        first, *others = sorted(group, key=lambda found: _rank(found, held)) if len(group) > 1 else group
        leading.append(first)
        behind[first[0]] = tuple(held[identifier] for identifier, _score in others if identifier in held)
    return Folded(len(groups), tuple(leading), behind)


def grouped(found: Sequence[Found]) -> list[list[Found]]:
    """The found articles by story, each story where its first article stands."""
    numbers = story_numbers()
    groups: dict[object, list[Found]] = {}
    for one in found:
        groups.setdefault(numbers.get(one[0], one[0]), []).append(one)
    return list(groups.values())


def _held(identifiers: list[str]) -> dict[str, Article]:
    if not identifiers:
        return {}
    articles = Article.objects.select_related("source").filter(identifier__in=identifiers).still_published()
    return {article.identifier: article for article in articles}


def _rank(found: Found, held: dict[str, Article]) -> tuple[bool, float, bool, datetime.date, int]:
    """What sorts the reports of a story, the one to show first; one that left the public comes last."""
    article = held.get(found[0])
    if article is None:
        return (True, 0.0, True, datetime.date.max, 0)
    exact = article.dated_on is not None and article.date_precision in EXACT
    return (False, -found[1], not exact, article.dated_on or datetime.date.max, article.pk)


def stories(folded: Folded, names: Directory) -> dict[str, FoldedStory]:
    """What stands behind each entry, by the identifier of the report that is shown."""
    return {identifier: _story(articles, names) for identifier, articles in folded.behind.items() if articles}


def _story(articles: tuple[Article, ...], names: Directory) -> FoldedStory:
    counts = Counter(article.language for article in articles)
    return FoldedStory(tuple(_labelled(one, names) for one in articles[:SHOWN]), tuple(sorted(counts.items())))


def _labelled(article: Article, names: Directory) -> Article:
    """With `source_label` in the reader's language, as `reading.listed` gives it, and without its countries."""
    label = names.label(Kind.SOURCE, article.source.slug, reader_language()) if article.source else ""
    article.source_label = label  # type: ignore[attr-defined]
    return article
