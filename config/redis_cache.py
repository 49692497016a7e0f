"""A cache that machines share; in a module of its own, for its client takes long to load and most need none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis import RedisError

REST: Final = 10.0  # seconds that a server which did not answer is left alone, so that pages do not wait for it


class PatientRedisCache(RedisCache):
    """A server of Redis or Valkey, for all machines; OSError where it does not answer."""

    _rests_until = 0.0  # of this process, for all caches on the server

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with self._asked():
            return super().get(key, default, version)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with self._asked():
            super().set(key, value, timeout, version)

    def clear(self) -> None:
        with self._asked():
            super().clear()

    @contextmanager
    def _asked(self) -> Iterator[None]:
        if time.monotonic() < PatientRedisCache._rests_until:
            raise OSError("the server of the cache is left alone for a while")
        try:
            yield
        except RedisError as error:
            PatientRedisCache._rests_until = time.monotonic() + REST
            raise OSError(f"the server of the cache does not answer: {error}") from error
