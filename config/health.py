"""Health for machines: `/healthz` says that the process answers, `/readyz` that database and index do and agree."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.articles.models import Article
from search.engine import SearchUnavailable
from search.indexing import backend
from search.models import IndexChange

logger = logging.getLogger("health")


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the index holds exactly the public articles; else 503 with what is wrong.

    The comparison here is by number, cheap enough to ask every few seconds; `manage.py check_index` compares each
    article by digest.
    """
    report: dict[str, object] = {"database": _database(), "index": _index()}
    if report["database"] == report["index"] == "ok":
        report["articles"] = Article.objects.published().count()
        report["indexed"] = len(backend().snapshot().keys)
        report["pending"] = IndexChange.objects.count()
    is_ready = "articles" in report and report["articles"] == report["indexed"] and not report["pending"]
    return JsonResponse({"status": "ok" if is_ready else "not ready", **report}, status=200 if is_ready else 503)


def _database() -> str:
    try:
        connection.ensure_connection()
        Article.objects.exists()
    except DatabaseError:
        logger.exception("the database does not answer")
        return "does not answer"
    return "ok"


def _index() -> str:
    try:
        backend().snapshot()
    except SearchUnavailable as error:
        return error.reason
    except Exception as error:
        logger.exception("the index cannot be read")
        return f"cannot be read: {type(error).__name__}"
    return "ok"
