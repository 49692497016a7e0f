"""The dumps that are held: a ZIP and a note beside it of when and of what it was made, in the folder of the dumps.

A dump is offered as long as every article in it is public. Whatever is withdrawn, deleted or changed in its rights
after it was made takes it away at once, and the next one is made without.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, F, Max, Sum

from archive.articles.models import Article
from archive.authorities.directory import directory
from archive.curation.models import CurationEvent

NAME: Final = re.compile(r"diwan-\d{4}-\d{2}")
MOST: Final = 12  # dumps that are held, a month each


@dataclass(frozen=True, slots=True)
class Dump:
    """`counts` are rows by table; `standing` is what `standing` was when it was made."""

    name: str
    made_at: datetime.datetime
    counts: dict[str, int]
    standing: list[Any]

    @property
    def path(self) -> Path:
        return folder() / f"{self.name}.zip"

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def is_current(self) -> bool:
        """Whether readers may still have all that is in it."""
        return self.standing == standing(self.made_at)


def folder() -> Path:
    return Path(settings.DATASETS_DIR)


def standing(moment: datetime.datetime) -> list[Any]:
    """Changes with every article that was public at a moment and is not any more, and with the rights of sources.

    It may be withdrawn, deleted, or given to another source, which allows less.
    """
    withdrawn = CurationEvent.objects.filter(action=CurationEvent.Action.WITHDRAW).aggregate(last=Max("pk"))["last"]
    public = Article.objects.published().filter(first_published_at__lte=moment).order_by()
    held = public.aggregate(number=Count("pk"), sources=Sum(F("pk") * F("source_id")))
    rights = repr((settings.RIGHTS_PAGES, settings.RIGHTS_BULK, sorted(directory().rights.items())))
    return [withdrawn, held["number"], held["sources"], hashlib.sha256(rights.encode()).hexdigest()]


def dumps() -> Iterator[Dump]:
    """All dumps that may be offered, the newest first."""
    for path in sorted(folder().glob("diwan-*.json"), reverse=True):
        with suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads(path.read_text("utf-8"))
            made_at = datetime.datetime.fromisoformat(told["made_at"])
            dump = Dump(path.stem, made_at, told["counts"], told["standing"])
            if dump.path.exists() and dump.is_current:
                yield dump


def named(name: str) -> Dump | None:
    return next((dump for dump in dumps() if dump.name == name), None)


def keep(dump: Dump) -> None:
    """Write the note of a dump whose ZIP is in its place; what is offered no more, or too old, goes."""
    told = {"made_at": dump.made_at.isoformat(), "counts": dump.counts, "standing": dump.standing}
    part = folder() / f".{dump.name}.json.part"
    part.write_text(json.dumps(told), "utf-8")
    part.replace(folder() / f"{dump.name}.json")
    kept = {one.name for one in list(dumps())[:MOST]}
    for path in folder().glob("diwan-*"):
        if NAME.fullmatch(path.stem) and path.stem not in kept:
            path.unlink(missing_ok=True)
