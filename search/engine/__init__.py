"""The engine that answers questions and holds an index: the one that the settings name, behind `protocol`.

There are two indexes, each in a folder of its own: that of the public articles, which all pages of readers are made
from, and a small one of the others, which only the desk asks (tests/test_architecture.py names who may).
"""

from __future__ import annotations

from typing import Final

from haystack import connections

from search.engine.protocol import Engine

PUBLIC: Final = "default"
UNPUBLISHED: Final = "drafts"


def engine(index: str = PUBLIC) -> Engine:
    """The engine of an index, as Haystack's backend of this thread."""
    backend: Engine = connections[index].get_backend()
    return backend
