"""How far a new index is that is being built beside the present one: told to readers, to machines and in the log.

The process that builds keeps the numbers in `building.json` in the state folder; every other one reads them there. A
builder that was killed leaves the file behind, so numbers that have not moved for long are not believed.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

logger = logging.getLogger("search.writer")
FILE = "building.json"
WRITTEN_AFTER = 0.5  # seconds between two writings of the numbers
TOLD_AFTER = 5.0  # seconds between two lines of the log
BELIEVED_FOR = 300.0  # seconds; writing the segments of a large archive takes that long without a new number


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """How many of the public articles the new index holds."""

    done: int
    total: int


def rebuilding() -> Rebuilding | None:
    """How far the index is that is being built, by this process or another one; None when none is."""
    try:
        path = _place()
        kept = json.loads(path.read_bytes())
        if time.time() - path.stat().st_mtime > BELIEVED_FOR:
            return None
        return Rebuilding(int(kept["done"]), int(kept["total"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Building:
    """Counts the articles that are indexed, lets others see the number, and tells `told` of each that is added."""

    def __init__(self, total: int, told: Callable[[int], object] | None, is_shown: bool) -> None:
        self.is_shown = is_shown
        self.path = _place()
        self.total = total
        self.told = told
        self.done = 0
        self._written_at = self._told_at = float("-inf")

    def __call__(self, more: int) -> None:
        self.done += more
        now = time.monotonic()
        if self.is_shown and now - self._written_at >= WRITTEN_AFTER:
            self._write()
            self._written_at = now
        if self.is_shown and now - self._told_at >= TOLD_AFTER:
            logger.info("building the index: %d of %d articles", self.done, self.total)
            self._told_at = now
        if more and self.told:
            self.told(more)

    def _write(self) -> None:
        fresh = self.path.with_name(f"{FILE}.fresh")
        with suppress(OSError):  # a full disk stops the build itself, in better words
            fresh.write_text(json.dumps({"done": self.done, "total": self.total}))
            fresh.replace(self.path)


def _place() -> Path:
    return Path(settings.VAR_DIR) / FILE


@contextmanager
def counted(total: int, told: Callable[[int], object] | None = None, *, is_shown: bool = True) -> Iterator[Building]:
    """Let others see how far a build of `total` articles is until the block ends, however it ends.

    One that is not shown is of an index that readers do not know.
    """
    counting = Building(total, told, is_shown)
    counting(0)
    try:
        yield counting
    finally:
        if is_shown:
            counting.path.unlink(missing_ok=True)
