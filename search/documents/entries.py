"""An article as the index takes it in: everything that its document is made from, and a digest of that.

Nothing is analysed here, so whether a document in the index is that of the article as it is now can be told in a
fraction of the time that making the document takes.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final

from archive.articles.models import AccessPoint, Article, Mention
from archive.articles.rules import kind_by, kind_of
from archive.authorities.models import Post
from archive.collections.models import CollectedArticle
from archive.meetings.models import Meeting, MeetingReport
from archive.text.languages import reading_language

AT_ONCE: Final = 250  # articles read from the database together
MOST_LETTERS: Final = 4_000_000  # of bodies that are indexed together
Posts = tuple[tuple[str, str], ...]
Noted = tuple[str, int, int, str, str]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An article with what was recognised in it and not rejected.

    `records` are `(kind, slug)`; `mentions` are `(field, start, end, kind, slug)`, code points, half open; `posts` are
    the `(role, state)` that each official held, by slug; `groups` are the confirmed meetings and the public collections
    that it is part of, `(meeting, 3f9a1c02)`.
    """

    key: int
    identifier: str
    language: str
    source: str
    kicker: str
    title: str
    body: str
    dated_on: datetime.date | None
    precision: str
    evidence: str
    records: tuple[tuple[str, str], ...]
    mentions: tuple[Noted, ...]
    posts: Mapping[str, Posts]
    groups: tuple[tuple[str, str], ...] = ()

    @property
    def analyzer_language(self) -> str | None:
        return reading_language(self.language)

    @property
    def headline(self) -> str:
        return f"{self.kicker}\n{self.title}"

    def digest(self) -> str:
        """SHA-256 of everything that the document is made from; what makes it is told by the index's fingerprint."""
        about = (
            self.key, self.identifier, self.language, self.source, str(self.dated_on), self.precision, self.evidence,
            self.records, self.mentions, sorted(self.posts.items()), self.groups, len(self.kicker), len(self.title),
        )  # fmt: skip
        text = f"{about}\n{self.kicker}{self.title}{self.body}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entry_of(article: Article) -> IndexEntry:
    """The entry of an article whose access points, mentions, records and their posts are at hand."""
    return replace(ungrouped(article), groups=tuple(sorted(_groups([article.pk])[article.pk])))


def ungrouped(article: Article) -> IndexEntry:
    """The same without its meetings and collections, which are asked for: for pages, which show what it attests."""
    points = [point for point in article.access_points.all() if point.state != AccessPoint.State.REJECTED]
    records = [(point.record.kind, point.record.slug) for point in points]
    held = {point.record.slug: point.record.posts.all() for point in points if point.record.kind == "official"}
    return IndexEntry(
        article.pk,
        article.identifier,
        article.language,
        article.source.slug if article.source else "",
        article.kicker,
        article.title,
        article.body,
        article.dated_on,
        article.date_precision,
        kind_of(article),
        tuple(sorted(records)),
        tuple(
            sorted(
                (mention.field, mention.start, mention.end, *record)
                for point, record in zip(points, records, strict=True)
                for mention in point.mentions.all()
            )
        ),
        {
            slug: _posts((post.role, getattr(post.country or post.body, "slug", "")) for post in posts)
            for slug, posts in held.items()
        },
    )


def _groups(keys: Sequence[int]) -> defaultdict[int, list[tuple[str, str]]]:
    """The confirmed meetings and the public collections of articles, by their keys."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    confirmed = {"meeting__state": Meeting.State.CONFIRMED, "meeting__merged_into": None}
    reports = MeetingReport.objects.filter(article__in=keys, **confirmed).order_by()
    chosen = CollectedArticle.objects.filter(article__in=keys, collection__is_public=True, collection__query="")
    for kind, rows in (
        ("meeting", reports.values_list("article_id", "meeting__identifier")),
        ("collection", chosen.order_by().values_list("article_id", "collection__slug")),
    ):
        for key, identifier in rows:
            found[key].append((kind, identifier))
    return found


def entries(keys: Iterable[int], *, are_public: bool = True) -> Iterator[IndexEntry]:
    """The entries of the articles of these primary keys that are public, or that are not, in their order.

    Five queries for `AT_ONCE` of them.
    """
    held = _held_posts()
    numbers = iter(keys)
    while chosen := list(islice(numbers, AT_ONCE)):
        yield from _entries(chosen, held, are_public)


def batches(found: Iterable[IndexEntry]) -> Iterator[list[IndexEntry]]:
    """The same in batches of bounded length."""
    batch: list[IndexEntry] = []
    letters = 0
    for entry in found:
        letters += len(entry.body)
        batch.append(entry)
        if len(batch) == AT_ONCE or letters > MOST_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


_COLUMNS: Final = (  # in the order of `IndexEntry`; what `evidence` is made of comes last
    "pk", "identifier", "language", "source__slug", "kicker", "title", "body", "dated_on", "date_precision",
    "date_certainty", "evidence__date__rule",
)  # fmt: skip


def _entries(keys: Sequence[int], held: Mapping[str, Posts], are_public: bool) -> Iterator[IndexEntry]:
    records: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    mentions: defaultdict[int, list[Noted]] = defaultdict(list)
    owner: dict[int, tuple[int, str, str]] = {}
    groups = _groups(keys)
    points = AccessPoint.objects.filter(article__in=keys).exclude(state=AccessPoint.State.REJECTED).order_by()
    for point, article, kind, slug in points.values_list("pk", "article_id", "record__kind", "record__slug"):
        owner[point] = article, kind, slug
        records[article].append((kind, slug))
    noted = Mention.objects.filter(access_point__article__in=keys).order_by()
    for point, field, start, end in noted.values_list("access_point_id", "field", "start", "end"):
        if point in owner:
            article, kind, slug = owner[point]
            mentions[article].append((field, start, end, kind, slug))
    named = Article.objects.filter(pk__in=keys)
    chosen = named.still_published() if are_public else named.unpublished().order_by()
    rows = {row[0]: row for row in chosen.values_list(*_COLUMNS)}
    for key in keys:
        if key in rows:
            yield replace(_entry(rows[key], records[key], mentions[key], held), groups=tuple(sorted(groups[key])))


def _entry(
    row: Sequence[Any], records: list[tuple[str, str]], mentions: list[Noted], held: Mapping[str, Posts]
) -> IndexEntry:
    key, identifier, language, source, *written, certainty, rule = row
    posts = {slug: held.get(slug, ()) for kind, slug in records if kind == "official"}
    dated = kind_by(certainty, rule or "")
    linked = tuple(sorted(records)), tuple(sorted(mentions))
    described: Any = (key, identifier, language, source or "", *written, dated, *linked, posts)
    return IndexEntry(*described)


def _held_posts() -> dict[str, Posts]:
    """The posts of every official, by slug."""
    rows = Post.objects.order_by("record__slug").values_list("record__slug", "role", "country__slug", "body__slug")
    return {
        slug: _posts((role, country or body or "") for _slug, role, country, body in group)
        for slug, group in groupby(rows, key=itemgetter(0))
    }


def _posts(held: Iterable[tuple[str, str]]) -> Posts:
    return tuple(sorted((role, state) for role, state in held if state))
