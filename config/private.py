"""The state folder is its owner's alone: folders 0700, files 0600, whatever the umask of the one who starts a process.

Nothing in it is meant for another user of the machine. Static files are no exception: the archive serves them itself,
and the folder above them is closed, so that a proxy of another user could not read them anyway.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

OTHERS = 0o077  # what group and others may do


def be_private() -> None:
    """Have this process, and those it starts, make files and folders that nobody else may read."""
    os.umask(OTHERS)


def is_private(place: Path) -> bool:
    """Whether group and others may do nothing with a file or folder; one that is missing shows nobody anything."""
    try:
        return not place.stat().st_mode & OTHERS
    except FileNotFoundError:
        return True


def tighten(places: Iterable[Path]) -> list[Path]:
    """Close files, and folders with all below them, to group and others; give those that could not be closed.

    A place may itself be a link, which an operator put there. Links further down are neither followed nor changed.
    """
    refused: list[Path] = []
    for place in {place.resolve() for place in places if place.exists()}:
        for path in [place, *_below(place)]:
            try:
                _close(path)
            except OSError:
                refused.append(path)
    return sorted(refused)


def _below(folder: Path) -> Iterator[Path]:
    """Everything below a folder; nothing below a file."""
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *files))


def _close(path: Path) -> None:
    held = path.lstat().st_mode
    if not held & OTHERS or stat.S_ISLNK(held):
        return
    # Through the open file: a link that takes the place of the file meanwhile is not followed, a pipe does not block.
    with suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            os.fchmod(descriptor, stat.S_IMODE(os.fstat(descriptor).st_mode) & ~OTHERS)
        finally:
            os.close(descriptor)
