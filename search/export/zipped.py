"""A file and, beside it, what was asked for it: as a ZIP, for formats that have no place to say it in."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, Final

from django.http import FileResponse
from django.utils import timezone

NAME: Final = "diwan"
BESIDE: Final = "question.txt"


def zipped(suffix: str, content: Iterable[bytes], told: str) -> FileResponse:
    """`diwan.csv`, and `question.txt` with what is told of it; never whole in memory."""
    file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as held:
        with held.open(_entry(f"{NAME}.{suffix}"), "w", force_zip64=True) as part:
            for chunk in content:
                part.write(chunk)
        held.writestr(_entry(BESIDE), told.encode("utf-8", "replace"))
    file.seek(0)
    return FileResponse(file, content_type="application/zip")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, timezone.now().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
