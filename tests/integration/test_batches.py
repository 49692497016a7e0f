"""An archive filled in batches is the archive filled one by one, field by field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from archive.articles.models import AccessPoint, Article, Mention
from archive.captures.models import Capture
from archive.curation.actions import publish, publish_all, withdraw, withdraw_all
from archive.curation.models import CurationEvent
from archive.intake import working
from archive.intake.models import Accession, AccessionItem
from archive.intake.working import begin, work_on
from archive.stories.building import rebuild
from archive.stories.models import Band, Decision, Fingerprint, Link
from search.models import IndexChange
from tests.unit.archive.intake.wholes import RECORDS, json_lines, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captures_folder")]
TIMES = (
    "created_at",
    "updated_at",
    "first_published_at",
    "withdrawn_at",
    "changed_at",
    "at",
    "received_at",
    "recorded_at",
)
HELD = (Article, AccessPoint, Mention, CurationEvent, Capture, AccessionItem, Fingerprint, Band, Link, IndexChange)

# Copies of one text, the same event on another day and in another language, one of another month, next to no text,
# nothing at all, and bytes that come twice.
DAYS = {"a": "2020-10-21", "b": "2020-10-22", "c": "2021-03-01"}
MANY: list[dict[str, Any]] = [
    record | {"id": f"{name}-{number}", "date": day, "title": f"{record['title']} ({name})", "body": body}
    for name, day in DAYS.items()
    for number, record in enumerate(RECORDS)
    for body in (record["body"], record["body"].partition("\n\n")[2])
]
MANY += [
    {"title": "بيان", "body": "لم يصدر بيان"},
    {"title": "", "body": ""},
    {"title": "Zürich", "body": "Grüezi. " * 40},
]
MANY += MANY[3:7] + MANY[-2:]


def held() -> dict[str, list[str]]:
    """Everything that the archive holds, with names instead of keys."""
    names = {article.pk: article.identifier for article in Article.objects.all()}
    return {model.__name__: sorted(str(_row(one, names)) for one in model._default_manager.all()) for model in HELD}


def _row(one: Model, names: dict[int, str]) -> dict[str, Any]:
    row = {}
    for field in one._meta.concrete_fields:
        value = getattr(one, field.attname)
        if field.name in TIMES:
            value = value is not None
        elif field.attname in ("article_id", "fingerprint_id", "one_id", "other_id", "story"):
            value = names.get(value, value)
        elif field.attname in ("capture_id", "access_point_id"):
            value = str(getattr(one, field.name))
        elif field.attname == "accession_id" or (field.primary_key and field.name == "id"):
            continue
        row[field.name] = value
    return row


def filled(path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> dict[str, list[str]]:
    monkeypatch.setattr(working, "SLICE_ITEMS", at_once)
    monkeypatch.setattr(working, "SLICE_SECONDS", 1000.0)
    Accession.objects.all().delete()
    Article.objects.all().delete()
    Capture.objects.all().delete()
    IndexChange.objects.all().delete()
    accession = begin([str(path)], Accession.Way.COMMAND, publish=True)
    while work_on(accession, 0):
        pass
    return held()


def test_batches_give_what_one_by_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, "many.jsonl", json_lines(MANY))
    one_by_one = filled(path, monkeypatch, 1)
    assert len(one_by_one["Article"]) == 30
    assert Link.objects.filter(kind="copy").exists()
    assert len(set(Fingerprint.objects.exclude(story=None).values_list("story", flat=True))) > 3
    for at_once in (7, 64):
        assert filled(path, monkeypatch, at_once) == one_by_one


def test_drafts_published_together_are_what_they_are_published_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(saved(tmp_path, "many.jsonl", json_lines(MANY)), monkeypatch, 64)
    articles = list(Article.objects.order_by("pk"))
    one, other = articles[0], articles[8]
    Decision.objects.create(one=one, other=other, together=True)
    Decision.objects.create(one=articles[1], other=articles[2], together=False)
    assert sum(map(withdraw, articles)) == len(articles)
    assert sum(map(publish, articles)) == len(articles)
    one_by_one = held()
    assert withdraw_all(articles) == len(articles)
    assert withdraw_all(articles) == 0
    assert not Fingerprint.objects.exists()
    assert not Link.objects.exists()
    assert publish_all(articles) == len(articles)
    together = held()
    for name in ("Article", "Fingerprint", "Band", "Link"):
        assert together[name] == one_by_one[name]
    rebuild()
    assert held()["Link"] == together["Link"]


@pytest.mark.sqlite_alone
def test_a_publication_asks_nothing_that_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No table is read from end to end, and no record's articles are gone through: a country has thousands."""
    filled(saved(tmp_path, "many.jsonl", json_lines(MANY)), monkeypatch, 64)
    article = Article.objects.get(title=f"{RECORDS[0]['title']} (a)", body=RECORDS[0]["body"])
    withdraw(article)
    with CaptureQueriesContext(connection) as asked:
        assert publish(article)
    for query in asked:
        if query["sql"].startswith(("SELECT", "UPDATE", "DELETE")):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                steps = [step[3] for step in cursor.fetchall()]
            for step in steps:
                of_few = step.split()[:2] == ["SCAN", "webhooks_webhook"]
                assert of_few or not step.startswith("SCAN "), query
                assert "(record_id=?)" not in step, query
