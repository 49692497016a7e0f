"""What the index takes in of an article is the same read one by one and in batches; its digest tells every change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.articles.models import AccessPoint, Article
from archive.authorities.models import Post
from search.documents.entries import batches, entries, entry_of
from search.search_indexes import ArticleIndex

pytestmark = pytest.mark.django_db


def test_entries_read_in_batches_are_those_of_the_articles(five: dict[str, Article]) -> None:
    one_by_one = [entry_of(article) for article in ArticleIndex().index_queryset()]
    assert [len(entry.mentions) > 3 for entry in one_by_one] == [True] * 5
    assert list(entries(entry.key for entry in one_by_one)) == one_by_one
    assert [len(batch) for batch in batches(one_by_one)] == [5]


def test_an_article_that_is_not_public_is_no_entry(five: dict[str, Article]) -> None:
    Article.objects.filter(pk=five["000"].pk).update(status="withdrawn")
    assert five["000"].identifier not in {entry.identifier for entry in entries(a.pk for a in five.values())}


def reject(article: Article) -> None:
    article.access_points.filter(record__kind="country").update(state=AccessPoint.State.REJECTED)


def move(article: Article) -> None:
    point = article.access_points.filter(record__kind="country").first()
    assert point is not None
    point.mentions.update(start=0, end=3)


def give_post(article: Article) -> None:
    point = article.access_points.filter(record__kind="official").first()
    country = article.access_points.filter(record__kind="country").first()
    assert point is not None and country is not None
    Post.objects.create(record=point.record, role="ambassador", country=country.record, source="-")


def retitle(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(title=f"{article.title} ")


@pytest.mark.parametrize("change", [reject, move, give_post, retitle])
def test_the_digest_changes_with(five: dict[str, Article], change: Callable[[Article], None]) -> None:
    article = five["001"]
    (before,) = entries([article.pk])
    change(article)
    (after,) = entries([article.pk])
    assert before.digest() != after.digest()
