"""An article as an explanation sees it: its texts, and the places of the records and posts it is linked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archive.articles.models import AccessPoint, Article
from archive.authorities.gazetteer.words import split_words
from archive.authorities.models import Kind
from archive.authorities.recognition.posts import StateSpan
from archive.text.languages import reading_language
from search.documents.posts import find_posts
from search.explain.explanation import Key, Place, Subject


def subject_of(article: Article) -> Subject:
    """The texts and links of an article whose access points and mentions are at hand."""
    texts = {"kicker": article.kicker, "title": article.title, "body": article.body}
    language = reading_language(article.language)
    points = [point for point in article.access_points.all() if point.state != AccessPoint.State.REJECTED]
    links: dict[Key, list[Place]] = {(p.record.kind, p.record.slug): _mentions(p, texts) for p in points}
    if article.source:
        links[str(Kind.SOURCE), article.source.slug] = []
    links["lang", article.language] = []
    for key, place in _posts(texts, points):
        links.setdefault(key, []).append(place)
    day = article.dated_on.toordinal() if article.dated_on else None
    return Subject(texts, language, {key: tuple(places) for key, places in links.items()}, day)


def _mentions(point: AccessPoint, texts: Mapping[str, str]) -> list[Place]:
    return [
        Place(mention.field, mention.start, mention.end, "linked", rule=mention.rule)
        for mention in point.mentions.all()
        if mention.end <= len(texts[mention.field])
    ]


def _posts(texts: Mapping[str, str], points: Iterable[AccessPoint]) -> Iterator[tuple[Key, Place]]:
    """The posts that the texts name, which the index holds without their places."""
    for name, text in texts.items():
        words = split_words(text)
        starts = {word.start: at for at, word in enumerate(words)}
        for post in find_posts(words, list(_states(points, name, starts, [word.end for word in words]))):
            place = Place(name, words[post.first].start, words[post.last - 1].end, "linked")
            yield ("post", post.identifier), place


def _states(
    points: Iterable[AccessPoint], name: str, starts: Mapping[int, int], ends: list[int]
) -> Iterator[StateSpan]:
    """The countries and bodies recognised in one text, by its words; particles before a name belong to its word."""
    for point in points:
        for mention in point.mentions.all():
            first = next((starts[at] for at in range(mention.start, mention.start - 6, -1) if at in starts), None)
            if mention.field == name and first is not None and point.record.kind in {Kind.COUNTRY, Kind.BODY}:
                last = next((at for at in range(first, len(ends)) if ends[at] >= mention.end), first)
                yield StateSpan(first, last + 1, point.record.kind, point.record.slug)
