"""A consistent copy of the database, made while others write: by SQLite's own backup, or by PostgreSQL's pg_dump."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class BackupError(Exception):
    """Why a backup cannot be made or restored, in words for the operator."""


class Snapshots(Protocol):
    """`files` are what a snapshot is made of, below the folder of its backup; the first is the database."""

    files: tuple[str, ...]

    def take(self, folder: Path) -> None:
        """Write a snapshot of this moment. OSError where there is no room."""
        ...

    def named(self, folder: Path) -> Iterator[str]:
        """The digests of the captures that a snapshot names, in order; not of erased ones."""
        ...

    def holds_captures(self) -> bool:
        """Whether the database of the settings is an archive with something in it."""
        ...

    def put_back(self, folder: Path) -> None:
        """Make the database of the settings, which holds no captures, that of a snapshot; whole or not at all."""
        ...

    def other_than(self, folder: Path) -> str:
        """What to do with a backup that was made of the other kind of database; "" where it is none."""
        ...


def sync(path: Path) -> None:
    """Have it outlive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
