"""Bags: a folder with a digest of every file in it (BagIt, RFC 8493), so that whoever receives it knows it is whole."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Final

import bagit  # type: ignore[import-untyped]

from archive.captures.plain_files import walk

DATA: Final = "data"
logging.getLogger("bagit").setLevel(logging.CRITICAL)  # what is wrong with a bag is said once, in our words


class ExchangeError(Exception):
    """Why an archive cannot be exported or imported, in words for the operator."""


def close(folder: Path, told: dict[str, str]) -> None:
    """Make a bag of what lies in a folder, which moves into `data/`; all of it is on disk when this returns."""
    bagit.make_bag(str(folder), told, checksums=["sha256"])
    for path in (folder, *sorted(folder.rglob("*"))):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def opened(folder: Path) -> Path:
    """The folder of data of a bag whose every digest was compared; ExchangeError where one differs."""
    if not folder.is_dir():
        raise ExchangeError(f"{folder} is no folder.")
    for found in walk(folder):
        if found.why:
            raise ExchangeError(f"{found.path} is not read: {found.why}.")
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagValidationError as error:
        raise ExchangeError(f"{folder} is damaged: {error}") from error
    except (bagit.BagError, OSError, ValueError) as error:
        raise ExchangeError(f"{folder} is no bag, or an incomplete one: {error}") from error
    return folder / DATA
