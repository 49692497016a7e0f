"""How index, database and writer stand: the same figures for the status page, for `/readyz` and for the log."""

from __future__ import annotations

import datetime
import json
import logging
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from archive.articles.models import Status
from archive.articles.tallying import by_status
from search.engine import engine
from search.engine.protocol import EngineAway, SearchUnavailable
from search.indexing.rebuilding import Rebuilding, rebuilding
from search.models import IndexChange

logger = logging.getLogger("health")
LITTLE_SPACE = 0.10  # of the disk; below it operators are warned
WRITER_SILENT = 180.0  # seconds without a sign of life


@dataclass(frozen=True, slots=True)
class Figures:
    """`database` and `index` are "ok" or say what is wrong; counts are None where they could not be asked.

    `outdated` is in what an earlier version made the index that answers, "" when this code made it; `building` is how
    far a new index is that is being built; `is_away` where the engine cannot be asked, which says nothing of its index.
    """

    database: str
    index: str
    articles: int | None
    indexed: int | None
    pending: int | None
    pending_since: datetime.datetime | None  # when the oldest of the changes that wait was recorded
    generation: str
    checked_at: datetime.datetime | None
    damage: str
    writer_seen: float | None  # seconds ago
    disk_free: float  # a fraction of the disk
    outdated: str
    building: Rebuilding | None
    is_away: bool = False

    @property
    def answers(self) -> bool:
        """Whether database and index answer."""
        return self.database == self.index == "ok"

    @property
    def oldest_pending(self) -> float:
        """For how many seconds the oldest of the changes waits, 0 when none does."""
        return max(0.0, (timezone.now() - self.pending_since).total_seconds()) if self.pending_since else 0.0

    @property
    def lags(self) -> list[str]:
        """In what the answers are behind the database or this code, though they are answers."""
        found = []
        if self.pending and self.pending_since:
            since = self.pending_since.isoformat(timespec="seconds")
            changes = "1 change waits" if self.pending == 1 else f"{self.pending} changes wait"
            found.append(f"{changes} for the index, the oldest since {since}, {self.oldest_pending:.1f} s")
        elif self.articles != self.indexed:
            told = f"the index holds {self.indexed} articles, the database {self.articles} public ones"
            found.append(f"{told}, and no change waits: run `manage.py check_index --repair`")
        if self.outdated:
            found.append(f"an index of an earlier version answers (another {self.outdated}) until a new one is built")
        if self.building and self.index == "ok":
            found.append(f"a new index is being built: {self.building.done} of {self.building.total} articles")
        return found

    @property
    def warnings(self) -> list[str]:
        """What an operator should look at though the archive answers."""
        found = []
        if self.disk_free < LITTLE_SPACE:
            found.append(f"only {self.disk_free:.0%} of the disk is free")
        if self.writer_seen is None or self.writer_seen > WRITER_SILENT:
            found.append("no index writer gives a sign of life")
        return found


def gather() -> Figures:
    """The figures of this moment; cheap enough to ask every few seconds, and never raises."""
    database, articles, pending, since = _database()
    index, generation, indexed, is_away = _index()
    if articles != indexed and not pending and database == index == "ok":
        # A change was perhaps recorded and applied between the two; then it is not a second time.
        database, articles, pending, since = _database()
        index, generation, indexed, is_away = _index()
    diary = _read_diary()
    checked, seen = _instant(diary.get("checked_at")), _instant(diary.get("seen_at"))
    return Figures(
        database=database,
        index=index,
        articles=articles,
        indexed=indexed,
        pending=pending,
        pending_since=since,
        generation=generation,
        checked_at=checked,
        damage=str(diary.get("damage", "")),
        writer_seen=(timezone.now() - seen).total_seconds() if seen else None,
        disk_free=_disk_free(),
        outdated=engine().outdated() if index == "ok" else "",
        building=rebuilding(),
        is_away=is_away,
    )


def note_check(damage: str) -> None:
    """Remember that every byte of the index was read just now, and what was found."""
    _write_diary(checked_at=timezone.now().isoformat(), damage=damage)


def note_life() -> None:
    """Remember that the writer is at work."""
    _write_diary(seen_at=timezone.now().isoformat(), writer=os.getpid())


def _database() -> tuple[str, int | None, int | None, datetime.datetime | None]:
    try:
        articles = by_status().get(Status.PUBLISHED, 0)
        pending = IndexChange.objects.count()
        oldest = IndexChange.objects.order_by("pk").values_list("recorded_at", flat=True).first()
    except DatabaseError:
        logger.exception("the database does not answer")
        return "does not answer", None, None, None
    return "ok", articles, pending, oldest


def _index() -> tuple[str, str, int | None, bool]:
    try:
        state = engine().state()
    except SearchUnavailable as error:
        return error.reason, "", None, isinstance(error, EngineAway)
    return "ok", state.generation, state.articles, False


def _disk_free() -> float:
    try:
        usage = shutil.disk_usage(settings.VAR_DIR)
    except OSError:
        return 0.0
    return usage.free / usage.total if usage.total else 0.0


def _diary() -> Path:
    return Path(settings.VAR_DIR) / "writer.json"


def _read_diary() -> dict[str, Any]:
    try:
        held = json.loads(_diary().read_bytes())
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _write_diary(**entries: Any) -> None:
    with suppress(OSError):  # a full disk must not stop the writer from saying so in the log
        fresh = _diary().with_suffix(".fresh")
        fresh.write_text(json.dumps(_read_diary() | entries))
        fresh.replace(_diary())


def _instant(value: object) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
