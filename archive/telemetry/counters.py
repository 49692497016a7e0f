"""What is counted, for Prometheus: requests, the engine, kept pages, intake, jobs, errors in the log.

Every function here costs the look at a setting while `DIWAN_METRICS` is off. A number that cannot be written, on a full
disk, is lost; nothing else is.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings

if TYPE_CHECKING:
    from archive.telemetry.process_files import ProcessFiles

OFF, LOOPBACK, TOKEN = WAYS = ("off", "loopback", "token")
SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # upper ends of the classes


class GaugeReading(NamedTuple):
    """One number of this moment: `name` and `help` as Prometheus shows them; `labels` tell it from its siblings."""

    name: str
    help: str
    value: float
    labels: Mapping[str, str] = {}


class _Counters:
    """The counters of this process, made once."""

    def __init__(self, folder: Path) -> None:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)  # where the client looks, before it is loaded
        from prometheus_client import Counter, Histogram, values

        from archive.telemetry.process_files import ProcessFiles

        self.files: ProcessFiles = ProcessFiles(folder)
        values.ValueClass = values.MultiProcessValue(self.files.name)
        self.requests = Counter("diwan_requests", "Requests answered", ["view", "status"], registry=None)
        self.request_seconds = Histogram(
            "diwan_request_seconds", "Seconds to an answer", ["view"], registry=None, buckets=SECONDS
        )
        self.engine_seconds = Histogram(
            "diwan_engine_seconds", "Seconds of the engine", ["engine", "question"], registry=None, buckets=SECONDS
        )
        self.engine_failures = Counter(
            "diwan_engine_failures", "Questions not answered", ["engine", "question"], registry=None
        )
        self.kept_pages = Counter("diwan_kept_pages", "Kept pages asked for", ["outcome"], registry=None)
        self.intake = Counter("diwan_intake_items", "Items taken in, by outcome", ["outcome"], registry=None)
        self.jobs = Counter("diwan_jobs_ended", "Jobs that ended", ["kind", "state"], registry=None)
        self.errors = Counter("diwan_log_errors", "Errors in the log", ["logger"], registry=None)


def is_counting() -> bool:
    return bool(settings.METRICS != OFF)


@cache
def _of(folder: Path) -> _Counters:
    return _Counters(folder)


def _held() -> _Counters | None:
    return _of(Path(settings.METRICS_DIR)) if settings.METRICS != OFF else None


def count_request(view: str, status: int, seconds: float | None = None) -> None:
    """An answer; `view` is the name of its address, never the address."""
    with suppress(OSError):
        if held := _held():
            held.requests.labels(view, str(status)).inc()
            if seconds is not None:
                held.request_seconds.labels(view).observe(seconds)


def count_question(engine: str, question: str, seconds: float, *, failed: bool) -> None:
    """A question to the engine that answers searches: `question` is the method, as in `search`."""
    with suppress(OSError):
        if held := _held():
            held.engine_seconds.labels(engine, question).observe(seconds)
            if failed:
                held.engine_failures.labels(engine, question).inc()


def count_kept_page(*, was_there: bool) -> None:
    with suppress(OSError):
        if held := _held():
            held.kept_pages.labels("hit" if was_there else "miss").inc()


def count_intake(outcomes: Iterable[str]) -> None:
    """Items of which it is written what became of them, each by its outcome."""
    with suppress(OSError):
        if held := _held():
            for outcome in outcomes:
                held.intake.labels(outcome).inc()


def count_job(kind: str, state: str) -> None:
    with suppress(OSError):
        if held := _held():
            held.jobs.labels(kind, state).inc()


class CountingHandler(logging.Handler):
    """Counts the errors that the log is told of, by their logger."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            if held := _held():
                held.errors.labels(record.name).inc()


def fold() -> None:
    """Add the numbers of processes that ended into one file, that files do not pile up."""
    with suppress(OSError):
        if (held := _held()) is not None:
            with held.files.folded():
                pass


def exposition(gauges: Iterable[GaugeReading]) -> tuple[bytes, str]:
    """All numbers of all processes with these of the moment, in Prometheus's text form, and its media type."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    held = _of(Path(settings.METRICS_DIR))
    registry = CollectorRegistry()
    with held.files.folded():
        MultiProcessCollector(registry, str(held.files.folder))
        registry.register(_Gauges(gauges))
        return generate_latest(registry), CONTENT_TYPE_LATEST


class _Gauges:
    """Numbers of the moment as the client's registry collects them."""

    def __init__(self, readings: Iterable[GaugeReading]) -> None:
        self.readings = list(readings)

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterable[Any]:
        from prometheus_client.core import GaugeMetricFamily

        families: dict[str, Any] = {}
        for one in self.readings:
            family = families.setdefault(one.name, GaugeMetricFamily(one.name, one.help, labels=sorted(one.labels)))
            family.add_metric([one.labels[label] for label in sorted(one.labels)], one.value)
        return families.values()
