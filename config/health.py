"""Health for machines: `/healthz` says that the process answers, `/readyz` that database and index do and agree."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.indexing import health as figures


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the index holds exactly the public articles; else 503 with what is wrong.

    The comparison here is by number, cheap enough to ask every few seconds; `manage.py check_index` compares each
    article by digest and every file of the index by its own. Warnings do not change the status.
    """
    found = figures.gather()
    report: dict[str, object] = {"database": found.database, "index": found.index}
    if found.database == found.index == "ok":
        report |= {
            "articles": found.articles,
            "indexed": found.indexed,
            "pending": found.pending,
            "oldest_pending_seconds": round(found.oldest_pending, 1) if found.oldest_pending else 0,
            "generation": found.generation,
        }
    report |= {
        "checked_at": found.checked_at.isoformat() if found.checked_at else None,
        "disk_free": round(found.disk_free, 3),
        "warnings": found.warnings,
    }
    return JsonResponse({"status": "ok" if found.ready else "not ready", **report}, status=200 if found.ready else 503)
