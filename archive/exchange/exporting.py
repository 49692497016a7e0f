"""The archive written to a new bag: `archive.json`, rows as JSON Lines in `records/`, pages as WARC in `captures/`."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connection, transaction

from archive.captures.models import Capture
from archive.captures.payloads import PayloadsUnreachable, store
from archive.exchange import bags
from archive.exchange.bags import ExchangeError
from archive.exchange.described import FORMAT, described
from archive.exchange.kept import exported
from archive.exchange.rows import CHUNK, read
from archive.exchange.warcs import Warcs

RECORDS, CAPTURES, ABOUT = "records", "captures", "archive.json"
Told = Callable[[int], object]
_BAG: Final = {"Bag-Software-Agent": "Diwan export_archive", "External-Description": "An archive of diplomatic news"}


@dataclass(frozen=True, slots=True)
class Report:
    """How many rows and pages there are; the digests of pages whose bytes were damaged or gone."""

    rows: int
    pages: int
    lost: tuple[str, ...] = ()


def export(folder: Path, told: Told = int) -> Report:
    """Write the archive to a new folder, which appears when it is complete; `told` hears of every row and page."""
    if os.path.lexists(folder):
        raise ExchangeError(f"{folder} exists; name a folder that does not.")
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(mode=0o700, parents=True)
        report = _write(part, told)
        bags.close(part, _BAG | {"External-Identifier": f"diwan-archive-format-{FORMAT}"})
        part.rename(folder)
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError | DatabaseError):
            raise ExchangeError(f"{folder} cannot be written: {getattr(error, 'strerror', None) or error}.") from error
        raise
    return report


def _write(part: Path, told: Told) -> Report:
    for name in (RECORDS, CAPTURES):
        (part / name).mkdir(mode=0o700)
    with one_moment():
        counts = {model._meta.label: _write_rows(part / RECORDS, model, told) for model in exported()}
        pages, lost = _write_pages(part / CAPTURES, told)
    (part / ABOUT).write_text(json.dumps(described(counts, lost), ensure_ascii=False, indent=1), "utf-8")
    return Report(sum(counts.values()), pages, tuple(lost))


def _write_rows(folder: Path, model: Any, told: Told) -> int:
    count = 0
    with (folder / f"{model._meta.label}.jsonl").open("x", encoding="utf-8") as file:
        for row in read(model):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
            told(1)
    return count


def _write_pages(folder: Path, told: Told) -> tuple[int, list[str]]:
    """The bytes of every capture that still have their digest, the digests of others; of erased ones none."""
    count, lost = 0, []
    with Warcs(folder) as warcs:
        for capture in Capture.objects.filter(erased_at=None).order_by("pk").iterator(chunk_size=CHUNK):
            try:
                payload = store().get(capture.payload_digest)
            except PayloadsUnreachable as error:
                raise ExchangeError(str(error)) from error
            except OSError:
                payload = b""
            if store().digest(payload) == capture.payload_digest:
                warcs.add(capture, payload)
                count += 1
            else:
                lost.append(capture.payload_digest)
            told(1)
    return count, lost


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within is of one moment, while others write."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    connection.ensure_connection()
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]
