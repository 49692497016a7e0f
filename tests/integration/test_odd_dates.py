"""R13: leap days, the ends of calendars, far years and a skewed clock do not upset order, index or links."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from archive.articles.models import Article
from search.indexing import writer as indexing
from search.indexing.comparison import compare
from search.models import IndexChange

pytestmark = pytest.mark.django_db
ODD = {
    "000": datetime.date(1, 1, 1),
    "001": datetime.date(2024, 2, 29),
    "002": datetime.date(9999, 12, 31),
    "003": datetime.date(2021, 3, 20),  # 30 Esfand 1399
    "004": datetime.date(2024, 4, 9),  # 30 Ramadan 1445
}


@pytest.fixture
def odd(five: dict[str, Article], own_index: Path) -> dict[str, Article]:
    for number, day in ODD.items():
        Article.objects.filter(pk=five[number].pk).update(
            dated_on=day, date_certainty="stated", date_precision="day", dated_at=None
        )
    IndexChange.record(article.identifier for article in five.values())
    indexing.apply_all()
    return five


def test_r13_odd_dates_are_ordered_and_shown(odd: dict[str, Article], ramin: Client) -> None:
    wanted = [odd[number].identifier for number in sorted(ODD, key=ODD.__getitem__)]
    answer = ramin.get("/search/", {"sort": "oldest"}).content.decode()
    found = [part.partition('"')[0] for part in answer.split('data-article="')[1:]]
    assert found == wanted
    for article in odd.values():
        for language in ("ar", "fa", "en"):
            assert ramin.get(article.get_absolute_url(), {"ui": language}).status_code == 200
    for address in ("/", "/feeds/rss/", "/feeds/atom/"):
        assert ramin.get(address).status_code == 200


def test_r13_a_change_from_a_clock_that_was_ahead_is_applied_like_any(
    five: dict[str, Article], own_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is read by its order, never by its times."""
    now = timezone.now()
    for years in (10, -10):
        monkeypatch.setattr(timezone, "now", lambda years=years: now + datetime.timedelta(days=365 * years))
        IndexChange.record([five["000"].identifier])
    monkeypatch.undo()
    assert indexing.apply_all() == 2
    assert not compare()
