"""Reports of one story as one entry of the list: totals and facets go on counting articles.

The entry stands where the first of its reports would. It shows the report with the best score; of equals the one with a
complete date before one without, and the earliest.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop, ngettext

from archive.articles.cards import card
from archive.articles.models import Article, Language, Precision
from archive.authorities.directory import Directory
from archive.authorities.models import Kind
from archive.pages.interface import reader_language
from archive.pages.shown import localnumber
from archive.stories.held import story_numbers
from search.engine.protocol import Answer
from search.results import FoldedStory, Hit

SHOWN = 100  # reports behind an entry; the list that folds none has all
Scored = tuple[str, float]  # the identifier of an article found, and its score
EXACT = {Precision.DAY, Precision.MINUTE}
OF_LANGUAGE: dict[str, str] = {
    Language.ARABIC: gettext_noop(", %(n)s in Arabic"),
    Language.PERSIAN: gettext_noop(", %(n)s in Persian"),
}


@dataclass(frozen=True, slots=True)
class FoldedPage:
    """The entries of one page: `leading` the reports shown, `stories` what stands behind them; `entries` counts all."""

    entries: int
    leading: tuple[Scored, ...]
    stories: dict[str, FoldedStory]


def fold(answer: Answer, page: int, size: int, names: Directory, *, as_found: bool = False) -> FoldedPage:
    """The entries of one page of an answer that begins with the first article found; two queries.

    `as_found` shows of each story the report that was found first, as where the order is that of the sources.
    """
    groups = grouped(answer.found)
    shown = groups[(page - 1) * size : page * size]
    several = [identifier for group in shown if len(group) > 1 for identifier, _score in group]
    public = Article.objects.outlined().filter(identifier__in=several).still_published()
    held = {article.identifier: article for article in public} if several else {}
    leading, stories = [], {}
    for group in shown:
        first, *others = group if as_found else sorted(group, key=lambda found: _rank(found, held))
        leading.append(first)
        if behind := [held[identifier] for identifier, _score in others if identifier in held]:
            stories[first[0]] = _story(behind, names)
    return FoldedPage(len(groups), tuple(leading), stories)


def grouped(found: Sequence[Scored]) -> list[list[Scored]]:
    """The found articles by story, each story where its first article stands."""
    numbers = story_numbers()
    groups: dict[object, list[Scored]] = {}
    for one in found:
        groups.setdefault(numbers.get(one[0], one[0]), []).append(one)
    return list(groups.values())


def _rank(found: Scored, held: Mapping[str, Article]) -> tuple[bool, float, bool, datetime.date, int]:
    """What sorts the reports of a story, the one to show first; one that left the public comes last."""
    article = held.get(found[0])
    if article is None:
        return (True, 0.0, True, datetime.date.max, 0)
    exact = article.dated_on is not None and article.date_precision in EXACT
    return (False, -found[1], not exact, article.dated_on or datetime.date.max, article.pk)


def _story(behind: Sequence[Article], names: Directory) -> FoldedStory:
    """The first reports with `source_label` in the reader's language, as `reading.listed` gives it; all are counted."""
    for article in behind[:SHOWN]:
        source = card(article).source
        label = names.label(Kind.SOURCE, source, reader_language()) if source else ""
        article.source_label = label  # type: ignore[attr-defined]
    counts = Counter(article.language for article in behind)
    return FoldedStory(tuple(behind[:SHOWN]), tuple(sorted(counts.items())))


def more_reports(hit: Hit) -> str:
    """What is folded behind a result: «5 more reports of this story, 3 in Persian» behind an Arabic one."""
    if not hit.story:
        return ""
    total, shown = hit.story.total, hit.article.language
    told = ngettext("%(n)s more report of this story", "%(n)s more reports of this story", total)
    parts = [told % {"n": localnumber(total)}]
    for language, count in hit.story.counts:
        if language != shown and language in OF_LANGUAGE:
            parts.append(gettext(OF_LANGUAGE[language]) % {"n": localnumber(count)})
    return "".join(parts)
