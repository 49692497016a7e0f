"""The status page: what is wrong, with what to do; how articles, index, work and captures stand."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.articles.models import Article, Status
from archive.captures.models import Capture, FixityEvent
from archive.work.models import Job
from archive.work.queue import begin
from config import slow
from search.models import IndexChange
from tests.unit.config.test_backup_folder import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_state(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def page(client: Client) -> str:
    told: str = client.get(reverse("admin-status")).content.decode()
    return told


def test_articles_are_counted_by_state(five: dict[str, Article], layla: Client) -> None:
    Article.objects.filter(pk=five["000"].pk).update(status=Status.DRAFT)
    told = layla.get(reverse("admin-status")).context["states"]
    assert {code: number for code, _label, number in told} == {"draft": 1, "published": 4, "withdrawn": 0}


def test_an_index_that_is_behind_says_by_how_much_and_what_to_do(
    five: dict[str, Article], own_index: object, layla: Client
) -> None:
    assert "behind the database" not in page(layla)
    IndexChange.record([article.identifier for article in five.values()])
    told = page(layla)
    assert "behind the database; changes that wait: 5," in told and "check_index --repair" in told


def test_a_damaged_capture_leads_to_itself_and_to_the_backup(five: dict[str, Article], layla: Client) -> None:
    capture = Capture.objects.earliest("pk")
    now = timezone.now()
    FixityEvent.objects.create(capture=capture, outcome="damaged", first_at=now, at=now, agent="a test")
    told = page(layla)
    assert "not as they were received: 1" in told and "outcome__exact=damaged" in told and "from a backup" in told


def test_a_backup_that_is_not_made_any_more_is_told(settings: Any, tmp_path: Path, layla: Client) -> None:
    assert "no backup" not in page(layla)
    settings.BACKUPS_DIR = tmp_path / "backups"
    assert "no backup of the last two days in " in page(layla)
    made(tmp_path, timezone.now()).rename(tmp_path / "backups")  # no time in its name: no backup of the folder
    assert "no backup of the last two days in " in page(layla)
    made(tmp_path / "backups", timezone.now())
    assert "no backup of the last two days in " not in page(layla)


def test_work_that_failed_and_work_that_nobody_does_are_told(five: dict[str, Article], layla: Client) -> None:
    failed = begin("publish", {"articles": []}, total=1)
    late = begin("publish", {"articles": []}, total=1)
    Job.objects.filter(pk=failed.pk).update(state=Job.State.FAILED, error="no room")
    Job.objects.filter(pk=late.pk).update(asked_at=timezone.now() - datetime.timedelta(hours=1))
    told = page(layla)
    assert "in the background failed: 1" in told and "no worker does it" in told


def test_a_slow_question_is_told_without_who_asked(
    five: dict[str, Article], own_index: object, layla: Client, ramin: Client, settings: Any
) -> None:
    settings.SLOW_MS = 3_600_000
    ramin.get("/search/?q=خلفوف")
    assert not slow.slow_questions()
    settings.SLOW_MS = 0
    ramin.get("/search/?q=خلفوف")
    ramin.get("/shelf/")
    assert [one.address.partition("?")[0] for one in slow.slow_questions()] == ["/search/"]
    assert "Questions took long since yesterday: 1" in page(layla)


def test_only_the_last_slow_questions_are_kept(settings: Any) -> None:
    for number in range(1000):
        slow.note(slow.SlowQuestion(float(number), 1.5, f"/search/?q={'x' * 200}{number}"))
    held = slow.slow_questions()
    assert len(held) == slow.KEPT and held[0].at == 999.0
    assert (Path(settings.VAR_DIR) / "slow.jsonl").stat().st_size < 120_000


def test_a_line_that_a_full_disk_has_cut_is_left_out(settings: Any) -> None:
    slow.note(slow.SlowQuestion(1.0, 2.0, "/search/"))
    with (Path(settings.VAR_DIR) / "slow.jsonl").open("ab") as file:
        file.write(b'{"at": 3')
    assert [one.at for one in slow.slow_questions()] == [1.0]


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_versions_and_last_intakes_are_told_in_every_language(
    five: dict[str, Article], layla: Client, language: str
) -> None:
    answer = layla.get(reverse("admin-status"), {"ui": language})
    assert dict(answer.context["versions"])["django"] and answer.status_code == 200
