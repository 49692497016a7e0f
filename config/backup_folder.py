"""A folder of backups, each under its time (UTC), thinned by a rule: `2026-11-29T030000Z`."""

from __future__ import annotations

import datetime
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from config.backup import MANIFEST
from config.backup_rule import BackupRule

NAME: Final = "%Y-%m-%dT%H%M%SZ"
LATE: Final = datetime.timedelta(days=2)  # that the last backup may be old


def backups(folder: Path) -> dict[datetime.datetime, Path]:
    """The whole backups of a folder by their time: those that bear a time as their name and have a manifest."""
    found = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(ValueError):
            moment = datetime.datetime.strptime(path.name, NAME).replace(tzinfo=datetime.UTC)
            if not path.is_symlink() and (path / MANIFEST).is_file():
                found[moment] = path
    return found


def thin(folder: Path, rule: BackupRule) -> list[Path]:
    """Remove the backups that the rule does not keep, oldest first; what is no whole backup is left alone."""
    held = backups(folder)
    kept = rule.keeps(held)
    removed = [held[moment] for moment in sorted(held) if moment not in kept]
    for path in removed:
        going = path.with_name(f".{path.name}.going")  # what is removed half is no backup any more
        path.rename(going)
        shutil.rmtree(going)
    return removed


def is_late(folder: Path, now: datetime.datetime) -> bool:
    """Whether the last backup of a folder is too old, or there is none."""
    return not any(moment > now - LATE for moment in backups(folder))
