"""Reports that are published together are in the same stories as if each had been published after the other."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from archive.articles.linking import relink
from archive.articles.models import AccessPoint, Article, Precision
from archive.captures.models import Capture
from archive.stories import fingerprints
from archive.stories.building import renew, settle
from archive.stories.copies import bands
from archive.stories.evidence import mutual, nearest, tie
from archive.stories.fingerprints import COPIES, EVENTS, fingerprint, traits_of
from archive.stories.models import Band, Fingerprint, Link
from archive.stories.traits import VERSION, Traits

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(five: dict[str, Article]) -> list[Article]:
    """Copies of the five on several days, whole and cut, in both languages, some undated, some short."""
    made = []
    for number, (whole, days, share) in enumerate(
        (five[name], days, share) for name in sorted(five) for days, share in ((0, 1.0), (1, 0.9), (9, 0.5), (0, 0.7))
    ):
        digest = f"{number + 100:064x}"
        capture = Capture.objects.create(payload_digest=digest, payload_size=1, media_type="text/plain")
        body = whole.body[: int(len(whole.body) * share)]
        article = Article.objects.create(
            identifier=digest[-12:],
            capture=capture,
            language=whole.language,
            title=f"{whole.title} {number}",
            body=body if number % 7 else body[:40],
            dated_on=whole.dated_on + datetime.timedelta(days=days) if whole.dated_on and number % 9 else None,
            date_precision=Precision.DAY if number % 9 else "",
            status="published",
        )
        relink(article)
        made.append(article)
    return made


def test_reports_renewed_together_are_as_one_by_one(several: list[Article]) -> None:
    for again in (several, several[3:9], several[::-1]):  # new, some anew, all in another order
        together = _kept_after(lambda chosen=again: renew(chosen))
        one_by_one = _kept_after(lambda chosen=again: _renewed_one_by_one(chosen))
        assert together == one_by_one
        assert together["links"] and any(story for *_rest, story in together["fingerprints"])
        renew(again)


def test_what_is_remembered_from_slice_to_slice_changes_no_story(several: list[Article]) -> None:
    """Three at a time, as an intake does; a slice comes to nothing, one is read anew, a report is withdrawn."""
    Fingerprint.objects.all().delete()

    def in_slices() -> None:
        for at in range(0, len(several), 3):
            with suppress(Undone), transaction.atomic():
                renew(several[at : at + 3][::-1])
                raise Undone
            renew(several[at : at + 3])
            if at == 3:
                Article.objects.filter(pk=several[1].pk).update(status="withdrawn")
                renew([several[1]])
            if at == 6:
                AccessPoint.objects.filter(article=several[2]).update(state=AccessPoint.State.REJECTED)
                renew([several[2], several[4]])
                renew(several[5:3:-1])

    def one_by_one() -> None:
        _renewed_one_by_one(several[:6])
        Article.objects.filter(pk=several[1].pk).update(status="withdrawn")
        renew([several[1]])
        _renewed_one_by_one(several[6:9])
        AccessPoint.objects.filter(article=several[2]).update(state=AccessPoint.State.REJECTED)
        _renewed_one_by_one([several[2], several[4]])
        _renewed_one_by_one(several[5:3:-1])
        _renewed_one_by_one(several[9:])

    together = _kept_after(in_slices)
    assert together == _kept_after(one_by_one)
    assert together["links"] and len(together["fingerprints"]) == len(several) - 1


def test_days_are_read_once_while_nothing_else_changes_stories(several: list[Article]) -> None:
    def days_read(articles: list[Article]) -> int:
        with CaptureQueriesContext(connection) as asked:
            renew(articles)
        return sum('"day" IN' in query["sql"] for query in asked.captured_queries)

    some = several[1:4]
    assert days_read(some)
    assert days_read(some) == 0
    Fingerprint.objects.filter(pk=some[0].pk).update(version=0)
    assert days_read(some)


class Undone(Exception):
    """A transaction comes to nothing."""


def test_a_report_that_is_alone_in_its_bands_costs_no_question(
    several: list[Article], django_assert_num_queries: Any
) -> None:
    first, copy = map(fingerprint, (several[1], several[3]))
    Fingerprint.objects.all().delete()
    held = fingerprints.Held(VERSION, [first, copy])
    held.meet(first, traits_of(first))
    with django_assert_num_queries(0):
        assert list(held.copies(first.pk, bytes(first.signature))) == []
    held.meet(copy, traits_of(copy))
    assert first.pk in held.copies(copy.pk, bytes(copy.signature))


def _kept_after(act: Any) -> dict[str, list[Any]]:
    """All that stories are made of after an act, which is undone."""
    with transaction.atomic():
        act()
        kept = {
            "fingerprints": list(
                Fingerprint.objects.order_by("pk").values_list("pk", "version", "day", "traits", "signature", "story")
            ),
            "bands": sorted(Band.objects.values_list("fingerprint", "value")),
            "links": sorted(Link.objects.values_list("one", "other", "kind", "strength", "shared")),
        }
        transaction.set_rollback(True)
    return kept


# The plain way, each report written before the next is looked at: the oracle.


def _renewed_one_by_one(articles: Iterable[Article]) -> None:
    keys = [article.pk for article in articles]
    old = dict(Fingerprint.objects.filter(pk__in=keys).values_list("pk", "story"))
    former = {key: _company(key, story) for key, story in old.items()}
    Fingerprint.objects.filter(pk__in=old).delete()
    for key in keys:
        present = fingerprint(Article.objects.get(pk=key), old.get(key))
        present.save(force_insert=True)
        for value in bands(bytes(present.signature)):
            Band.objects.create(fingerprint=present, value=value)
        if _tied(present) or key in old:
            settle({key, *former.get(key, ())})


def _company(key: int, story: int | None) -> set[int]:
    members = [] if story is None else Fingerprint.objects.filter(story=story).values_list("pk", flat=True)
    ends = Link.objects.filter(one=key).values_list("other"), Link.objects.filter(other=key).values_list("one")
    return {*members, *(end for found in ends for (end,) in found)}


def _tied(present: Fingerprint) -> bool:
    mine = traits_of(present)
    others = _read(_candidates(present.pk, mine))
    found = {key: tied for key, other in others.items() if (tied := tie(mine, other))}
    best = nearest(mine, others)
    if best is not None and best not in found:
        back = _read(_candidates(best, others[best]))
        if nearest(others[best], {**back, present.pk: mine}) == present.pk:
            found[best] = mutual(mine, others[best])
    for key, tied in found.items():
        one, two = sorted((present.pk, key))
        told = {"kind": tied.kind, "strength": tied.strength, "shared": list(tied.shared)}
        Link.objects.get_or_create(one_id=one, other_id=two, defaults=told)
    return bool(found)


def _read(keys: Iterable[int]) -> dict[int, Traits]:
    held = Fingerprint.objects.filter(pk__in=set(keys), version=VERSION).order_by("-day", "-pk")
    dated = sorted(held, key=lambda one: (one.day or datetime.date.min, one.pk), reverse=True)
    return {one.pk: traits_of(one) for one in dated}


def _candidates(key: int, mine: Traits) -> set[int]:
    meeting = Band.objects.filter(value__in=bands(mine.signature)).values("fingerprint").annotate(n=Count("pk"))
    found = set(meeting.order_by("-n", "-fingerprint").values_list("fingerprint", flat=True)[:COPIES])
    if mine.day is not None:
        near = Fingerprint.objects.filter(day__range=(mine.day - _TWO_DAYS, mine.day + _TWO_DAYS))
        points = AccessPoint.objects.exclude(state=AccessPoint.State.REJECTED)
        records = set(points.filter(article=key).values_list("record", flat=True))
        sharing = points.filter(record__in=records, article__in=near.values("pk")).values("article")
        ranked = sharing.annotate(n=Count("pk")).order_by("-n", "-article").values_list("article", flat=True)
        across = near.exclude(article__language=mine.language).filter(version=VERSION).order_by("-pk")
        found.update([*ranked[:EVENTS], *across.values_list("pk", flat=True)[: fingerprints.ACROSS]])
    return found - {key}


_TWO_DAYS = datetime.timedelta(days=2)
