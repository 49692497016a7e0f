"""Style sheets as they are sent: without comments and blanks, which are for those who write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import rcssmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class SheetsWithoutBlanks(CompressedManifestStaticFilesStorage):
    """Collected files under names that tell their content, compressed; of style sheets only what browsers read.

    The name of a sheet is the digest of what is sent. The rules stay as they are and in their order: nothing is
    merged, shortened or left out.
    """

    def post_process(self, paths: dict[str, tuple[Any, str]], *args: Any, **options: Any) -> Iterator[tuple]:
        read = {
            name: (WithoutBlanks(storage) if name.endswith(".css") else storage, path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(read, *args, **options)


class WithoutBlanks:
    """Where a sheet is collected from, and what is read there in its stead."""

    def __init__(self, storage: Any) -> None:
        self.storage = storage

    def open(self, path: str) -> ContentFile:
        with self.storage.open(path) as sheet:
            return ContentFile(rcssmin.cssmin(sheet.read().decode("utf-8")).encode())
