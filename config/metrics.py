"""`/metrics`: all numbers of all processes for Prometheus, where `DIWAN_METRICS` says who may ask."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from archive.telemetry.counters import LOOPBACK, OFF, GaugeReading, exposition
from archive.work.models import Job
from config.standing import DEGRADED, NOT_READY, OK, Standing, standing

PASSED_ON: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """404 for whoever may not know that it is there, 401 where a token is asked for, 503 without room to add up."""
    if settings.METRICS == OFF or (settings.METRICS == LOOPBACK and not _is_from_this_machine(request)):
        raise Http404("there are no metrics for this sender")
    if settings.METRICS != LOOPBACK and not _has_token(request):
        return HttpResponse("a token is needed\n", status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        text, kind = exposition(gauges(standing()))
    except OSError as error:
        return HttpResponse(f"numbers cannot be added up: {error.strerror}\n", status=503, content_type="text/plain")
    return HttpResponse(text, content_type=kind)


def _is_from_this_machine(request: HttpRequest) -> bool:
    """Whether a program of this machine asks itself; what a proxy here passes on is somebody else's."""
    if any(name in request.headers for name in PASSED_ON):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    return kind == "Bearer" and secrets.compare_digest(given.strip().encode(), settings.METRICS_TOKEN.encode())


def gauges(whole: Standing) -> Iterator[GaugeReading]:
    """The numbers of this moment; of what does not answer there are none."""
    for state in (OK, DEGRADED, NOT_READY):
        yield GaugeReading("diwan_state", "Which state the archive is in", whole.state == state, {"state": state})
    yield from _of_index(whole)
    yield from _of_keeping(whole)
    if whole.figures.database == "ok":
        try:
            yield from _of_queue()
        except DatabaseError:
            return


def _of_index(whole: Standing) -> Iterator[GaugeReading]:
    found = whole.figures
    if found.articles is not None:
        yield GaugeReading("diwan_articles", "Public articles in the database", found.articles)
    if found.indexed is not None:
        yield GaugeReading("diwan_indexed_articles", "Articles in the index", found.indexed)
    if found.pending is not None:
        yield GaugeReading("diwan_index_changes_waiting", "Changes that wait for the index", found.pending)
        yield GaugeReading(
            "diwan_index_lag_seconds", "For how long the oldest change waits for the index", found.oldest_pending
        )
    if found.writer_seen is not None:
        yield GaugeReading("diwan_writer_silent_seconds", "Since the writer's last sign of life", found.writer_seen)


def _of_keeping(whole: Standing) -> Iterator[GaugeReading]:
    yield GaugeReading("diwan_disk_free_ratio", "Free part of the disk of the state folder", whole.figures.disk_free)
    kept = whole.keeping
    if kept.damaged is not None and kept.missing is not None:
        told = "Captures found damaged or missing by their last check"
        yield GaugeReading("diwan_captures_unsound", told, kept.damaged, {"outcome": "damaged"})
        yield GaugeReading("diwan_captures_unsound", told, kept.missing, {"outcome": "missing"})
    if kept.checked_at:
        yield GaugeReading("diwan_fixity_checked_seconds", "Unix time of the last check", kept.checked_at.timestamp())
    if kept.backups_watched:
        at = kept.backup_at.timestamp() if kept.backup_at else 0.0
        yield GaugeReading("diwan_backup_seconds", "Unix time of the last whole backup, 0 for none", at)


def _of_queue() -> Iterator[GaugeReading]:
    waiting = DBTaskResult.objects.ready().aggregate(count=Count("pk"), oldest=Min("enqueued_at"))
    late = (timezone.now() - waiting["oldest"]).total_seconds() if waiting["oldest"] else 0.0
    yield GaugeReading("diwan_queue_tasks", "Tasks that are due and wait for a worker", waiting["count"])
    yield GaugeReading("diwan_queue_oldest_seconds", "For how long the oldest of them waits", max(0.0, late))
    there = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    for state in Job.State.values:
        yield GaugeReading("diwan_jobs", "Jobs by state", there.get(state, 0), {"state": state})
