"""What a page asks again and again, asked once while the page is made: whether names or stories changed.

Every part of a page then speaks of the same state as the page's tag does. Nothing is kept from one page to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

T = TypeVar("T")
_answers: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """While this lasts, in this thread alone, each question that is `once_a_page` is asked at most once."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once_a_page(ask: Callable[[], T]) -> Callable[[], T]:
    """Have a question keep its answer to the end of the page; outside of pages it is asked anew every time."""

    @wraps(ask)
    def answered() -> T:
        held = _answers.get()
        if held is None:
            return ask()
        if ask not in held:
            held[ask] = ask()
        return cast("T", held[ask])

    return answered
