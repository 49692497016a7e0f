"""Which articles share a story, read once and then by what changed: always what the database has."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from archive.articles.models import Article
from archive.pages.asked_once import one_page
from archive.stories.held import story_numbers
from archive.stories.models import Fingerprint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("five")]


def numbers_now() -> dict[str, int]:
    with one_page():
        public = set(Article.objects.published().values_list("identifier", flat=True))
        return {identifier: story for identifier, story in story_numbers().items() if identifier in public}


def told_at(moment: datetime.datetime, keys: list[int], story: int | None) -> None:
    Fingerprint.objects.filter(pk__in=keys).update(story=story, changed_at=moment)


def test_a_story_that_grows_and_falls_apart_is_followed() -> None:
    one, two, three = Article.objects.published().order_by("pk")[:3]
    now = timezone.now()
    told_at(now, [one.pk, two.pk], one.pk)
    assert numbers_now() == {one.identifier: one.pk, two.identifier: one.pk}
    told_at(now + datetime.timedelta(seconds=1), [three.pk], one.pk)
    assert numbers_now() == dict.fromkeys((one.identifier, two.identifier, three.identifier), one.pk)
    told_at(now + datetime.timedelta(minutes=2), [one.pk, two.pk, three.pk], None)
    assert numbers_now() == {}


def test_a_machine_whose_clock_is_behind_is_followed() -> None:
    one, two = Article.objects.published().order_by("pk")[:2]
    now = timezone.now()
    told_at(now, [one.pk], one.pk)
    assert numbers_now() == {one.identifier: one.pk}
    told_at(now - datetime.timedelta(seconds=10), [two.pk], one.pk)
    assert numbers_now() == {one.identifier: one.pk, two.identifier: one.pk}


def test_an_earlier_state_of_the_archive_is_read_whole() -> None:
    one, two = Article.objects.published().order_by("pk")[:2]
    now = timezone.now()
    told_at(now, [one.pk, two.pk], one.pk)
    assert len(numbers_now()) == 2
    everything = list(Fingerprint.objects.values_list("pk", flat=True))
    told_at(now - datetime.timedelta(days=30), everything, None)
    told_at(now - datetime.timedelta(days=30), [two.pk], two.pk)
    assert numbers_now() == {two.identifier: two.pk}
