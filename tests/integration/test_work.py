"""Work that no request waits for: jobs, their turns in the queue, and what a curator sees of them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.articles.models import Article
from archive.curation import bulk
from archive.curation.actions import withdraw
from archive.curation.models import CurationEvent
from archive.work import clock, kinds, queue
from archive.work.kinds import JobKind
from archive.work.management.commands.work import work_off
from archive.work.models import Job

pytestmark = pytest.mark.django_db
State = Job.State
worked_on: list[str] = []


def _count(job: Job) -> bool:
    """Count to a number, and note the order in which jobs were worked on."""
    worked_on.append(job.options["name"])
    job.done += 1
    job.count("counted")
    return job.done < job.total


def _fail(job: Job) -> bool:
    job.done += 1
    raise ValueError("there is no such article")


def _cannot_write(job: Job) -> bool:
    raise OperationalError("database or disk is full")


@pytest.fixture(autouse=True)
def work_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds of work of these tests; every step is a turn."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(queue, "TURN", 0.0)
    for name, step in (("count", _count), ("fail", _fail), ("cannot-write", _cannot_write)):
        kinds.register(JobKind(name, name, step, {"counted": "numbers"}))
    worked_on.clear()


def begun(kind: str = "count", name: str = "a", total: int = 3, **more: Any) -> Job:
    return queue.begin(kind, {"name": name}, total=total, **more)


def test_a_job_is_done_step_by_step_and_tells_how_far_it_has_come() -> None:
    job = begun(total=5)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.outcome) == (State.DONE, 5, {"counted": 5})
    assert kinds.in_words(job.kind, job.outcome) == [("numbers", 5)]
    assert job.ended_at and job.started_at and job.rate > 0
    assert not DBTaskResult.objects.exists(), "turns are no memory"


def test_what_somebody_waits_for_goes_before_what_nobody_does() -> None:
    begun(name="sixty thousand articles", total=4, priority=queue.LATER)
    queue.take_turn.func(Job.objects.get().pk, 0)
    begun(name="one publication", total=1, priority=queue.SOON)
    work_off()
    assert worked_on == ["sixty thousand articles", "one publication", *["sixty thousand articles"] * 3]


def test_a_step_that_commits_itself_is_called_outside_of_a_transaction() -> None:
    seen, here = [], len(connection.savepoint_ids)

    def step(job: Job) -> bool:
        seen.append(len(connection.savepoint_ids))
        job.done += 1
        return job.done < job.total

    kinds.register(JobKind("commits", "commits", step, commits=True))
    job = begun("commits", total=2)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, seen) == (State.DONE, 2, [here, here])


def test_a_job_that_has_to_wait_makes_room_until_then() -> None:
    kinds.register(JobKind("waits", "waits", lambda job: 3600.0 if job.turn == 0 else _count(job)))
    job = begun("waits", total=1)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.turn) == (State.RUNNING, 1)
    later = DBTaskResult.objects.get()
    assert later.run_after > timezone.now() + datetime.timedelta(minutes=50)
    DBTaskResult.objects.update(run_after=timezone.now())
    work_off()
    job.refresh_from_db()
    assert job.state == State.DONE


def test_the_worker_looks_now_and_then_at_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_tasks", {})
    looked: list[str] = []
    clock.every(0, "often", lambda: looked.append("often"))
    clock.every(3600, "seldom", lambda: looked.append("seldom"))
    clock.tick()
    clock.tick()
    assert looked == ["often", "seldom", "often"]


def test_what_fails_at_its_time_is_tried_again_soon_and_keeps_nothing_from_being_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A day's backup waited a day for its next time, and what stood after it was not done at all."""
    monkeypatch.setattr(clock, "_tasks", {})
    monkeypatch.setattr(clock, "_done_at", {})
    monkeypatch.setattr(clock, "AGAIN", 0.0)
    looked: list[str] = []

    def fail_at_first() -> None:
        looked.append("a")
        if looked.count("a") == 1:
            raise IntegrityError("no")

    clock.every(86_400, "fails", fail_at_first)
    clock.every(86_400, "after it", lambda: looked.append("b"))
    for _time in range(3):
        clock.tick()
    assert looked == ["a", "b", "a"] and "fails" in caplog.text


def test_a_job_cancelled_while_a_step_commits_stays_cancelled() -> None:
    def step(job: Job) -> bool:
        queue.cancel(job)
        job.done += 1
        return True

    kinds.register(JobKind("commits", "commits", step, commits=True))
    job = begun("commits", total=2)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done) == (State.CANCELLED, 0)


