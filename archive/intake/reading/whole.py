"""Whatever a person has: files, folders, bundles → what is in them, in one order, each under a name of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BufferedReader
from itertools import groupby
from pathlib import Path
from typing import Final

from archive.captures.plain_files import FolderEntry, open_named, shown, walk
from archive.intake.reading.bundles import read_bundle
from archive.intake.reading.folders import is_left_out, reads_by_name, sidecars_of
from archive.intake.reading.items import Bounds, Found, Reason, SetAside, Stated, Whole
from archive.intake.reading.kinds import HEAD, FileKind, kind_of
from archive.intake.reading.mail import read_mail
from archive.intake.reading.mailboxes import read_mailbox
from archive.intake.reading.pages import read_page
from archive.intake.reading.pdf import read_pdf
from archive.intake.reading.records import read_records
from archive.intake.reading.sidecars import read_sidecar
from archive.intake.reading.squeezed import guarded, read_squeezed
from archive.intake.reading.tables import read_table
from archive.intake.reading.warcs import read_warc

READERS: Final[dict[FileKind, Callable[[Whole], Iterator[Found]]]] = {
    FileKind.RECORDS: read_records,
    FileKind.TABLE: read_table,
    FileKind.MAIL: read_mail,
    FileKind.MAILBOX: read_mailbox,
    FileKind.PDF: read_pdf,
    FileKind.BUNDLE: read_bundle,
    FileKind.SQUEEZED: read_squeezed,
    FileKind.WARC: read_warc,
    FileKind.PAGE: read_page,
}


class Wholes:
    """All that lies in files and folders, as they were named; one that is named itself may be a link.

    `columns` and `stated` are the giver's. While it is read, `share` tells how far it is by bytes, from 0 to 1.
    """

    def __init__(
        self, paths: Iterable[Path], *, bounds: Bounds, columns: Mapping[str, tuple[str, ...]], stated: Stated
    ) -> None:
        self._given = Given(bounds, columns, stated)
        self._listed = [
            listed
            for is_folder, run in groupby(paths, Path.is_dir)
            for listed in (map(_listed, run) if is_folder else [_named(run)])
        ]
        self._total = sum(size for _files, _beside, size in self._listed) or 1
        self._read = 0
        self._open: BufferedReader | None = None

    @property
    def share(self) -> float:
        here = self._open.tell() if self._open and not self._open.closed else 0
        return min(1.0, (self._read + here) / self._total)

    def __iter__(self) -> Iterator[Found]:
        for files, beside, _size in self._listed:
            for name, file in files.items():
                if name in beside.values() or (file.parts and is_left_out(name)):
                    continue
                reason = reads_by_name(name) if file.parts and not file.why else None
                if file.why:
                    yield SetAside(shown(file.path), _plainly(file.why), refused=file.is_unread)
                elif reason:
                    yield SetAside(shown(file.path), reason)
                else:
                    said, problem = _said(files.get(beside.get(name, "")), self._given)
                    yield from problem
                    yield from self._file(file, said)

    def _file(self, file: FolderEntry, stated: Stated) -> Iterator[Found]:
        name = shown(file.path)
        try:
            opened = _opened(file)
        except OSError as error:
            yield SetAside(name, _plainly(error.strerror or str(error)), refused=True)
            return
        with opened as self._open:
            whole = Whole(opened, name, self._given.bounds, self._given.columns, stated, read_within=read_open)
            yield from guarded(whole, name)
            self._read += os.fstat(opened.fileno()).st_size


@dataclass(frozen=True, slots=True)
class Given:
    """What a giver says of everything, and what is read of it at most."""

    bounds: Bounds
    columns: Mapping[str, tuple[str, ...]]
    stated: Stated


Listed = tuple[dict[str, FolderEntry], dict[str, str], int]


def _listed(folder: Path) -> Listed:
    """The files of a folder in their order, which of them say something of which, and their size together."""
    return _with_sidecars({str(file.path): file for file in walk(folder)})


def _named(paths: Iterable[Path]) -> Listed:
    """The same of files that were named one by one, as a browser sends them."""
    return _with_sidecars({str(path): FolderEntry(path, ()) for path in paths})


def _with_sidecars(files: dict[str, FolderEntry]) -> Listed:
    beside = sidecars_of(name for name, file in files.items() if not file.why)
    size = 0
    for file in files.values():
        with suppress(OSError):
            size += 0 if file.why else file.path.stat().st_size
    return files, beside, size


def read_open(whole: Whole) -> Iterator[Found]:
    """What is in an open file, by its kind."""
    head = whole.file.read(HEAD)
    whole.file.seek(0)
    whole = replace(whole, read_within=read_open)
    yield from READERS[kind_of(head, whole.name, whole.columns)](whole)


def _opened(file: FolderEntry) -> BufferedReader:
    return file.open() if file.parts else open_named(file.root)


def _said(sidecar: FolderEntry | None, given: Given) -> tuple[Stated, list[SetAside]]:
    """What is said of a page in the file beside it, and what is wrong with that."""
    if sidecar is None:
        return given.stated, []
    name = shown(sidecar.path)
    try:
        with _opened(sidecar) as file:
            whole = Whole(file, name, given.bounds, given.columns, given.stated)
            said, reason = read_sidecar(file.read(given.bounds.item_bytes), whole)
    except OSError as error:
        return given.stated, [SetAside(name, _plainly(error.strerror or str(error)), refused=True)]
    return said, [SetAside(name, reason, refused=True)] if reason else []


def _plainly(what: str) -> Reason:
    """What a system or a folder says of a file, as it says it."""
    return Reason("%(what)s", {"what": what})
