"""The sentences of the interface in other languages: `django.po` as translators write it, `django.mo` as it is read."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def catalogues() -> Iterator[Path]:
    """Every `django.po` of the archive."""
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/django.po"))


def stale() -> list[Path]:
    """The catalogues whose compiled form is missing or says something else. Some `stat`s where nothing was changed."""
    return [path for path in catalogues() if _is_stale(path)]


def compile_stale() -> list[str]:
    """Compile the stale catalogues; give their languages. OSError where the folder cannot be written."""
    found = stale()
    for path in found:
        fresh = path.with_suffix(f".{os.getpid()}.mo")
        fresh.write_bytes(_compiled(path))
        fresh.chmod(path.stat().st_mode & 0o666)  # code, not state: whoever may read the source may read this
        fresh.replace(path.with_suffix(".mo"))
    return [_language(path) for path in found]


def lacking() -> str:
    """What is wrong with the translations, "" when nothing is."""
    languages = [_language(path) for path in stale()]
    return f"not compiled: {', '.join(languages)}" if languages else ""


def _is_stale(path: Path) -> bool:
    present = path.with_suffix(".mo")
    if not present.is_file():
        return True
    changed, compiled = path.stat().st_mtime_ns, present.stat().st_mtime_ns
    return compiled < changed and _differ(path, changed, compiled)


@cache
def _differ(path: Path, _changed: int, _compiled_at: int) -> bool:
    """Whether the compiled form says something else; a copied or unpacked source may only look newer than it."""
    return path.with_suffix(".mo").read_bytes() != _compiled(path)


def _compiled(path: Path) -> bytes:
    memory = io.BytesIO()
    with path.open("rb") as file:
        write_mo(memory, read_po(file, locale=_language(path)))
    return memory.getvalue()


def _language(catalogue: Path) -> str:
    return catalogue.parent.parent.name