def test_jobs_of_one_priority_take_turns() -> None:
    begun(name="a", total=2)
    begun(name="b", total=2)
    work_off()
    assert worked_on == ["a", "b", "a", "b"]


def test_a_turn_that_was_taken_already_does_nothing() -> None:
    job = begun(total=5)
    queue.take_turn.func(job.pk, 0)
    queue.take_turn.func(job.pk, 0)
    job.refresh_from_db()
    assert (job.done, job.turn) == (1, 1)


def test_a_step_that_fails_leaves_nothing_and_ends_the_job_with_its_reason() -> None:
    job = begun("fail")
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done) == (State.FAILED, 0)
    assert "no such article" in job.error


def test_a_failed_job_can_go_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    job = begun("fail", total=1)
    work_off()
    monkeypatch.setitem(kinds._kinds, "fail", JobKind("fail", "mended", _count))
    assert queue.resume(job)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.error) == (State.DONE, 1, "")
    assert not queue.resume(job), "it is done"


def test_a_job_ends_when_it_is_cancelled_and_what_it_did_stays() -> None:
    job = begun(total=5)
    queue.take_turn.func(job.pk, 0)
    assert queue.cancel(job)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done) == (State.CANCELLED, 1)
    assert not queue.cancel(job)


def test_a_job_goes_on_after_its_worker_was_killed() -> None:
    job = begun(total=2)
    DBTaskResult.objects.get().claim("another-host:1:1")
    DBTaskResult.objects.update(started_at="2020-01-01T00:00Z")
    assert queue.revive() == 1
    work_off()
    job.refresh_from_db()
    assert job.state == State.DONE


def test_the_task_of_a_worker_at_work_is_left_to_it() -> None:
    begun()
    DBTaskResult.objects.get().claim("another-host:1:1")
    assert queue.revive() == 0


def test_a_process_that_has_no_task_in_hand_knows_its_own_as_lost() -> None:
    begun()
    DBTaskResult.objects.get().claim(queue.worker_name())
    assert queue.revive() == 1


def test_a_step_that_kills_every_worker_ends_the_job() -> None:
    job = begun()
    for _worker in range(queue.MOST_LOST):
        DBTaskResult.objects.get().claim(queue.worker_name())
        queue.revive()
    job.refresh_from_db()
    assert job.state == State.FAILED and "killed 3 times" in job.error
    assert not DBTaskResult.objects.exists()


def test_a_database_that_cannot_be_written_fails_no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    job = begun("cannot-write", total=1)
    work_off()
    job.refresh_from_db()
    assert not job.is_over
    monkeypatch.setitem(kinds._kinds, "cannot-write", JobKind("cannot-write", "room again", _count))
    queue.revive()
    work_off()
    job.refresh_from_db()
    assert job.state == State.DONE


def test_many_drafts_are_published_in_the_background(
    layla: Client, five: dict[str, Article], own_index: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for article in five.values():
        withdraw(article)
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    chosen = [article.pk for article in five.values()]
    answer = layla.post(
        reverse("admin:articles_article_changelist"),
        {"action": "publish_selected", "_selected_action": chosen},
        follow=True,
    )
    job = Job.objects.get()
    address = reverse("admin:work_job_change", args=[job.pk])
    assert f'href="{address}"' in answer.content.decode()
    assert not Article.objects.published().exists(), "the request waited for nothing"

    waiting = layla.get(address)
    assert waiting.headers["Refresh"] and "0 of 5" in waiting.content.decode()
    work_off()
    assert Article.objects.published().count() == 5
    over = layla.get(address)
    assert "Refresh" not in over.headers and "published: 5" in over.content.decode()
    layla_herself = User.objects.get(username="layla")
    assert CurationEvent.objects.filter(action="publish", by=layla_herself).count() == 5


def test_an_article_published_meanwhile_is_left(five: dict[str, Article]) -> None:
    job = bulk.put_off(bulk.PUBLISH, Article.objects.all(), None)
    work_off()
    job.refresh_from_db()
    assert job.outcome == {"left": 5}


def test_a_curator_cancels_and_has_go_on_what_waits(layla: Client) -> None:
    job = begun(total=5)
    path = reverse("admin:work_job_changelist")
    for action, state in (("cancel_selected", State.CANCELLED), ("resume_selected", State.WAITING)):
        answer = layla.post(path, {"action": action, "_selected_action": [job.pk]}, follow=True)
        job.refresh_from_db()
        assert job.state == state and "1 job" in answer.content.decode()
