"""Articles as reports whose traits are read, and fingerprints as traits."""

from __future__ import annotations

from collections.abc import Iterable

from archive.articles.models import AccessPoint, Article, Field, Precision
from archive.stories.models import Fingerprint
from archive.stories.traits import VERSION, Named, Report, Traits, traits

EXACT = {Precision.DAY, Precision.MINUTE}


def read(article: Article) -> Traits:
    """The traits of an article whose access points, records and mentions are at hand."""
    day = article.dated_on if article.date_precision in EXACT else None
    return traits(Report(article.language, day, article.title, article.body), _named(article))


def _named(article: Article) -> Iterable[Named]:
    """The records that no curator rejected, from where they are first mentioned; one without a mention by its link."""
    starts = {Field.KICKER: 0, Field.TITLE: 0, Field.BODY: len(article.title) + 2}
    for point in article.access_points.all():
        if point.state != AccessPoint.State.REJECTED:
            places = [starts[Field(mention.field)] + mention.start for mention in point.mentions.all()]
            start = min(places, default=len(article.title) + 2)
            yield Named(point.record.kind, point.record.slug, start, max(len(places), 1))


def fingerprint(article: Article, story: int | None = None) -> Fingerprint:
    """The fingerprint of an article, not saved."""
    found = read(article)
    return Fingerprint(
        article=article,
        version=VERSION,
        day=found.day,
        traits={
            "language": found.language,
            "clues": dict(found.clues),
            "head": sorted(found.head),
            "titled": sorted(found.titled),
        },
        signature=found.signature,
        story=story,
    )


def traits_of(held: Fingerprint) -> Traits:
    """The traits that a fingerprint keeps."""
    kept = held.traits
    return Traits(
        kept["language"],
        held.day,
        kept["clues"],
        frozenset(kept["head"]),
        frozenset(kept["titled"]),
        bytes(held.signature),
    )
