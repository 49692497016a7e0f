"""R19: a short soak: twenty seconds of readers, publications and imports, without an error and without growth."""

from __future__ import annotations

from tests.faults.archive import ROUNDS, Archive
from tests.soak.soaking import Plan, soak


def test_r19_a_short_soak(archive: Archive) -> None:
    outcome = soak(archive, Plan(seconds=20 * ROUNDS, rate=10, articles=0, room=48))
    assert outcome.wrong == []
    assert {"master", "worker", "writer"} == {life.name for life in outcome.judged}
    assert outcome.statuses["200"] > 20 and outcome.taken_in > 0
    assert min(map(len, outcome.changes.values())) > 0
    archive.invariants()
