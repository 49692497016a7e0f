"""What serves the archive, as one word: the same on every machine that runs the same code with the same settings.

Pages are kept under tags that hold it, so that a new release, or another setting, makes every page anew, while a
restart and a second machine do not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

PARTS: Final = ("archive/**/*.py", "search/**/*.py", "config/**/*.py", "templates/**/*", "static/**/*")
MORE: Final = ("locale/*/LC_MESSAGES/*.mo", "requirements.txt")
ADDRESS: Final = re.compile(r" at 0x[0-9a-f]+")


@cache
def release() -> str:
    """Eight hex digits of a digest of all code, templates, translations, static files, pins and settings."""
    told = hashlib.sha256()
    for path in _files(settings.BASE_DIR):
        told.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    places = (str(settings.VAR_DIR), str(settings.BASE_DIR))  # each machine's own
    for name in sorted(filter(str.isupper, dir(settings))):
        value = ADDRESS.sub("", _spelt(getattr(settings, name)))
        for place in places:
            value = value.replace(place, "")
        told.update(f"{name}={value}\0".encode())
    return told.hexdigest()[:8]


def _files(folder: Path) -> Iterator[Path]:
    for pattern in PARTS + MORE:
        yield from sorted(path for path in folder.glob(pattern) if path.is_file())


def _spelt(value: Any) -> str:
    """A value in words that do not depend on the process: sets in order."""
    if isinstance(value, dict):
        return repr([(str(key), _spelt(held)) for key, held in sorted(value.items(), key=lambda row: str(row[0]))])
    if isinstance(value, (set, frozenset)):
        return repr(sorted(map(_spelt, value)))
    if isinstance(value, (list, tuple)):
        return repr(list(map(_spelt, value)))
    return repr(value)
