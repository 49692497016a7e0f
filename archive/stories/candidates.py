"""The few articles that one article is compared with: found by buckets and by records near its day, never all."""

from __future__ import annotations

import datetime

from django.db.models import Count

from archive.articles.models import AccessPoint
from archive.stories.copies import bands
from archive.stories.evidence import EVENT_DAYS
from archive.stories.models import Band, Fingerprint

COPIES = 50  # compared at most, those with the most buckets in common
EVENTS = 150  # those with the most records in common


def candidates(held: Fingerprint) -> list[Fingerprint]:
    """The fingerprints that may be tied to this one, a bounded number; three queries."""
    meeting = Band.objects.filter(value__in=bands(bytes(held.signature))).values("fingerprint").annotate(n=Count("pk"))
    copies = meeting.order_by("-n", "-fingerprint").values_list("fingerprint", flat=True)[:COPIES]
    found = {*copies, *_events(held)} - {held.pk}
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
