"""How long the engine takes for each kind of question, and how often it cannot answer; the same for every engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from archive.telemetry.counters import count_question, is_counting
from archive.telemetry.tracing import is_tracing, span

QUESTIONS: Final = ("search", "weigh", "together", "usage", "digests")
Backend = TypeVar("Backend", bound=type)


def measured(engine: str) -> Callable[[Backend], Backend]:
    """Have the questions to a backend counted and followed under this name of its engine."""

    def decorated(backend: Backend) -> Backend:
        for name in QUESTIONS:
            setattr(backend, name, _measured(engine, name, getattr(backend, name)))
        return backend

    return decorated


def _measured(engine: str, question: str, ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    def asked(*arguments: Any, **named: Any) -> Any:
        if not is_counting() and not is_tracing():
            return ask(*arguments, **named)
        began, failed = time.monotonic(), True
        try:
            with span(f"engine {question}") as say:
                say("diwan.engine", engine)
                answer = ask(*arguments, **named)
                failed = False
                return answer
        finally:
            count_question(engine, question, time.monotonic() - began, failed=failed)

    return asked
