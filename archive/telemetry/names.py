"""The name of the request that work belongs to, wherever that is done: in a page, in the queue, in the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

NO_REQUEST: Final = "-"
_present: ContextVar[str] = ContextVar("request", default=NO_REQUEST)


def request_name() -> str:
    """The name of the present request, NO_REQUEST outside of requests; 1 to 64 letters, digits, `.`, `_`, `-`."""
    return _present.get()


@contextmanager
def named(name: str) -> Iterator[None]:
    """Have all that is done in the block belong to the request of this name; "" to none."""
    token = _present.set(name or NO_REQUEST)
    try:
        yield
    finally:
        _present.reset(token)
