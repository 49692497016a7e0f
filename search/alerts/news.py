"""What is new of the searches that somebody follows, and the letter that is to tell it."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from archive.articles.models import Article
from search.alerts.asking import next_at
from search.alerts.models import Alert, Follower, Letter
from search.answer.service import ask_strictly
from search.models import IndexChange
from search.question.address import read_request

SETTLED: Final = datetime.timedelta(minutes=10)  # what was published before is committed, in whatever transaction
TOLD: Final = 20  # articles of one search in a letter; the others are counted
AT_ONCE: Final = 5_000  # identifiers asked of the engine


def known_until() -> datetime.datetime:
    """Of what was published before this moment, the index has all."""
    oldest = IndexChange.objects.order_by("pk").values_list("recorded_at", flat=True).first()
    return min(timezone.now(), oldest or timezone.now()) - SETTLED


def news(alert: Alert, until: datetime.datetime) -> list[str]:
    """The articles that the search finds and that were published first after `since`, the newest first.

    SearchUnavailable where the index cannot answer.
    """
    published = Article.objects.filter(first_published_at__gt=alert.since, first_published_at__lte=until)
    fresh = set(published.still_published().values_list("identifier", flat=True))
    asked = read_request(QueryDict(alert.query)).sorted_by("newest")
    found: list[str] = []
    beyond = None
    while len(found) < len(fresh):
        answer = ask_strictly(asked, 0, AT_ONCE, beyond).answer
        found += [identifier for identifier, _score in answer.found if identifier in fresh]
        beyond = answer.end
        if len(answer.found) < AT_ONCE:
            break
    return found


def write(follower: Follower) -> Letter | None:
    """Note all that is new for a follower as one letter, and from when on the next one tells; None for no news.

    What is new is looked for outside of the transaction; a search that was ended or looked at meanwhile is left out.
    """
    due = list(follower.alerts.filter(next_at__lte=timezone.now(), confirmed_at__isnull=False))
    until = known_until()
    found = [(alert, news(alert, until)) for alert in due if alert.since and alert.since < until]
    with transaction.atomic():
        told = []
        for alert, articles in found:
            held = Alert.objects.filter(pk=alert.pk, since=alert.since)
            if held.update(since=until, next_at=next_at(alert.rhythm, timezone.now())) and articles:
                told.append([alert.pk, len(articles), articles[:TOLD]])
        return (
            Letter.objects.create(follower=follower, kind=Letter.Kind.NEWS, contents={"news": told}) if told else None
        )
