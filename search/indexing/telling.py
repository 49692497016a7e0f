"""What a command says when the search cannot be asked: a sentence, and a status that is not 0."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from search.engine.protocol import SearchUnavailable


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """Have a command end by the engine's own reason."""
    try:
        yield
    except SearchUnavailable as error:
        raise CommandError(f"The search cannot answer: {error.reason}.") from error
