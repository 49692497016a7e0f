"""R2: the worker of the queue is killed within a job; what it did is done once, the next worker does the rest."""

from __future__ import annotations

import pytest

from tests.faults.archive import Archive
from tests.unit.archive.fetching.site import page, served

POINTS = [
    ("when it has claimed a turn", "archive.work.queue:kind_named", 1),
    ("in the middle of a step", "archive.articles.cards:write_of", 1),
    ("in a later step", "archive.articles.cards:write_of", 3),
    ("before the next turn is put in", "archive.work.queue:_hand_on", 2),
    ("when the next turn is put in and this one not over", "django_tasks_db.models:DBTaskResult.set_successful", 2),
    ("after the last step", "archive.work.management.commands.work:forget_tasks", 1),
]


@pytest.mark.parametrize("point", POINTS, ids=[point[0] for point in POINTS])
def test_r2_the_worker_is_killed(archive: Archive, point: tuple[str, str, int]) -> None:
    _when, target, count = point
    total = archive.tell("withdraw_in_the_background")
    archive.dies_at(target, count, "work")
    assert archive.tell("work_state")["changed"] < total or "last" in _when
    archive.run("manage.py", "work")
    assert archive.tell("work_state") == {"state": "done", "done": total, "changed": total, "events": total}
    archive.recovers()


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("archive.curation.record_undoing:remember", 1),
        ("archive.work.queue:_hand_on", 1),
        ("archive.articles.linking:forget_fetched", 7),
        ("archive.curation.record_undoing:remember_read", 1),
        ("archive.curation.record_undoing:_take_away", 1),
    ],
)
def test_what_a_new_record_changed_is_taken_back_by_the_next_worker(archive: Archive, target: str, count: int) -> None:
    was = archive.tell("add_a_body_and_undo_it")
    archive.dies_at(target, count, "work")
    assert archive.tell("links") != was, "it was done before the worker was killed"
    archive.run("manage.py", "work")
    assert archive.tell("links") == was
    archive.recovers()


def test_a_delivery_whose_worker_is_killed_between_sending_and_noting_comes_again_under_its_name(
    archive: Archive,
) -> None:
    with served() as site:
        site.pages["/in"] = page(b"", status="204 No Content")
        identifier = archive.tell("tell_a_webhook", site.address("/in"))
        archive.dies_at("search.webhooks.sending:note", 1, "send")
        assert len(site.bodies) == 1
        taken = archive.tell("send")
        assert archive.tell("send") == taken  # and not once more
        assert site.bodies[0] == site.bodies[1] and identifier in site.bodies[0].decode() and len(site.bodies) == 2
        assert [name in head for head in site.heads for name in taken] == [True, True]
    archive.recovers()
