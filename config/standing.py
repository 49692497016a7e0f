"""How the archive stands, for machines and for the status page: ok, degraded and why, or not ready to answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from config import private, readiness
from config.keeping import Keeping, keeping
from search.indexing import health as figures

OK, DEGRADED, NOT_READY = "ok", "degraded", "not ready"


@dataclass(frozen=True, slots=True)
class Standing:
    """`figures` of database and index; what is `missing` besides, by name, in words."""

    figures: figures.Figures
    missing: dict[str, str]
    warnings: list[str]
    is_open_to_others: bool = False
    keeping: Keeping = field(default_factory=Keeping)

    @property
    def state(self) -> str:
        """`not ready` where no right answer can be given, `degraded` where there are `reasons` to look after it."""
        if self.missing or not self.figures.answers:
            return NOT_READY
        return DEGRADED if self.reasons else OK

    @property
    def reasons(self) -> list[str]:
        """Why an archive that answers is not well: answers that are late, little room, what is not kept safe."""
        found = [*self.figures.lags, *self.keeping.reasons(timezone.now())]
        if self.figures.disk_free < figures.LITTLE_SPACE:
            found.append(f"only {self.figures.disk_free:.0%} of the disk is free")
        return found

    def part(self, name: str) -> str:
        """`ok`, or what is wrong with `static_files`, `translations` or `migrations`."""
        return self.missing.get(name, "ok")


def standing() -> Standing:
    """How the archive stands at this moment; cheap enough to ask every few seconds, and never raises."""
    found = figures.gather()
    missing = readiness.lacks()
    warnings = [*found.warnings]
    is_open = not private.is_private(settings.VAR_DIR)
    if is_open:
        warnings.append(f"other users of this machine may read {settings.VAR_DIR}: {readiness.REMEDY}")
    return Standing(found, missing, warnings, is_open, keeping())
