"""The card in an article's row says what its source and access points say, whatever was written last."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from archive.articles.cards import ArticleCard, CardLink, card
from archive.articles.models import AccessPoint, Article
from archive.articles.reading import linked
from archive.authorities.merging import merge, undo
from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.signals import record_changed
from archive.curation.actions import ArticleRevision, edit, publish, withdraw
from tests import CAPTURES

pytestmark = pytest.mark.django_db


def by_models(article: Article) -> ArticleCard:
    """The card as the models tell it."""
    links = [
        CardLink(
            point.record.kind,
            point.record.slug,
            [[one.field, one.start, one.end] for one in point.mentions.all()],
        )
        for point in linked(article)
    ]
    return ArticleCard(article.source.slug if article.source else "", links)


def assert_true() -> None:
    for article in Article.objects.published():
        assert article.card is not None
        assert card(article) == by_models(article)


def official(slug: str) -> AuthorityRecord:
    return AuthorityRecord.objects.get(kind=Kind.OFFICIAL, slug=slug)


def _rejected(article: Article) -> None:
    revision = ArticleRevision(article)
    point = article.access_points.exclude(mentions=None)[0]
    point.state = AccessPoint.State.REJECTED
    point.save()
    revision.finish(None)


def _mention_moved(article: Article) -> None:
    edit(article, {"body": f"سبق. {article.body}"})


def _source_taken_away(article: Article) -> None:
    edit(article, {"source": None})


def _withdrawn_and_published(article: Article) -> None:
    withdraw(article)
    article.access_points.all()[0].delete()
    publish(article)


def _renamed(article: Article) -> None:
    record = article.access_points.all()[0].record
    record.slug = "another-slug"
    record.save()
    record_changed.send(AuthorityRecord, record=record)


def _merged(_article: Article) -> None:
    merge(official("ilham-aliyev"), official("khalaf-khalafov"))


def _merged_and_parted(_article: Article) -> None:
    undo(merge(official("ilham-aliyev"), official("khalaf-khalafov")))


def _taken_in_again(_article: Article) -> None:
    call_command("import_articles", str(CAPTURES), publish=True, stdout=io.StringIO())


WRITES = (
    _rejected, _mention_moved, _source_taken_away, _withdrawn_and_published, _renamed, _merged, _merged_and_parted,
    _taken_in_again,
)  # fmt: skip


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__.strip("_"))
def test_a_card_is_true_after_every_kind_of_write(five: dict[str, Article], write: Callable[[Article], None]) -> None:
    assert_true()
    write(five["003"])
    assert_true()


def test_a_card_follows_what_a_curator_decides_in_the_admin(five: dict[str, Article], layla: Client) -> None:
    article = five["003"]
    point = article.access_points.all()[0]
    url = reverse("admin:articles_article_change", args=[article.pk])
    form = layla.get(url).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: getattr(value, "pk", value) for name, value in data.items() if value is not None}
    data |= {"dated_at_0": "", "dated_at_1": "", "access_points-TOTAL_FORMS": 1, "access_points-INITIAL_FORMS": 1}
    data |= {"access_points-0-id": point.pk, "access_points-0-article": article.pk, "access_points-0-state": "rejected"}
    data |= {"access_points-0-record": point.record_id}
    assert layla.post(url, data).status_code == 302
    point.refresh_from_db()
    assert point.state == AccessPoint.State.REJECTED
    assert_true()


def test_a_command_makes_cards_anew_and_says_how_many_were_not_true(five: dict[str, Article]) -> None:
    Article.objects.filter(pk=five["001"].pk).update(card=None)
    Article.objects.filter(pk=five["002"].pk).update(card=["nobody", []])
    held = Article.objects.get(pk=five["001"].pk)
    assert card(held) == by_models(held), "without a card the access points are read"
    told = io.StringIO()
    call_command("rebuild_cards", missing=True, stdout=told)
    call_command("rebuild_cards", stdout=told)
    assert [line.split()[0] for line in told.getvalue().splitlines()] == ["1", "1"]
    assert_true()
