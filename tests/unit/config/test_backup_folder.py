"""Backups of a folder: whole ones by their time, the last of each day, week and month kept, a missing one told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.backup_folder import NAME, backups, is_late, thin
from config.backup_rule import BackupRule

NOW = datetime.datetime(2026, 11, 29, 3, tzinfo=datetime.UTC)  # a Sunday


def days_before(number: int) -> datetime.datetime:
    return NOW - datetime.timedelta(days=number)


def made(folder: Path, moment: datetime.datetime) -> Path:
    path = folder / f"{moment:{NAME}}"
    path.mkdir()
    (path / "manifest.json").write_text("{}")
    return path


def test_the_last_of_each_day_week_and_month_is_kept() -> None:
    kept = BackupRule(days=3, weeks=2, months=3).keeps(days_before(number) for number in range(100))
    assert sorted((NOW - moment).days for moment in kept) == [0, 1, 2, 7, 29, 60]


def test_of_two_of_one_day_the_later_is_kept() -> None:
    morning = NOW + datetime.timedelta(hours=6)
    assert BackupRule(1, 0, 0).keeps([NOW, morning, days_before(1)]) == {morning}


def test_days_without_a_backup_are_not_counted() -> None:
    taken = [days_before(number) for number in (0, 40, 41)]
    assert BackupRule(2, 0, 0).keeps(taken) == set(taken[:2])


@pytest.mark.parametrize("told", ["", "7,5", "7 days", "0,0,0", "7,5,-1", "٧,٥,x"])
def test_a_rule_that_keeps_nothing_or_cannot_be_read_is_refused(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_BACKUPS_KEPT", told)
    with pytest.raises(ImproperlyConfigured, match="write how many days, weeks and months, as 7,5,12"):
        env.backup_rule("DIWAN_BACKUPS_KEPT", "7,5,12")


def test_only_whole_backups_are_counted_and_removed(tmp_path: Path) -> None:
    newest, older = made(tmp_path, NOW), made(tmp_path, days_before(1))
    (tmp_path / "notes").mkdir()
    half = tmp_path / f"{days_before(2):{NAME}}"
    half.mkdir()
    elsewhere = made(tmp_path / "notes", days_before(3))
    (tmp_path / elsewhere.name).symlink_to(elsewhere)
    assert backups(tmp_path) == {NOW: newest, days_before(1): older}
    assert thin(tmp_path, BackupRule(1, 0, 0)) == [older]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([newest.name, half.name, elsewhere.name, "notes"])


def test_a_backup_of_yesterday_is_in_time_and_none_is_late(tmp_path: Path) -> None:
    assert is_late(tmp_path / "absent", NOW) and is_late(tmp_path, NOW)
    made(tmp_path, days_before(2))
    assert is_late(tmp_path, NOW)
    made(tmp_path, days_before(1))
    assert not is_late(tmp_path, NOW)
