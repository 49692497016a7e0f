"""Work has bounds: views whose work is heavy are marked here, and long work asks whether its time is up.

Who serves the site says how heavy work is done and how much of it at a time (`config.heavy`); where nobody does, as in
a command, a view is called as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]
HEAVY: Final[dict[str, View]] = {}
"""The heavy views by name, as another process finds them: `search.ways.concordance.views.page`."""
RETRY_AFTER: Final = 5  # seconds
LATER: Final = 60  # seconds after which a machine that was too busy for one answer is asked again
RUNNER: Final = "run_heavy"  # attribute of a request that knows how heavy work is done
_processor: ContextVar[tuple[float, float]] = ContextVar("processor", default=(0.0, float("inf")))  # begun, ended
_clock: ContextVar[tuple[float, float]] = ContextVar("clock", default=(0.0, float("inf")))


class OutOfBounds(Exception):
    """A request is not answered because of what it would take; never answered in part."""


class OutOfTime(OutOfBounds):
    """The work takes longer than one request may; `is_starved` where others kept it from the processor."""

    def __init__(self, *, is_starved: bool = False) -> None:
        super().__init__()
        self.is_starved = is_starved


class OutOfSpace(OutOfBounds):
    """The answer, or what it takes to make it, is larger than one request may have."""


class TooMany(OutOfBounds):
    """As much heavy work as may be is on its way (503), or this address asked for its number of it (429)."""

    def __init__(self, seconds: int = RETRY_AFTER, *, of_address: bool = False) -> None:
        super().__init__()
        self.seconds = seconds
        self.of_address = of_address


def heavy(view: View) -> View:
    """Have a view bounded in number, time, memory and size. Stands innermost: what is kept needs no heavy work."""
    return heavy_if(lambda _request: True)(view)


def heavy_if(is_heavy: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """The same for those requests alone of which `is_heavy` says so."""

    def decorated(view: View) -> View:
        name = f"{view.__module__}.{view.__qualname__}"
        HEAVY[name] = view

        @wraps(view)
        def answered(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            run = getattr(request, RUNNER, None)
            if run is None or not is_heavy(request):
                return view(request, *arguments, **named)
            made: HttpResponseBase = run(name, request, arguments, named)
            return made

        return answered

    return decorated


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """While this lasts, in this thread, `check_time` allows so many seconds; a limit within a limit has its own.

    They are seconds of the processor, so that nobody is refused for what others have the machine do.
    """
    began = time.thread_time()
    token = _processor.set((began, began + seconds))
    try:
        yield
    finally:
        _processor.reset(token)


def ends_by_the_clock(seconds: float) -> None:
    """Tell the work of this process that it is ended in so many seconds, however much of a processor it gets."""
    began = time.monotonic()
    _clock.set((began, began + seconds))


def check_time() -> None:
    """OutOfTime when the time of the present request is up; asked between steps of work that can grow."""
    if time.thread_time() > _processor.get()[1]:
        raise OutOfTime


def is_spent(share: float) -> bool:
    """Whether this share of the time of the present request is up: work that can do with less stops then."""
    times = (time.thread_time(), _processor.get()), (time.monotonic(), _clock.get())
    return any(now > began + share * (ends - began) for now, (began, ends) in times)
