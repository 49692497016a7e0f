"""`check_archive` proves what is always true of an archive, and tells of each thing that is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from archive.articles.models import Article, Mention
from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.tallies import Tally
from archive.meetings.models import Meeting
from config.soundness import unsound_archive

pytestmark = pytest.mark.django_db


def _officials() -> tuple[AuthorityRecord, AuthorityRecord, AuthorityRecord]:
    one, two, three = AuthorityRecord.objects.filter(kind=Kind.OFFICIAL).order_by("pk")[:3]
    return one, two, three


def merged_twice(article: Article) -> None:
    one, two, three = _officials()
    AuthorityRecord.objects.filter(pk=one.pk).update(merged_into=two)
    AuthorityRecord.objects.filter(pk=two.pk).update(merged_into=three)


def merged_elsewhere(article: Article) -> None:
    country = AuthorityRecord.objects.filter(kind=Kind.COUNTRY).first()
    AuthorityRecord.objects.filter(pk=_officials()[0].pk).update(merged_into=country)


def never_published(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(first_published_at=None)


def withdrawn_on_no_day(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(status="withdrawn", withdrawn_at=None)


def erased_by_half(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(erased_at=timezone.now())


def of_no_words(article: Article) -> None:
    mention = Mention.objects.filter(access_point__article=article)[0]
    Mention.objects.filter(pk=mention.pk).update(end=mention.start)


def meeting_of_nobody(article: Article) -> None:
    Meeting.objects.create(state="confirmed")


def meeting_of_no_day(article: Article) -> None:
    Meeting.objects.create(date_certainty="stated")


def tallied_wrongly(article: Article) -> None:
    Tally.objects.filter(what="status", key=article.status).update(number=F("number") + 1)


def test_the_archive_of_the_five_is_sound(five: dict[str, Article]) -> None:
    assert list(unsound_archive()) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (merged_twice, "merged into one that is merged"),
        (merged_elsewhere, "merged into another kind"),
        (never_published, "public, but never published"),
        (withdrawn_on_no_day, "withdrawn on no day"),
        (erased_by_half, "erased, but not its words"),
        (erased_by_half, "erased, but not its links"),
        (of_no_words, "mention of no words"),
        (meeting_of_nobody, "meeting of one"),
        (meeting_of_no_day, "meeting dated without a day"),
        (tallied_wrongly, "tally"),
    ],
)
def test_what_is_not_so_is_told(five: dict[str, Article], spoil: Callable[[Article], None], told: str) -> None:
    spoil(five["000"])
    assert told in {fault.what for fault in unsound_archive()}


def test_the_command_ends_with_an_error_where_one_check_fails(five: dict[str, Article], own_index: Path) -> None:
    never_published(five["000"])
    err = io.StringIO()
    with pytest.raises(CommandError, match="records"):
        call_command("check_archive", stdout=io.StringIO(), stderr=err)
    assert "public, but never published: " in err.getvalue()
