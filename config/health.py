"""Health for machines: `/healthz` says that the process answers, `/readyz` whether it can give right answers."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.keeping import Keeping
from config.standing import DEGRADED, NOT_READY, Standing, standing

PARTS = ("static_files", "translations", "migrations")


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """503 with what is wrong when no right answer can be given; else 200, `degraded` while something needs care.

    The comparison here is by number, cheap enough to ask every few seconds; `manage.py check_index` compares each
    article by digest and every file of the index by its own. Warnings do not change the status.
    """
    found = standing()
    return JsonResponse(_report(found), status=503 if found.state == NOT_READY else 200)


def _report(found: Standing) -> dict[str, object]:
    told = found.figures
    report: dict[str, object] = {"status": found.state, "database": told.database, "index": told.index}
    report |= {name: found.part(name) for name in PARTS}
    if found.state == DEGRADED:
        report["degraded"] = found.reasons
    if told.answers:
        report |= {
            "articles": told.articles,
            "indexed": told.indexed,
            "pending": told.pending,
            "pending_since": told.pending_since.isoformat() if told.pending_since else None,
            "oldest_pending_seconds": round(told.oldest_pending, 1),
            "generation": told.generation,
        }
    if told.building:
        report["building"] = {"done": told.building.done, "total": told.building.total}
    return report | {
        "checked_at": _moment(told.checked_at),
        "disk_free": round(told.disk_free, 3),
        "fixity": _fixity(found.keeping),
        "backup_at": _moment(found.keeping.backup_at),
        "warnings": found.warnings,
    }


def _fixity(kept: Keeping) -> dict[str, object]:
    return {"damaged": kept.damaged, "missing": kept.missing, "checked_at": _moment(kept.checked_at)}


def _moment(at: datetime.datetime | None) -> str | None:
    return at.isoformat() if at else None
