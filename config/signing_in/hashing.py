"""Passwords are hashed so many at a time, over all workers: a hash takes a processor for a third of a second.

Whoever comes when all turns are taken waits for one, in one of a few places; beyond these `Busy` is raised at once, so
that no guesser keeps the threads that answer readers.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from config import slots

logger = logging.getLogger("config.signing_in")
PATIENCE = 3.0  # seconds that whoever has a place to wait waits for a turn
PLACES = 2  # to wait, for each turn
NICE = 10  # a tenth of the processor where others want it too
LOOK = 0.02  # seconds between looks at whether a turn is free

_has_turn: ContextVar[bool] = ContextVar("has_turn", default=False)


class Busy(Exception):
    """As many passwords as may be are being hashed, and as many wait."""


class PasswordHasher(PBKDF2PasswordHasher):
    """Django's own, in turn; whatever checks or sets a password comes here."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with turn():
            return _background(os.getpid()).submit(super().encode, password, salt, iterations).result()


@cache
def _background(_pid: int) -> ThreadPoolExecutor:
    """A thread of this process that leaves the processor to those who answer readers (Linux alone can)."""
    return ThreadPoolExecutor(at_once(), "hashing", initializer=_step_back)


def _step_back() -> None:
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


def at_once() -> int:
    """How many passwords are hashed at a time: `DIWAN_PASSWORDS_AT_ONCE`, or one for two processors."""
    return settings.PASSWORDS_AT_ONCE or max(1, (os.cpu_count() or 1) // 2)


@contextmanager
def turn() -> Iterator[None]:
    """Hash within this; what is hashed within it again is the same turn. Raises Busy."""
    if _has_turn.get():
        yield
        return
    try:
        slot = _waited_for()
    except OSError as error:
        logger.error("passwords cannot be hashed in turn: %s", error)
        raise Busy from error
    with slot:
        token = _has_turn.set(True)
        try:
            yield
        finally:
            _has_turn.reset(token)


def _waited_for() -> slots.Slot:
    names = [f"password-{number}" for number in range(at_once())]
    free = slots.first_free(names)
    if free:
        return free
    place = slots.first_free(f"waiting-{number}" for number in range(PLACES * at_once()))
    if place is None:
        raise Busy
    end = time.monotonic() + PATIENCE
    with place:
        while time.monotonic() < end:
            time.sleep(LOOK)
            free = slots.first_free(names)
            if free:
                return free
    raise Busy
