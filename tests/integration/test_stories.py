"""One story in the list of results: folded, unfolded, switched off, joined and parted by a curator."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.articles.linking import relink
from archive.articles.models import Article
from archive.captures.models import Capture
from archive.curation.actions import publish, withdraw
from archive.stories import building
from archive.stories.decisions import join, part
from archive.stories.models import Decision, Fingerprint
from search.indexing.writer import apply_all
from tests.conftest import ADMIN

pytestmark = pytest.mark.django_db
Shelf = Callable[..., Article]


@pytest.fixture
def copied(five: dict[str, Article], own_index: object) -> Shelf:
    """Publishes a copy of one of the five under another title, as another outlet prints it."""

    def copy(number: str, title: str, *, days: int = 0) -> Article:
        whole = five[number]
        digest = f"{Capture.objects.count():064x}"
        capture = Capture.objects.create(payload_digest=digest, payload_size=1, media_type="text/plain")
        article = Article.objects.create(
            identifier=digest[-12:],
            capture=capture,
            language=whole.language,
            title=title,
            body=whole.body.rpartition("\n\n")[0],
            dated_on=whole.dated_on + datetime.timedelta(days=days) if whole.dated_on else None,
            date_precision=whole.date_precision,
        )
        relink(article)
        publish(article)
        apply_all()
        return article

    return copy


def story_of(article: Article) -> int | None:
    return Fingerprint.objects.get(pk=article.pk).story


def listed(page: str) -> list[str]:
    return re.findall(r'<li data-article="(\w+)"', page)


def test_a_copy_joins_the_story_when_it_is_published(five: dict[str, Article], copied: Shelf) -> None:
    copy = copied("001", "مشاورات أذربيجان ولاتفيا")
    assert story_of(copy) == story_of(five["001"]) == min(copy.pk, five["001"].pk)
    assert story_of(five["000"]) is None


def test_a_withdrawn_copy_leaves_its_story(five: dict[str, Article], copied: Shelf) -> None:
    copy = copied("001", "مشاورات أذربيجان ولاتفيا")
    withdraw(copy)
    assert story_of(five["001"]) is None
    assert not Fingerprint.objects.filter(pk=copy.pk).exists()


def test_the_list_shows_a_story_once_and_the_total_counts_articles(
    five: dict[str, Article], copied: Shelf, ramin: Client
) -> None:
    copy = copied("001", "مشاورات أذربيجان ولاتفيا", days=1)
    page = ramin.get("/search/").content.decode()
    assert 'data-total="6"' in page
    assert five["001"].identifier in listed(page)  # the earlier one stands for both
    assert copy.identifier not in listed(page)
    assert f'data-folded="{copy.identifier}"' in page
    assert "1 more report of this story" in page


def test_the_fold_is_switched_off_by_the_address(five: dict[str, Article], copied: Shelf, ramin: Client) -> None:
    copy = copied("001", "مشاورات أذربيجان ولاتفيا")
    page = ramin.get("/search/?fold=0").content.decode()
    assert {copy.identifier, five["001"].identifier} <= set(listed(page))
    assert "data-folded" not in page
    assert 'href="/search/"' in page  # the way back


def test_pages_are_filled_with_entries(
    five: dict[str, Article], copied: Shelf, ramin: Client, settings: object
) -> None:
    for number in range(3):
        copied("001", f"نسخة {number}")
    settings.SEARCH_PAGE_SIZE = 2  # type: ignore[attr-defined]
    pages = [listed(ramin.get(f"/search/?page={number}").content.decode()) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({one for page in pages for one in page}) == 5
    assert 'page=4"' not in ramin.get("/search/").content.decode()


def test_feeds_and_exports_are_not_folded(copied: Shelf, ramin: Client) -> None:
    copied("001", "مشاورات أذربيجان ولاتفيا")
    assert ramin.get("/feeds/atom/").content.decode().count("</entry>") == 6
    exported = b"".join(ramin.get("/search/export/?format=jsonl")).decode()
    assert len(exported.strip().splitlines()) == 6


def test_a_fold_costs_no_query_per_report(copied: Shelf, ramin: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            ramin.get("/search/")
        return len(counted)

    copied("001", "نسخة 1")
    ramin.get("/search/")
    one = queries()
    copied("001", "نسخة 2")
    copied("000", "نسخة 3")
    ramin.get("/search/")
    assert queries() == one


def test_a_parted_copy_stays_apart_whatever_is_computed(five: dict[str, Article], copied: Shelf) -> None:
    copy = copied("001", "مشاورات أذربيجان ولاتفيا")
    part([copy.pk])
    assert story_of(copy) is None
    building.rebuild()
    assert story_of(copy) is None
    join([copy.pk, five["001"].pk])
    assert story_of(copy) == story_of(five["001"]) is not None


def test_a_joined_report_stays_joined_whatever_is_computed(five: dict[str, Article]) -> None:
    join([five["001"].pk, five["003"].pk])
    building.rebuild()
    assert story_of(five["001"]) == story_of(five["003"]) is not None


def test_rebuilding_finds_the_same_stories(copied: Shelf) -> None:
    copied("001", "نسخة 1")
    copied("000", "نسخة 2")
    before = dict(Fingerprint.objects.values_list("pk", "story"))
    Fingerprint.objects.all().delete()
    building.rebuild(missing=True)
    assert dict(Fingerprint.objects.values_list("pk", "story")) == before


def test_a_curator_joins_and_takes_back_in_the_admin(five: dict[str, Article], layla: Client) -> None:
    chosen = [five["001"].pk, five["003"].pk]
    told = layla.post(
        f"{ADMIN}stories/fingerprint/", {"action": "join_selected", "_selected_action": chosen}, follow=True
    )
    assert "2 reports are one story." in told.content.decode()
    decision = Decision.objects.get()
    assert decision.by is not None
    layla.post(f"{ADMIN}stories/decision/", {"action": "take_back_selected", "_selected_action": [decision.pk]})
    assert story_of(five["001"]) is None
    assert layla.get(f"{ADMIN}stories/fingerprint/{five['001'].pk}/change/").status_code == 200
