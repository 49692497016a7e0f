"""What was sent from a browser, kept in a folder of its own until its accession is done."""

from __future__ import annotations

import datetime
import json
import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from archive.captures.plain_files import clean_name
from archive.intake.models import Accession

WAYS: Final = (Accession.Way.UPLOAD, Accession.Way.PASTE, Accession.Way.BROWSER)
TRIED_FOR: Final = datetime.timedelta(days=7)  # how long the files of a dry run wait to be taken in
PASTED: Final = "pasted.jsonl"
MOST_NAME: Final = 100  # letters of a file's name that are kept; some disks take 255 bytes


def keep_files(files: Iterable[UploadedFile]) -> list[str]:
    """Keep the files; gives their places below `UPLOADS_DIR`, as an accession names them."""
    folder = _new_folder()
    for file in files:
        with _free(folder, file.name or "").open("xb") as kept:
            for piece in file.chunks():
                kept.write(piece)
    return [str(path.relative_to(settings.UPLOADS_DIR)) for path in sorted(folder.iterdir())]


def keep_text(said: Mapping[str, str]) -> list[str]:
    """Keep a text that was pasted, with what was said of it, as a record of one line."""
    path = _new_folder() / PASTED
    path.write_text(
        json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False) + "\n", "utf-8"
    )
    return [str(path.relative_to(settings.UPLOADS_DIR))]


def paths(accession: Accession) -> list[Path]:
    """Where the files of an accession are: below `UPLOADS_DIR` where they were sent from a browser."""
    root = Path(settings.UPLOADS_DIR) if accession.way in WAYS else Path()
    return [root / origin for origin in accession.origins]


def names(accession: Accession) -> list[str]:
    """What an accession was given, by the names that whoever gave it knows: files of a browser without their folder."""
    sent = accession.way in WAYS
    return [str(origin).partition("/")[2] if sent else str(origin) for origin in accession.origins]


def prefix(accession: Accession) -> str:
    """What the names of items begin with and nobody needs to know."""
    return f"{paths(accession)[0].parent}/" if accession.way in WAYS and accession.origins else ""


def discard(accession: Accession) -> None:
    """Take the files away; the bytes of every item are captures by now."""
    for folder in {path.parent for path in paths(accession)} if accession.way in WAYS else ():
        shutil.rmtree(folder, ignore_errors=True)


def discard_tried() -> None:
    """Take away what dry runs have told of long ago and nobody has taken in since."""
    over = Accession.objects.filter(is_dry_run=True, way__in=WAYS, ended_at__lt=timezone.now() - TRIED_FOR)
    for accession in over.only("way", "origins"):
        discard(accession)


def _new_folder() -> Path:
    discard_tried()
    folder = Path(settings.UPLOADS_DIR) / secrets.token_hex(8)
    folder.mkdir(parents=True)
    return folder


def _free(folder: Path, name: str) -> Path:
    """A path for a file of this name, which nobody has in the folder yet."""
    base = clean_name(name.replace("\\", "/").rpartition("/")[2]).lstrip(".")[-MOST_NAME:] or "file"
    return next(
        path for number in range(10_000) if not (path := folder / (f"{number}-{base}" if number else base)).exists()
    )
