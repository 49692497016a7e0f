"""A stored number says whether names or stories changed, however they were written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from archive.articles.models import Article
from archive.authorities import directory
from archive.authorities.models import AuthorityRecord, Kind, Name
from archive.authorities.revisions import revisions, unwatch, watch_authorities
from archive.stories import held
from archive.stories.building import renew
from archive.stories.models import Fingerprint

pytestmark = pytest.mark.django_db


def _saved() -> None:
    AuthorityRecord.objects.all()[0].save()


def _renamed_in_bulk() -> None:
    Name.objects.filter(pk=Name.objects.all()[0].pk).update(text="another")


def _added_in_bulk() -> None:
    AuthorityRecord.objects.bulk_create([AuthorityRecord(kind=Kind.BODY, slug="new-body")], ignore_conflicts=True)


def _deleted() -> None:
    Name.objects.filter(pk=Name.objects.all()[0].pk).delete()


@pytest.mark.parametrize("write", [_saved, _renamed_in_bulk, _added_in_bulk, _deleted], ids=lambda one: one.__name__)
def test_every_way_of_writing_names_changes_their_revision(write: Callable[[], None]) -> None:
    before, stories = directory.revision(), held.revision()
    write()
    assert directory.revision() != before and held.revision() == stories


def test_a_story_that_changes_changes_the_revision_of_stories(five: dict[str, Article]) -> None:
    before, names = held.revision(), directory.revision()
    Fingerprint.objects.update(story=1)
    between = held.revision()
    assert between != before
    renew([five["001"]])
    assert held.revision() != between and directory.revision() == names


def test_reading_both_is_one_question(django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert set(revisions()) == {"authorities", "stories"}


def test_triggers_can_be_taken_away_and_laid_again() -> None:
    unwatch(connection)
    before = directory.revision()
    _saved()
    assert directory.revision() == before
    watch_authorities()
    _saved()
    assert directory.revision() != before
