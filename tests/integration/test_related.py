"""Related reports are those of a plain account of the whole archive, whatever was written last and however."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from archive.articles.models import AccessPoint, Article
from archive.curation.actions import publish, withdraw
from archive.stories import related
from archive.stories.decisions import join, part
from archive.stories.models import Fingerprint
from benchmarks.growth import counted, enlarge
from tests.integration.test_tallies import WRITES

pytestmark = pytest.mark.django_db


def records(article: Article) -> dict[int, int]:
    """What the records of an article weigh that no curator rejected."""
    points = article.access_points.exclude(state=AccessPoint.State.REJECTED).select_related("record")
    return {one.record_id: related.WEIGHTS[one.record.kind] for one in points if one.record.kind in related.WEIGHTS}


def by_account(article: Article) -> list[str]:
    """The same by a look at every article."""
    mine, story = records(article), dict(Fingerprint.objects.values_list("pk", "story"))
    public = list(Article.objects.published())
    naming = {one.pk: records(one) for one in public}
    telling = {key for key in mine if sum(key in held for held in naming.values()) <= related.TELLING}
    others = [one for one in public if one.pk != article.pk]
    others = [one for one in others if story.get(one.pk) is None or story[one.pk] != story.get(article.pk)]
    worth = {one.pk: sum(mine[key] for key in naming[one.pk] if key in mine) for one in others}

    def best(among: list[Article]) -> set[Article]:
        worthy = [one for one in among if worth[one.pk] >= related.LEAST]
        return set(sorted(worthy, key=lambda one: (-worth[one.pk], -one.pk))[: related.CONSIDERED])

    found = best([one for one in others if telling & naming[one.pk].keys()])
    if article.dated_on:
        near = set(nearest(public, article.dated_on))
        found |= best([one for one in others if one.pk in near])

    def rank(one: Article) -> tuple[int, int, int]:
        distance = related._distance(article, one)
        return worth[one.pk] + 4 - distance, -distance, one.pk

    return [one.identifier for one in sorted(found, key=rank, reverse=True)[: related.SHOWN]]


def nearest(public: list[Article], day: datetime.date) -> list[int]:
    dated = sorted((one.dated_on, one.pk) for one in public if one.dated_on)
    within = [(one, key) for one, key in dated if abs((one - day).days) <= related.NEAR.days]
    after = [key for one, key in within if one >= day][: related.NEAREST]
    before = [key for one, key in reversed(within) if one <= day][: related.NEAREST]
    return after + before


def assert_true(of: list[Article]) -> int:
    """How many related reports they have in all."""
    found = 0
    for article in of:
        held = Article.objects.described().get(pk=article.pk)
        told = [one.article.identifier for one in related.related(held, "en")]
        assert told == by_account(held), article.identifier
        found += len(told)
    return found


def _joined(article: Article) -> None:
    other = Article.objects.published().exclude(pk=article.pk).order_by("pk")[0]
    join([article.pk, other.pk])
    assert_true([article, other])
    part([article.pk])


def _month_alone_is_known(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(date_precision="month")


def _year_alone_is_known(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(date_precision="year")


def _first_day_of_the_calendar(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(dated_on=datetime.date.min)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds are so low that an archive of some dozens of articles goes beyond each."""
    for name, value in {"CONSIDERED": 4, "TELLING": 12, "NEAREST": 6}.items():
        monkeypatch.setattr(related, name, value)


MORE: list[Callable[[Article], None]] = [
    _joined,
    _month_alone_is_known,
    _year_alone_is_known,
    _first_day_of_the_calendar,
]


@pytest.mark.parametrize("write", [*WRITES, *MORE], ids=lambda one: one.__name__)
def test_related_reports_are_true_after_every_way_of_writing(
    five: dict[str, Article], narrow: None, write: Callable[[Article], None]
) -> None:
    enlarge(8, shift=9)
    article = Article.objects.get(pk=five["001"].pk)
    neighbours = list(Article.objects.published().exclude(pk=article.pk).order_by("pk")[:9])
    assert assert_true([article, *neighbours[:4]]) > 10
    write(article)
    assert_true([one for one in [article, *neighbours] if Article.objects.published().filter(pk=one.pk)])


def test_a_neighbour_that_is_withdrawn_is_gone_at_once_and_comes_back(five: dict[str, Article]) -> None:
    shown = related.related(Article.objects.described().get(pk=five["002"].pk), "en")[0].article
    withdraw(shown)
    again = related.related(Article.objects.described().get(pk=five["002"].pk), "en")
    assert shown.identifier not in {one.article.identifier for one in again}
    publish(shown)
    assert related.related(Article.objects.described().get(pk=five["002"].pk), "en")[0].article == shown


def test_their_work_is_bounded(five: dict[str, Article], narrow: None) -> None:
    """Of an archive four times as large no more is read."""
    article = Article.objects.get(pk=five["001"].pk)
    steps = []
    for times in (10, 4):
        enlarge(times, shift=30 * times)
        held = Article.objects.described().get(pk=article.pk)
        list(held.access_points.all())
        with counted() as work:
            related.related(held, "en")
        steps.append(work.steps)
    assert steps[1] < 1.3 * steps[0]
