"""An archive from a bag, in an empty database: whole, compared field by field, or not at all.

Pages are put into the payload store first, where they harm nobody; then all rows are written in one transaction, which
ends when every one of them was read again and found to be what the bag says. Whatever stops it, running the same again
ends well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from archive.captures.models import Capture
from archive.captures.payloads import side_by_side, store
from archive.exchange import bags
from archive.exchange.bags import ExchangeError
from archive.exchange.described import FORMAT, dictionary
from archive.exchange.exporting import ABOUT, CAPTURES, RECORDS, Report, Told
from archive.exchange.kept import MADE_WITH_TABLES, exported, model_of
from archive.exchange.rows import CHUNK, NotARow, Row, number_on, read, write
from archive.exchange.warcs import payloads


def import_from(folder: Path, told: Told = int) -> Report:
    """Make this archive, which is empty, the one of the bag."""
    if held := _held():
        raise ExchangeError(f"This archive holds rows of {held}; import into an empty one (DIWAN_VAR).")
    data = bags.opened(folder)
    about = _about(data)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        pages = _keep_pages(data, told)
        with transaction.atomic():
            count = _write_all(data, told)
            _compare(data, about)
    except ValueError as error:
        raise ExchangeError(f"{folder} cannot be imported: {error}.") from error
    except (OSError, DatabaseError) as error:
        raise ExchangeError(f"Nothing was imported: {getattr(error, 'strerror', None) or error}.") from error
    return Report(count, pages, tuple(about["lost"]))


def _held() -> str:
    """The first model of which there are rows; "" for an empty archive."""
    present = set(connection.introspection.table_names())
    asked = (model for model in exported() if model._meta.label not in MADE_WITH_TABLES)
    filled = (m._meta.label for m in asked if m._meta.db_table in present and m._base_manager.exists())
    return next(filled, "")


def _about(data: Path) -> dict[str, Any]:
    """What the bag says of itself; ExchangeError where another version wrote it."""
    try:
        about: dict[str, Any] = json.loads((data / ABOUT).read_text("utf-8"))
        version, models, _lost = about["format"], about["models"], list(about["lost"])
        written = {label: list(told["fields"]) for label, told in models.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExchangeError(f"{data.parent} is a bag, but not of an archive of Diwan: {error!r}") from error
    if version != FORMAT:
        raise ExchangeError(f"{data.parent} has format {version}; this version reads format {FORMAT}.")
    own = {model._meta.label: list(dictionary(model)) for model in exported()}
    if different := sorted(label for label in own | written if own.get(label) != written.get(label)):
        raise ExchangeError(
            f"{data.parent} was written by another version of Diwan, which keeps {', '.join(different)} otherwise: "
            "import it with that version, then bring its database to this one."
        )
    return about


def _keep_pages(data: Path, told: Told) -> int:
    count, most = 0, settings.CAPTURE_MAX_BYTES
    for path in sorted((data / CAPTURES).glob("*.warc.gz")):
        try:
            for _digest in side_by_side(store().put, payloads(path, most)):
                count += 1
                told(1)
        except ValueError as error:
            raise ExchangeError(f"{path.name} cannot be read: {error} (DIWAN_CAPTURE_MAX_BYTES).") from error
    return count


def _write_all(data: Path, told: Told) -> int:
    count = 0
    for label in MADE_WITH_TABLES:
        model_of(label)._base_manager.all().delete()  # the bag tells what they are
    for model in exported():
        count += (more := write(model, _rows(data, model)))
        told(more)
    number_on(exported())
    return count


def _rows(data: Path, model: type[Model]) -> Iterator[Row]:
    with (data / RECORDS / f"{model._meta.label}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise NotARow(f"{model._meta.label} has a line that is no object")
            yield row


def _compare(data: Path, about: dict[str, Any]) -> None:
    """Read everything again; ExchangeError where a field, a row or a page is not what the bag says."""
    for model in exported():
        label, count = model._meta.label, 0
        for wanted, present in zip_longest(_rows(data, model), read(model)):
            if wanted != present:
                raise ExchangeError(f"{label} differs from the bag after row {count}: nothing was imported.")
            count += 1
        if count != about["models"][label]["rows"]:
            raise ExchangeError(f"{label} has {count} rows, not as many as the bag says: nothing was imported.")
    lost = set(about["lost"])
    pages = Capture.objects.filter(erased_at=None).values_list("payload_digest", flat=True)
    for digest in pages.iterator(chunk_size=CHUNK):
        if digest not in lost and not store().has(digest):
            raise ExchangeError(f"The page {digest} is not in the bag: nothing was imported.")
