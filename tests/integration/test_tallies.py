"""What is tallied is what there is, whatever was written last and however."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.models import Max, Q

from archive.articles import tallying
from archive.articles.models import AccessPoint, Article
from archive.authorities.merging import merge, undo
from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.tallies import Tally, tallied
from archive.captures.models import Capture, FixityEvent
from archive.curation.actions import edit, publish, withdraw
from archive.curation.erasing import erase

pytestmark = pytest.mark.django_db


def there_is() -> dict[str, dict[str, int]]:
    """The same numbers, counted."""
    public = Article.objects.published().order_by()
    points = AccessPoint.objects.filter(article__status="published").exclude(state=AccessPoint.State.REJECTED)
    outlets = list(public.filter(source__isnull=False).values_list("source", "language"))
    return {
        "status": Counter(Article.objects.order_by().values_list("status", flat=True)),
        "day": Counter(day.isoformat() if day else "" for day in public.values_list("dated_on", flat=True)),
        "source": Counter(str(source) for source, _language in outlets),
        "language": Counter(f"{source}:{language}" for source, language in outlets),
        "record": Counter(map(str, points.order_by().values_list("record", flat=True))),
        "block": Counter(str(key // tallying.BLOCK) for key in public.values_list("pk", flat=True)),
    }


def assert_true() -> None:
    for what, counted in there_is().items():
        assert tallied(what) == counted, what
    assert_checks_are_true()
    known = Article.objects.filter(Q(status="published") | Q(first_published_at__isnull=False))
    last = known.filter(pk__lt=tallying.BLOCK).aggregate(last=Max("updated_at"))["last"]
    assert Tally.objects.get(what="block", key="0").last == last


def assert_checks_are_true() -> None:
    captures = Capture.objects.filter(erased_at=None).prefetch_related("fixity_events")  # the last check first
    last = [next((event.outcome for event in capture.fixity_events.all()), "") for capture in captures]
    assert tallied("fixity") == Counter(last)
    assert [row for row in tallying.untrue() if row[0] == "fixity"] == []


def official(slug: str) -> AuthorityRecord:
    return AuthorityRecord.objects.get(kind=Kind.OFFICIAL, slug=slug)


def _withdrawn(article: Article) -> None:
    withdraw(article)


def _published_again(article: Article) -> None:
    withdraw(article)
    assert_true()
    publish(article)


def _dated_otherwise(article: Article) -> None:
    edit(article, {"title": "عنوان آخر"})
    Article.objects.filter(pk=article.pk).update(dated_on=datetime.date(1999, 1, 31))


def _undated(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(dated_on=None)


def _of_another_source(article: Article) -> None:
    edit(article, {"source": AuthorityRecord.objects.create(kind=Kind.SOURCE, slug="another")})


def _of_no_source(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(source=None, language="und")


def _point_rejected(article: Article) -> None:
    article.access_points.filter(pk=article.access_points.all()[0].pk).update(state=AccessPoint.State.REJECTED)


def _points_deleted(article: Article) -> None:
    article.access_points.all().delete()


def _points_added_in_bulk(article: Article) -> None:
    record = AuthorityRecord.objects.create(kind=Kind.BODY, slug="new-body")
    points = [AccessPoint(article=article, record=record) for _twice in range(2)]
    AccessPoint.objects.bulk_create(points[:1], ignore_conflicts=True)
    AccessPoint.objects.bulk_create(points, ignore_conflicts=True)


def _point_of_a_draft(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(status="draft")
    article.access_points.all()[0].delete()


def _point_moved(article: Article) -> None:
    other = Article.objects.published().exclude(pk=article.pk)[0]
    other.access_points.all().delete()
    article.access_points.update(article=other)


def _records_merged(_article: Article) -> None:
    merge(official("ilham-aliyev"), official("khalaf-khalafov"))


def _merge_undone(_article: Article) -> None:
    done = merge(official("ilham-aliyev"), official("khalaf-khalafov"))
    assert_true()
    undo(done)


def _erased(article: Article) -> None:
    withdraw(article)
    erase(article, note="asked for")


def _deleted_with_all(article: Article) -> None:
    article.delete()


NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


def _checks(article: Article, *found: tuple[str, int]) -> list[FixityEvent]:
    """Checks of the capture of an article: what each found, and at what hour after noon."""
    hours = [(outcome, NOON + datetime.timedelta(hours=hour)) for outcome, hour in found]
    return [
        FixityEvent(capture=article.capture, outcome=outcome, first_at=at, at=at, agent="a test")
        for outcome, at in hours
    ]


def _checked(article: Article) -> None:
    _checks(article, ("damaged", 3))[0].save()
    assert_checks_are_true()
    _checks(article, ("missing", 2))[0].save()  # told later, found earlier
    assert tallied("fixity")["damaged"] == 1 and "missing" not in tallied("fixity")


def _checked_several_times_in_one_statement(article: Article) -> None:
    FixityEvent.objects.bulk_create(_checks(article, ("intact", 1), ("missing", 4), ("damaged", 4), ("intact", 2)))
    assert tallied("fixity")["damaged"] == 1  # of two at one time the one written last


def _checks_moved_in_one_statement(article: Article) -> None:
    FixityEvent.objects.bulk_create(_checks(article, ("damaged", 1), ("missing", 4)))
    FixityEvent.objects.update(at=NOON + datetime.timedelta(days=1))
    assert_checks_are_true()
    FixityEvent.objects.filter(outcome="damaged").update(at=NOON + datetime.timedelta(days=2), outcome="intact")


def _checks_deleted_in_one_statement(article: Article) -> None:
    FixityEvent.objects.bulk_create(_checks(article, ("intact", 1), ("damaged", 4), ("missing", 3)))
    FixityEvent.objects.filter(outcome="damaged").delete()
    assert tallied("fixity")["missing"] == 1
    FixityEvent.objects.all().delete()


def _checks_of_another_capture(article: Article) -> None:
    FixityEvent.objects.bulk_create(_checks(article, ("missing", 4), ("damaged", 3)))
    other = Capture.objects.exclude(pk=article.capture_id)[0]
    FixityEvent.objects.filter(outcome="missing").update(capture=other)


def _capture_erased(article: Article) -> None:
    FixityEvent.objects.bulk_create(_checks(article, ("missing", 4)))
    Capture.objects.filter(pk=article.capture_id).update(erased_at=NOON)
    FixityEvent.objects.bulk_create(_checks(article, ("damaged", 5)))
    assert_checks_are_true()
    Capture.objects.filter(pk=article.capture_id).update(erased_at=None)


def _capture_deleted(article: Article) -> None:
    FixityEvent.objects.bulk_create(_checks(article, ("missing", 4), ("damaged", 5)))
    capture = article.capture
    article.delete()
    capture.delete()


WRITES: list[Callable[[Article], None]] = [
    _withdrawn,
    _published_again,
    _dated_otherwise,
    _undated,
    _of_another_source,
    _of_no_source,
    _point_rejected,
    _points_deleted,
    _points_added_in_bulk,
    _point_of_a_draft,
    _point_moved,
    _records_merged,
    _merge_undone,
    _erased,
    _deleted_with_all,
    _checked,
    _checked_several_times_in_one_statement,
    _checks_moved_in_one_statement,
    _checks_deleted_in_one_statement,
    _checks_of_another_capture,
    _capture_erased,
    _capture_deleted,
]


def test_the_last_check_is_told_with_the_numbers(five: dict[str, Article]) -> None:
    FixityEvent.objects.bulk_create(_checks(five["001"], ("damaged", 4)) + _checks(five["002"], ("missing", 3)))
    held = tallying.by_fixity()
    assert (held.damaged, held.missing, held.unchecked + held.intact) == (1, 1, len(five) - 2)
    assert held.last_at == NOON + datetime.timedelta(hours=4)


@pytest.mark.parametrize("write", WRITES, ids=lambda one: one.__name__)
def test_tallies_are_true_after_every_way_of_writing(
    five: dict[str, Article], write: Callable[[Article], None]
) -> None:
    assert_true()
    write(Article.objects.get(pk=five["001"].pk))
    assert_true()


def test_a_write_that_is_rolled_back_is_not_tallied(five: dict[str, Article]) -> None:
    before = there_is()
    with transaction.atomic():
        withdraw(five["001"])
        assert there_is() != before
        transaction.set_rollback(True)
    assert there_is() == before
    assert_true()


def test_tables_that_a_migration_makes_anew_are_tallied_anew(five: dict[str, Article]) -> None:
    """Without triggers numbers stay behind; they are taken anew when these are laid."""
    tallying.take_away([object()])
    Article.objects.filter(pk=five["001"].pk).update(dated_on=datetime.date(1999, 1, 31))
    assert "1999-01-31" not in tallied("day")
    tallying.lay()
    assert_true()
    Article.objects.filter(pk=five["001"].pk).update(dated_on=None)
    assert_true()


def test_what_is_laid_is_not_laid_again(five: dict[str, Article]) -> None:
    Tally.objects.filter(what="day").update(number=77)
    tallying.take_away([])  # no migration is to come
    tallying.lay()
    assert set(tallied("day").values()) == {77}
