"""What a feed says of each article; the last items are kept as they were written, for every feed that has them.

An item is kept under all that it is made of, its columns and what its reader chose, so none is ever out of date.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext

from archive.articles.cards import card_of
from archive.articles.models import Article
from archive.articles.rights import Audience, limited, note, rights
from archive.authorities.directory import Directory
from archive.authorities.models import Rights
from archive.pages.interface import reader_calendar, reader_language
from archive.pages.shown import in_calendar
from archive.text.xml import legal
from search.feeds.formats import WrittenFeed, content

SAID: Final = (
    *("id", "identifier", "language", "title", "body", "source_id", "source_as_printed", "byline"),
    *("dated_on", "dated_at", "created_at", "updated_at"),
)
KEPT: Final = 500  # items that a process keeps: 20 kB for 2,000 letters, with the columns that they are kept under
LONGEST: Final = 10_000  # code points of a text whose item is kept


class Wanted(NamedTuple):
    """How an item is written: the kind of feed, the first paragraph alone or all, where the site is, for whom."""

    feed: type[WrittenFeed]
    is_summary: bool
    site: str
    language: str
    calendar: str


def items(
    request: HttpRequest, found: Sequence[str], names: Directory, feed: type[WrittenFeed]
) -> Iterator[dict[str, Any]]:
    """The items of articles by their identifiers, the newest first; the first paragraph alone where `text=summary`."""
    public = Article.objects.filter(identifier__in=found).still_published()
    site = request.build_absolute_uri("/").removesuffix("/")
    wanted = Wanted(feed, request.GET.get("text") == "summary", site, reader_language(), reader_calendar())
    held = {row[1]: row for row in public.values_list(*SAID, "card")}
    written = (_item(wanted, held[identifier], names) for identifier in found if identifier in held)
    yield from sorted(written, key=itemgetter("pubdate"), reverse=True)


def _item(wanted: Wanted, row: tuple[Any, ...], names: Directory) -> dict[str, Any]:
    said = dict(zip(SAID, row, strict=False))
    links = card_of(said["id"], row[-1]).links
    labels = tuple(legal(names.label(link.kind, link.slug, wanted.language)) for link in links)
    level = rights(said["source_id"], Audience.BULK, names)
    write = _kept if len(said["body"]) <= LONGEST else _written
    return write(wanted, level, labels, row[:-1])


def _written(wanted: Wanted, level: Rights, labels: tuple[str, ...], said: tuple[Any, ...]) -> dict[str, Any]:
    article = limited(Article.from_db("default", SAID, said), level)
    paragraphs = [one for one in article.paragraphs if one][: 1 if wanted.is_summary else None]
    return wanted.feed.written(
        title=legal(article.title),
        link=wanted.site + article.get_absolute_url(),
        description=content([*paragraphs, *_notes(article)], article.language),
        is_summary=wanted.is_summary,
        unique_id=article.guid,
        unique_id_is_permalink=False,
        pubdate=_instant(article),
        updateddate=article.updated_at,
        author_name=legal(article.byline) or None,
        categories=labels,
        language=article.language,
        source_name=legal(article.source_as_printed),
    )


_kept = lru_cache(KEPT)(_written)


def _notes(article: Article) -> Iterator[str]:
    """What is said under the text: that it is not whole, that the report has no date of its own."""
    if said := note(article):
        yield said
    if article.dated_on is None and article.dated_at is None:
        day = in_calendar(article.created_at.date(), reader_calendar())
        yield gettext("Undated; it came into the archive on %(day)s.") % {"day": day}


def _instant(article: Article) -> datetime.datetime:
    """When the report appeared: the stated instant, or the first moment of its day; of an undated one, when it came
    into the archive, which its text says."""
    if article.dated_at:
        return article.dated_at
    if article.dated_on is None:
        return article.created_at
    return datetime.datetime.combine(article.dated_on, datetime.time(), datetime.UTC)
