"""Questions asked of authority records."""

from __future__ import annotations

from typing import Any

from django.db import models


class RecordQuerySet(models.QuerySet[Any]):
    def present(self) -> RecordQuerySet:
        """Records that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def of_kind(self, kind: str) -> RecordQuerySet:
        return self.filter(kind=kind)
