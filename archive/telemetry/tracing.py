"""Spans for OpenTelemetry: a request, a question to the engine, a turn of a job; sent over HTTP to `DIWAN_TRACES`.

While that is off nothing is loaded and a span is an empty context. Each process sends its own spans, in batches, from a
thread that begins with the first one, so that no process is forked with that thread. What a receiver does not take is
dropped: no page waits for it. Spans name views, never what was asked or who asked.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final

from django.conf import settings

from archive.telemetry.names import NO_REQUEST, request_name

PARENT: Final = "traceparent"  # of the W3C: which span a request continues
Setter = Callable[[str, str | int | float | bool], object]
_NOTHING: Final[Setter] = lambda _name, _value: None  # noqa: E731
_tracers: dict[int, tuple[Any, Any]] = {}  # provider and tracer of each process, by its number


def is_tracing() -> bool:
    return bool(settings.TRACES)


def span(name: str, *, parent: str = "", is_request: bool = False) -> AbstractContextManager[Setter]:
    """A span around a block, below the present one or the one that `parent` names; gives what sets its attributes.

    An exception that leaves the block is an error of the span, by its class alone: its words may be a reader's.
    """
    return _span(name, parent, is_request) if settings.TRACES else nullcontext(_NOTHING)


def parent_header() -> str:
    """The present span as another process takes it up, "" where there is none."""
    if not settings.TRACES:
        return ""
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier)
    return carrier.get(PARENT, "")


def load() -> None:
    """Load what spans need, so that processes forked later share it; no thread begins."""
    if settings.TRACES:
        import opentelemetry.exporter.otlp.proto.http.trace_exporter
        import opentelemetry.sdk.trace.export
        import opentelemetry.trace.propagation.tracecontext  # noqa: F401


def flush() -> None:
    """Send what this process has not sent yet; for one that ends without Python's own end."""
    if held := _tracers.get(os.getpid()):
        held[0].force_flush(2_000)


@contextmanager
def _span(name: str, parent: str, is_request: bool) -> Iterator[Setter]:
    from opentelemetry.trace import SpanKind, Status, StatusCode

    kind = SpanKind.SERVER if is_request else SpanKind.INTERNAL
    with _tracer().start_as_current_span(
        name, context=_context(parent), kind=kind, record_exception=False, set_status_on_exception=False
    ) as made:
        if request_name() != NO_REQUEST:
            made.set_attribute("diwan.request", request_name())
        try:
            yield made.set_attribute
        except BaseException as error:
            made.set_attribute("error.type", type(error).__qualname__)
            made.set_status(Status(StatusCode.ERROR))
            raise


def _context(parent: str) -> Any:
    """What a span begins in: that of a header, or None for the present one."""
    if not parent:
        return None
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    carrier: Mapping[str, str] = {PARENT: parent}
    return TraceContextTextMapPropagator().extract(carrier)


def _tracer() -> Any:
    if os.getpid() not in _tracers:
        _tracers[os.getpid()] = _made()
    return _tracers[os.getpid()][1]


def _made() -> tuple[Any, Any]:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)  # a receiver that is away is no news every second
    provider = TracerProvider(resource=Resource.create({"service.name": "diwan"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(settings.TRACES, timeout=5)))
    return provider, provider.get_tracer("diwan")
