"""Articles as lists and facets tell them, as plain values: what a change of many is previewed by."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from archive.articles.fitness import reason_to_hold
from archive.articles.models import AccessPoint, Article, Status
from archive.authorities.models import Kind
from archive.curation.cut_lines import habits
from archive.curation.doubts import doubtful_links

_COLUMNS: Final = (
    *("status", "language", "source_id", "dated_on", "date_precision", "date_certainty"),
    *("erased_at", "embargo_until"),
)
_SLICE: Final = 500  # articles read at a time
Value = tuple[str, str | int]


@dataclass(frozen=True, slots=True)
class Row:
    """`links` are the states of the links to officials, countries and bodies, by the key and the kind of the record.

    `groups` are the collections by hand that it is in, each with whether readers see it.

    `is_held`: whether something keeps it from being published; where the text was not asked for, an embargo alone.
    `doubts` are those of the links that nobody decided on and that rest on a mention of a low confidence.

    `habits`: how many of its paragraphs are lines that are cut of its source; 0 where the text was not asked for.
    """

    key: int
    status: str
    language: str
    source: int | None
    day: datetime.date | None
    precision: str
    certainty: str
    links: Mapping[tuple[int, str], str]
    groups: Mapping[str, bool]
    is_erased: bool
    is_held: bool
    doubts: frozenset[tuple[int, str]] = frozenset()
    habits: int = 0

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED

    def values(self) -> Iterator[Value]:
        """The values of facets under which readers find it: `("lang", "ar")`, `("country", 17)`; none of a draft."""
        if not self.is_public:
            return
        yield "all", ""
        yield "lang", self.language
        yield "certainty", self.certainty
        if self.source:
            yield Kind.SOURCE, self.source
        if self.day:
            yield "year", self.day.year
        for (record, kind), state in self.links.items():
            if state != AccessPoint.State.REJECTED:
                yield kind, record
        yield from (("collection", slug) for slug, is_public in self.groups.items() if is_public)


def rows_of(articles: Collection[Article], *, with_text: bool) -> list[Row]:
    """A few articles, read already."""
    links: dict[int, dict[tuple[int, str], str]] = {article.pk: {} for article in articles}
    asked = ("article_id", "record_id", "record__kind", "state")
    for article, record, kind, state in AccessPoint.objects.filter(article__in=links).order_by().values_list(*asked):
        links[article][record, kind] = state
    doubts: dict[int, set[tuple[int, str]]] = {article.pk: set() for article in articles}
    for article, record, kind in doubtful_links().filter(article__in=links).values_list(*asked[:3]):
        doubts[article].add((record, kind))
    groups: dict[int, dict[str, bool]] = {article.pk: {} for article in articles}
    by_hand = Article.objects.filter(pk__in=groups, collections__query="").order_by()
    for key, slug, is_public in by_hand.values_list("pk", "collections__slug", "collections__is_public"):
        groups[key][slug] = is_public
    lines = habits(articles) if with_text else {}
    rows = (_row(one, links[one.pk], groups[one.pk], with_text=with_text) for one in articles)
    return [replace(row, doubts=frozenset(doubts[row.key]), habits=len(lines.get(row.key, ()))) for row in rows]


def read_rows(keys: list[int], *, with_text: bool) -> Iterator[Row]:
    """The same of many by their keys, in slices."""
    columns = (*_COLUMNS, "body") if with_text else _COLUMNS
    for at in range(0, len(keys), _SLICE):
        chosen = Article.objects.filter(pk__in=keys[at : at + _SLICE]).order_by("pk").only(*columns)
        yield from rows_of(list(chosen), with_text=with_text)


def _row(article: Article, links: Mapping[tuple[int, str], str], groups: Mapping[str, bool], *, with_text: bool) -> Row:
    return Row(
        key=article.pk,
        status=article.status,
        language=article.language,
        source=article.source_id,
        day=article.dated_on,
        precision=article.date_precision,
        certainty=article.date_certainty,
        links=links,
        groups=groups,
        is_erased=article.erased_at is not None,
        is_held=with_text and bool(reason_to_hold(article)),
    )
