"""The engine that answers questions and holds the index: the one that the settings name, behind `protocol`."""

from __future__ import annotations

from typing import Any

from haystack import connections


def engine() -> Any:
    """The engine that the settings name."""
    return connections["default"].get_backend()
