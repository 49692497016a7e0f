"""Fingerprints: of articles whose traits are read, back to traits, and the few that one is compared with, never all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Count

from archive.articles.models import AccessPoint, Article, Field, Precision
from archive.stories.copies import bands
from archive.stories.evidence import EVENT_DAYS
from archive.stories.models import Band, Fingerprint
from archive.stories.traits import VERSION, NamedRecord, PressReport, Traits, traits

EXACT = {Precision.DAY, Precision.MINUTE}


def read(article: Article) -> Traits:
    """The traits of an article whose access points, records and mentions are at hand."""
    day = article.dated_on if article.date_precision in EXACT else None
    return traits(PressReport(article.language, day, article.title, article.body), _named(article))


def _named(article: Article) -> Iterable[NamedRecord]:
    """The records that no curator rejected, from where they are first mentioned; one without a mention by its link."""
    starts = {Field.KICKER: 0, Field.TITLE: 0, Field.BODY: len(article.title) + 2}
    for point in article.access_points.all():
        if point.state != AccessPoint.State.REJECTED:
            places = [starts[Field(mention.field)] + mention.start for mention in point.mentions.all()]
            start = min(places, default=len(article.title) + 2)
            yield NamedRecord(point.record.kind, point.record.slug, start, max(len(places), 1))


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


COPIES = 50  # compared at most, those with the most buckets in common
EVENTS = 150  # those with the most records in common
ACROSS = 60  # the newest in another language, whether or not a record of theirs is on file


def candidates(held: Fingerprint) -> list[Fingerprint]:
    """The fingerprints that may be tied to this one, a bounded number; four queries."""
    meeting = Band.objects.filter(value__in=bands(bytes(held.signature))).values("fingerprint").annotate(n=Count("pk"))
    copies = meeting.order_by("-n", "-fingerprint").values_list("fingerprint", flat=True)[:COPIES]
    found = {*copies, *_events(held), *_across(held)} - {held.pk}
    return list(Fingerprint.objects.filter(pk__in=found, version=held.version))


def _events(held: Fingerprint) -> list[int]:
    if held.day is None:
        return []
    window = datetime.timedelta(days=EVENT_DAYS)
    records = AccessPoint.objects.filter(article=held.pk).exclude(state=AccessPoint.State.REJECTED).values("record")
    sharing = AccessPoint.objects.exclude(state=AccessPoint.State.REJECTED).filter(
        record__in=records, article__fingerprint__day__range=(held.day - window, held.day + window)
    )
    ranked = sharing.values("article").annotate(n=Count("record")).order_by("-n", "-article")
    return list(ranked.values_list("article", flat=True)[:EVENTS])


def _across(held: Fingerprint) -> list[int]:
    if held.day is None:
        return []
    window = datetime.timedelta(days=EVENT_DAYS)
    near = Fingerprint.objects.filter(day__range=(held.day - window, held.day + window), version=held.version)
    others = near.exclude(article__language=held.traits["language"]).order_by("-pk")
    return list(others.values_list("pk", flat=True)[:ACROSS])
