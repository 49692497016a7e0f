"""What machines are told of how the archive stands: ok, degraded and why, or not ready and what is missing."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import RequestFactory

from config import health, readiness, standing
from search.indexing.health import Figures
from search.indexing.rebuilding import Rebuilding

NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
SOUND: dict[str, Any] = {
    "database": "ok",
    "index": "ok",
    "articles": 5,
    "indexed": 5,
    "pending": 0,
    "pending_since": None,
    "generation": "7",
    "checked_at": NOW,
    "damage": "",
    "writer_seen": 1.0,
    "disk_free": 0.51234,
    "outdated": "",
    "building": None,
}


def stands(missing: dict[str, str] | None = None, **figures: Any) -> standing.Standing:
    return standing.Standing(Figures(**{**SOUND, **figures}), missing or {}, [])


@pytest.mark.parametrize(
    ("figures", "missing", "state"),
    [
        ({}, {}, "ok"),
        ({"pending": 2, "pending_since": NOW}, {}, "degraded"),
        ({"indexed": 4}, {}, "degraded"),
        ({"outdated": "analyzer"}, {}, "degraded"),
        ({"building": Rebuilding(10, 40)}, {}, "degraded"),
        ({"index": "missing"}, {}, "not ready"),
        ({"database": "does not answer"}, {}, "not ready"),
        ({}, {"static_files": "not collected"}, "not ready"),
        ({"indexed": 4}, {"migrations": "not applied: articles 0002"}, "not ready"),
    ],
)
def test_late_answers_are_right_ones_and_no_answer_is_no_readiness(
    figures: dict[str, Any], missing: dict[str, str], state: str
) -> None:
    assert stands(missing, **figures).state == state


def test_each_part_is_ok_or_says_what_is_wrong_with_it() -> None:
    found = stands({"translations": "not compiled: fa"})
    assert found.part("translations") == "not compiled: fa"
    assert found.part("static_files") == "ok"


def report(found: standing.Standing, monkeypatch: pytest.MonkeyPatch) -> tuple[int, dict[str, Any]]:
    monkeypatch.setattr(health, "standing", lambda: found)
    response = health.ready(RequestFactory().get("/readyz"))
    assert "no-store" in response.headers["Cache-Control"]
    return response.status_code, json.loads(response.content)


def test_a_sound_archive_tells_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    status, told = report(stands(), monkeypatch)
    assert (status, told["status"]) == (200, "ok")
    assert (told["articles"], told["indexed"], told["disk_free"]) == (5, 5, 0.512)
    assert "degraded" not in told and "building" not in told
    assert told["checked_at"] == NOW.isoformat()


def test_a_late_one_says_how_late_and_keeps_its_traffic(monkeypatch: pytest.MonkeyPatch) -> None:
    status, told = report(stands(pending=2, pending_since=NOW), monkeypatch)
    assert (status, told["status"], told["pending"]) == (200, "degraded", 2)
    assert "2 changes wait for the index, the oldest since 2026-03-01T12:00:00+00:00" in told["degraded"][0]


def test_one_without_an_index_has_no_figures_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    building = Rebuilding(10, 40)
    status, told = report(stands(index="missing", articles=None, indexed=None, building=building), monkeypatch)
    assert (status, told["status"], told["index"]) == (503, "not ready", "missing")
    assert "articles" not in told and told["building"] == {"done": 10, "total": 40}


def test_that_the_process_answers_is_told_without_asking_for_anything() -> None:
    assert json.loads(health.alive(RequestFactory().get("/healthz")).content) == {"status": "ok"}
    assert health.alive(RequestFactory().post("/healthz")).status_code == 405


def test_others_who_may_read_the_state_are_a_warning(db: None, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    tmp_path.chmod(0o755)
    assert any(str(tmp_path) in warning for warning in standing.standing().warnings)
    tmp_path.chmod(0o700)
    assert not any(str(tmp_path) in warning for warning in standing.standing().warnings)


def test_a_migration_that_is_not_applied_is_named(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert readiness.migrations() == ""
    monkeypatch.setattr(readiness, "_newest", lambda: (("articles", "0001_initial"), ("articles", "0099_not_yet")))
    assert readiness.migrations() == "not applied: articles 0099_not_yet"
    assert readiness.lacks()["migrations"] == "not applied: articles 0099_not_yet"


def test_a_database_that_does_not_answer_is_missing_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> str:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(readiness, "migrations", fails)
    assert readiness.lacks()["database"] == "does not answer: disk I/O error"


def test_what_refuses_to_serve_says_what_to_run() -> None:
    told = readiness.refusal({"static_files": "not collected", "translations": "not compiled: fa"})
    assert told == (
        "Diwan is not ready to be served: static files not collected; translations not compiled: fa; "
        "run `manage.py prepare`."
    )


def test_the_newest_migration_of_every_app_is_asked_for(db: None) -> None:
    apps = {app for app, _name in readiness._newest()}
    assert {"articles", "authorities", "captures", "curation", "intake", "search", "stories", "work"} <= apps
    call_command("check", verbosity=0)
