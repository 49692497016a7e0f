"""The newest reports on a record are the same whether the index names them or the database orders all."""

from __future__ import annotations

from itertools import combinations

import pytest

from archive.articles.models import AccessPoint, Article
from archive.authorities import listing
from archive.authorities.models import AuthorityRecord, Kind
from archive.curation.actions import publish, withdraw
from search.browse import newest
from search.browse.company import company
from search.browse.pairs import speaking_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("five")]


@pytest.mark.parametrize("most", [1, 2, 1_000])
def test_the_index_names_the_newest(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(newest, "FEW", 0)
    records = AuthorityRecord.objects.filter(access_points__isnull=False).distinct()
    records |= AuthorityRecord.objects.filter(reports__isnull=False).distinct()
    assert records
    for record in records:
        expected = list(listing.articles(record).values_list("pk", flat=True)[:most])
        assert newest.newest_on(record, company(record, newest=most), most) == expected


def test_what_the_index_has_not_followed_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newest, "FEW", 0)
    record = AccessPoint.objects.order_by("pk")[0].record
    articles = list(Article.objects.published().filter(access_points__record=record))
    before = company(record, newest=10)
    withdraw(articles[0])
    assert articles[0].pk not in newest.newest_on(record, before, 10)
    publish(articles[0])
    assert newest.newest_on(record, before, 10) == list(listing.articles(record).values_list("pk", flat=True)[:10])


def test_the_index_names_the_newest_of_two_countries() -> None:
    countries = AuthorityRecord.objects.filter(kind=Kind.COUNTRY, access_points__isnull=False).distinct().order_by("pk")
    pairs = list(combinations(countries, 2))
    told = []
    for one, other in pairs:
        both = speaking_of(one, other).newest_first()
        expected = list(both.values_list("pk", flat=True)[:2])
        assert newest.newest_of(company(one, other, newest=2), 2, one, other) == expected
        told.append(len(expected))
    assert 2 in told and 0 in told


def test_of_two_countries_what_the_index_has_not_followed_is_seen() -> None:
    one, other = (AuthorityRecord.objects.get(kind=Kind.COUNTRY, slug=slug) for slug in ("az", "qa"))
    before = company(one, other, newest=10)
    article = speaking_of(one, other)[0]
    expected = [found.pk for found in speaking_of(one, other).newest_first()]
    assert newest.newest_of(before, 10, one, other) == expected
    AccessPoint.objects.filter(article=article, record=other).update(state=AccessPoint.State.REJECTED)
    assert newest.newest_of(before, 10, one, other) == [key for key in expected if key != article.pk]
