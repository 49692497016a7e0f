"""The engine that answers questions and holds the index: the one that the settings name, behind `protocol`."""

from __future__ import annotations

from haystack import connections

from search.engine.protocol import Engine


def engine() -> Engine:
    """The engine that the settings name, as Haystack's backend of this thread."""
    backend: Engine = connections["default"].get_backend()
    return backend
