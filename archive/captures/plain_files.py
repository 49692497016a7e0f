"""Plain files below a folder: links, pipes, sockets and devices in it are named, not read.

A link leads out of the folder that somebody filled to whatever the archive may read. One that the operator names is the
operator's choice and is followed; below it none is, neither at the end of a path nor in the middle, and not even when
it takes the place of a file after the folder was listed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC


class NotPlain(OSError):
    """What is there is no plain file: a link, a pipe, a socket, a device."""


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """Something below a folder: its parts from there on, and why it is not a plain file, "" when it is one."""

    root: Path
    parts: tuple[str, ...]
    why: str = ""
    is_unread: bool = False  # a folder that could not be looked into: plain files may be in it

    @property
    def path(self) -> Path:
        return self.root.joinpath(*self.parts)

    def open(self) -> BufferedReader:
        return open_below(self.root, self.parts)


def walk(folder: Path) -> Iterator[FolderEntry]:
    """Everything below a folder but folders, in the order of the paths."""
    yield from sorted(_walk(folder, ()), key=lambda found: found.parts)


def _walk(root: Path, parts: tuple[str, ...]) -> Iterator[FolderEntry]:
    try:
        with os.scandir(root.joinpath(*parts)) as entries:
            held = list(entries)
    except OSError as error:
        yield FolderEntry(root, parts, f"a folder that cannot be read: {error.strerror}", is_unread=True)
        return
    for entry in held:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, (*parts, entry.name))
        else:
            yield FolderEntry(root, (*parts, entry.name), "" if entry.is_file(follow_symlinks=False) else _kind(entry))


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        return KINDS.get(stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode), "no plain file")
    except OSError:
        return "gone"


def open_named(path: Path) -> BufferedReader:
    """Open a plain file, or one that a link leads to; NotPlain for anything else."""
    _insist(path.stat().st_mode)
    return _opened(os.open(path, FILE))


def open_below(root: Path, parts: tuple[str, ...]) -> BufferedReader:
    """Open the plain file of these parts below a folder, following no link; NotPlain for anything else."""
    *folders, name = parts
    with ExitStack() as stack:
        parent = os.open(root, FOLDER)
        stack.callback(os.close, parent)
        for folder in folders:
            _insist(os.stat(folder, dir_fd=parent, follow_symlinks=False).st_mode, stat.S_IFDIR)
            parent = os.open(folder, FOLDER | os.O_NOFOLLOW, dir_fd=parent)
            stack.callback(os.close, parent)
        _insist(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode)
        return _opened(os.open(name, FILE | os.O_NOFOLLOW, dir_fd=parent))


def _opened(descriptor: int) -> BufferedReader:
    """The file, looked at once more: what was there before it was opened may have been replaced."""
    file = os.fdopen(descriptor, "rb")
    try:
        _insist(os.fstat(descriptor).st_mode)
    except NotPlain:
        file.close()
        raise
    return file


def _insist(mode: int, wanted: int = stat.S_IFREG) -> None:
    kind = stat.S_IFMT(mode)
    if kind != wanted:
        raise NotPlain(f"not read, it is {KINDS.get(kind, 'no plain file')}")


def shown(path: Path) -> str:
    """A path for a line and for the record: what is no letter, and could turn or end the line, is U+FFFD.

    >>> shown(Path("فایل‌ها/a\\nb.txt"))
    'فایل‌ها/a�b.txt'
    """
    return clean_name(os.fsencode(path).decode("utf-8", "replace"))


def clean_name(text: str) -> str:
    """The same of a name that is no path of this machine: of a member of a ZIP, of a part of an e-mail."""
    return "".join(c if c.isprintable() or c in "\u200c\u200d" else "\ufffd" for c in text)
