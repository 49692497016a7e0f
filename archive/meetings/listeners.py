"""The listeners: an article that changed is to be read again; of an erased one nothing stays."""

from __future__ import annotations

from collections.abc import Sequence

from django.dispatch import receiver

from archive.articles.models import Article
from archive.articles.signals import erased, rested_on, visibility_changed
from archive.meetings.held import revision
from archive.meetings.models import Meeting, MeetingReading, MeetingReport
from archive.pages.revalidation import depends_on

depends_on(revision)


@receiver(visibility_changed)
def read_again(articles: Sequence[Article], **_kwargs: object) -> None:
    MeetingReading.objects.filter(article__in=[article.pk for article in articles]).delete()


@receiver(rested_on)
def is_of_a_decided_meeting(article: Article, **_kwargs: object) -> bool:
    of_meetings = MeetingReport.objects.filter(article=article)
    return of_meetings.exclude(meeting__state=Meeting.State.PROPOSED).exists()


@receiver(erased)
def forget(article: Article, **_kwargs: object) -> None:
    """What it proposed goes with it; a meeting that a curator confirmed rests on other reports, or is told no more."""
    MeetingReport.objects.filter(article=article).delete()
    Meeting.objects.filter(state=Meeting.State.PROPOSED, reports=None, events=None).delete()
