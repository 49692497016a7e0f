"""What every worker needs is loaded once, before they are forked, so that they share its memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import caches
from django.template.loader import get_template
from django.urls import get_resolver

from archive.pages.release import release
from archive.telemetry import counters, tracing
from config import readiness
from search.pages.warming import has_changed, load_lexicons, open_archive

OF_READERS: Final = ("_partials", "articles", "browse", "search", "stories")  # folders of templates


def warm() -> None:
    """Load lexicons, routes and templates, the names on file and the index; leaves no connection to the database open.

    Without static files or translations, which no worker would ever get, the server does not start. What is loaded is
    then left out of garbage collection, whose marks would copy the shared pages for each worker.
    """
    if lacks := readiness.files():
        raise SystemExit(readiness.refusal(lacks))
    load_lexicons()
    open_archive()
    get_resolver().url_patterns  # noqa: B018  (loads the views)
    for name in templates():
        get_template(name)
    for name in settings.CACHES:
        caches[name]
    release()
    counters.fold()
    tracing.load()
    gc.collect()
    gc.freeze()


def templates() -> Iterator[str]:
    """The templates of readers' pages by name, parts among them: parsed when it is first asked for, a page waits."""
    root: Path = settings.BASE_DIR / "templates"
    for folder in OF_READERS:
        yield from (str(path.relative_to(root)) for path in sorted((root / folder).rglob("*.html")))


def renew() -> None:
    """The names on file and the index as they are now, for a process that only hands them on to those it forks."""
    if has_changed():
        open_archive()
        gc.collect()
        gc.freeze()
