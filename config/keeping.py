"""Whether what the archive holds is kept safe: bytes as they were received, backups, room on the disk."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import DatabaseError

from archive.articles.tallying import by_fixity
from config.backup_folder import LATE, backups

A_QUARTER: Final = datetime.timedelta(days=92)  # after which captures are to be verified again


@dataclass(frozen=True, slots=True)
class Keeping:
    """Captures `damaged` and `missing` by their last check, None where the database does not say; times in UTC.

    `backup_at` is when the last whole backup in `DIWAN_BACKUPS` was made, None for none.
    """

    damaged: int | None = None
    missing: int | None = None
    checked_at: datetime.datetime | None = None
    backups_watched: bool = False
    backup_at: datetime.datetime | None = None

    def reasons(self, now: datetime.datetime) -> list[str]:
        """What is wrong, in words for machines and their keepers; empty where all is kept well."""
        found = []
        if self.damaged or self.missing:
            found.append(f"captures are damaged ({self.damaged}) or missing ({self.missing}): put back their bytes")
        if self.checked_at and self.checked_at < now - A_QUARTER:
            found.append(f"no capture was verified since {self.checked_at:%Y-%m-%d}: run `manage.py check_fixity`")
        if self.backups_watched and (self.backup_at is None or self.backup_at < now - LATE):
            last = f"the last backup is of {self.backup_at:%Y-%m-%d}" if self.backup_at else "there is no backup"
            found.append(f"{last}: run `manage.py backup`")
        return found


def keeping() -> Keeping:
    """How it is at this moment; cheap enough to ask every few seconds, and never raises."""
    folder = settings.BACKUPS_DIR
    try:
        backup_at = max(backups(folder), default=None) if folder else None
    except OSError:  # a folder that may not be read is as good as none
        backup_at = None
    try:
        captures = by_fixity()
    except DatabaseError:
        return Keeping(backups_watched=bool(folder), backup_at=backup_at)
    return Keeping(captures.damaged, captures.missing, captures.last_at, bool(folder), backup_at)
