"""A dump made in the queue of work: a few hundred rows a step, so that nobody waits for it and a kill costs a step."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.dataset.held import Dump, dumps, folder, keep, standing
from archive.dataset.package import data_package, read_me
from archive.dataset.tables import TABLES, Table, Values, columns
from archive.text.tables import as_csv
from archive.work.models import Job
from archive.work.queue import LATER, begin

DUMP: Final = "dump-dataset"
LABEL: Final = _("make the monthly dump")
LOOKED_FOR_SECONDS: Final = 300.0
ROWS: Final = 200  # of a step


def begin_due() -> Job | None:
    """Have this month's dump made where there is none that may be offered, and articles to be dumped."""
    name = _name(timezone.now())
    waits = Job.objects.filter(kind=DUMP).exclude(state__in=Job.OVER).exists()
    if waits or not Article.objects.published().exists() or any(dump.name == name for dump in dumps()):
        return None
    return begin(DUMP, {}, priority=LATER)


def _name(moment: datetime.datetime) -> str:
    return f"diwan-{moment:%Y-%m}"


def step(job: Job) -> bool:
    """Write the next rows; where all are written, close the dump, or begin anew where something was withdrawn since."""
    if job.cursor is None:
        _begin(job)
        return True
    if job.cursor["table"] < len(TABLES):
        _write_some(job)
        return True
    made_at = datetime.datetime.fromisoformat(job.cursor["made_at"])
    if job.cursor["standing"] != standing(made_at):
        job.cursor, job.done = None, 0
        return True
    part = _part(job)
    _pack(part, Dump(_name(made_at), made_at, job.cursor["counts"], job.cursor["standing"]))
    transaction.on_commit(lambda: shutil.rmtree(part, ignore_errors=True))
    return False


def _begin(job: Job) -> None:
    now = timezone.now()
    shutil.rmtree(_part(job), ignore_errors=True)
    _part(job).mkdir(parents=True)
    counts = {table.name: 0 for table in TABLES}
    job.cursor = {
        "table": 0,
        "after": 0,
        "sizes": {},
        "counts": counts,
        "made_at": now.isoformat(),
        "standing": standing(now),
    }
    job.total = sum(table.held().count() for table in TABLES)


def _part(job: Job) -> Path:
    return folder() / f".{job.pk}.part"


def _write_some(job: Job) -> None:
    cursor: dict[str, Any] = job.cursor or {}
    table = TABLES[cursor["table"]]
    rows = table.rows(cursor["after"], ROWS)
    for form in ("csv", "jsonl"):
        path = _part(job) / f"{table.name}.{form}"
        cursor["sizes"][path.name] = _append(
            path, cursor["sizes"].get(path.name, 0), _lines(table, form, [values for _key, values in rows])
        )
    cursor["counts"][table.name] += len(rows)
    job.done += len(rows)
    cursor["after"] = rows[-1][0] if rows else 0
    cursor["table"] += len(rows) < ROWS
    if len(rows) < ROWS:
        cursor["after"] = 0


def _append(path: Path, size: int, content: tuple[str, str]) -> int:
    """Add lines after the first `size` bytes, for what follows them was written by a step that was killed.

    `content` is the head of the file, for a new one, and the lines.
    """
    with path.open("ab") as file:
        file.truncate(size)
        file.write("".join(content if size == 0 else content[1:]).encode())
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _lines(table: Table, form: str, rows: list[Values]) -> tuple[str, str]:
    names = list(columns(table))
    if form == "jsonl":
        objects = (dict(zip(names, row, strict=True)) for row in rows)
        return "", "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
    head, *lines = as_csv(names, (["" if cell is None else cell for cell in row] for row in rows))
    return head, "".join(lines)


def _pack(part: Path, dump: Dump) -> None:
    """The files as one ZIP, which has its name when it is complete."""
    (part / "datapackage.json").write_text(data_package(dump.name, dump.made_at, dump.counts), "utf-8")
    (part / "README.md").write_text(read_me(dump.name), "utf-8")
    packed = folder() / f".{dump.name}.zip.part"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in sorted(part.iterdir()):
            bundle.write(path, f"{dump.name}/{path.name}")
    packed.replace(dump.path)
    keep(dump)
