"""The archive that is asked: a state folder, copied for each run, served in this process; its clock stands still."""

from __future__ import annotations

import datetime
import html
import io
import json
import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

NOON = datetime.datetime(2030, 1, 2, 12, tzinfo=datetime.UTC)
DISK = SimpleNamespace(total=100, used=40, free=60)
KEEPER = "keeper"
OWN = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DIWAN_HTTPS": "off",
    "DIWAN_SECRET_KEY": "a key for pages that are compared, and for nothing else",
    "DIWAN_PAGES_KEPT": "0",  # every page is made
    "DIWAN_MISTAKES_PER_HOUR": "1000",
}
MADE_ANEW = ("pages", "pictures", "static")


def enter(folder: Path) -> None:
    """Set Django up for this state folder, at `NOON`, with much room on the disk, and have this code get it ready."""
    for name in [name for name in os.environ if name.startswith("DIWAN_")]:
        del os.environ[name]
    os.environ.update(OWN, DIWAN_VAR=str(folder))
    from django.utils import timezone

    timezone.now = lambda: NOON
    shutil.disk_usage = lambda _path: DISK  # type: ignore[assignment, return-value]
    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.CRITICAL)
    (folder / "static").mkdir(parents=True, exist_ok=True)
    call_command("prepare", stdout=io.StringIO(), stderr=io.StringIO())
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def copy(archive: Path, folder: Path) -> None:
    """A copy of a state folder, without what is made anew."""
    shutil.copytree(archive, folder, ignore=lambda at, _names: MADE_ANEW if Path(at) == archive else (), symlinks=True)


def make(archive: Path, files: Iterable[Path]) -> None:
    """A state folder with the first articles of the project and the stories of these files, published, and a keeper."""
    pages = archive / "stories"
    pages.mkdir(parents=True)
    count = sum(_write(pages, story) for file in files for story in _stories(file))
    enter(archive)
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    told = io.StringIO()
    if count:
        call_command("import_articles", str(pages), publish=True, stdout=told)
        call_command("prepare", stdout=told)
    get_user_model().objects.create_superuser(KEEPER)
    for line in told.getvalue().splitlines():
        if not line.startswith("added "):
            print(line)


def _stories(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _write(folder: Path, story: dict[str, Any]) -> bool:
    """One story as the page of an outlet; the day and the outlet stand where outlets state them."""
    facts = {
        "og:site_name": story.get("source"),
        "og:url": story.get("url"),
        "article:published_time": story.get("date"),
    }
    meta = "".join(
        f'<meta property="{name}" content="{html.escape(value)}">\n' for name, value in facts.items() if value
    )
    title = html.escape(story.get("title") or "")
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in story["body"].splitlines() if line.strip())
    page = (
        f'<!DOCTYPE html>\n<html lang="{story["lang"]}">'
        f'<head><meta charset="utf-8"><title>{title}</title>\n{meta}</head>\n'
        f"<body><article><h1>{title}</h1>\n{paragraphs}\n</article></body></html>\n"
    )
    (folder / f"{story['id']}.html").write_text(page, "utf-8")
    return True
