"""The steps that bring an archive to the state in which it can be served; each says in a line what it does."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor

from archive.articles import cards
from archive.stories import building
from config import private, static_files, translations
from search.engine import engine
from search.engine.protocol import WriterBusy
from search.indexing import health
from search.indexing.comparison import compare, repair
from search.indexing.indexes import DESK
from search.indexing.writer import apply_all, damage, doubt, ensure_index, rebuild

Say = Callable[[str], object]
SAID_AFTER = 2.0  # seconds between two lines of progress


def close_state(say: Say) -> None:
    """Make the state private: also what an earlier release, or a hand, left readable."""
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in private.tighten(_state()):
        say(f"State folder: {path} cannot be made private; its owner has to (chmod go=).")


def _state() -> list[Path]:
    """Every place that holds state; a database or a folder of captures may lie elsewhere, behind a link."""
    held = [settings.CAPTURES_DIR, settings.STATIC_ROOT, *(settings.VAR_DIR / name for name in ("pages", "pictures"))]
    indexes = [Path(str(one["PATH"])) for one in settings.HAYSTACK_CONNECTIONS.values()]
    places = [settings.VAR_DIR, *held, *indexes]
    if connection.vendor == "sqlite":
        name = str(settings.DATABASES["default"]["NAME"])
        places += [Path(f"{name}{ending}") for ending in ("", "-wal", "-shm")]
    return [Path(place) for place in places]


def provide_files(say: Say) -> None:
    """Compile the translations and collect the static files, where that was not done since they changed."""
    try:
        compiled = translations.compile_stale()
    except OSError as error:
        told = f"The translations cannot be compiled: {error}. Compile them where the code may be written."
        raise CommandError(told) from error
    say(f"Translations: {', '.join(compiled)} compiled." if compiled else "Translations: current.")
    say(f"Static files: {'collected' if static_files.collect(say) else 'current'}.")


def migrate(say: Say) -> None:
    """Bring the database to the schema of this code."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        say(f"Database: applying {steps} migrations …")
    call_command("migrate", interactive=False, verbosity=0)
    say(f"Database: {steps} migrations applied." if steps else "Database: current.")


def write_cards(say: Say) -> None:
    """Write what lists show of the articles that have no card: those of an earlier release."""
    written = cards.rewrite(missing=True)
    say(f"Cards: {written} written." if written else "Cards: current.")


def read_stories(say: Say, *, wait: bool) -> None:
    """Read the articles that the rules of stories have not read; many are left to `serve`, unless one is to `wait`."""
    number = building.unread().count()
    if number > settings.MANY_TO_INDEX and not wait:
        say(f"Stories: {number} articles are to be read, which `serve` has done (`rebuild_stories --missing`).")
    elif number:
        building.rebuild(missing=True, told=Lines(say, "Stories", number))
        say(f"Stories: {number} articles read.")
    else:
        say("Stories: current.")


def bring_index_up_to_date(say: Say, *, wait: bool) -> None:
    """Build the index and apply the changes that wait; what takes long is left to the writer of `serve`.

    With `wait` all of it is done here, however long it takes.
    """
    number, why = health.gather().articles or 0, doubt()
    if why and number > settings.MANY_TO_INDEX and not wait:
        say(f"Index: to be built anew, {number} articles, by the index writer when `serve` starts; {_meanwhile()}.")
        return
    if why:
        say(f"Index: {number} articles are indexed …")
        _build(Lines(say, "Index", number))
    waiting = health.gather().pending or 0
    if waiting > settings.MANY_TO_INDEX and not wait:
        say(f"Index: {waiting} changes wait; the index writer applies them when `serve` starts.")
        return
    try:
        say(f"Index {'built' if why else 'current'}, {apply_all()} changes applied.")
        _repair(say, number)
        ensure_index(DESK)
    except WriterBusy:
        say("Index current; the index writer at work applies the changes.")


def _repair(say: Say, number: int) -> None:
    """Index again what differs where the index is not that of this database: another one was put in its place."""
    if engine().state().articles != number:
        difference = compare()
        say(f"Index: {len(difference.identifiers)} articles differ from the database and are indexed again.")
        repair(difference)


def _meanwhile() -> str:
    if not damage(thoroughly=False):
        return f"the present one answers until then, though made with another {engine().outdated()}"
    return "until then readers of the search are told how far it is"


def _build(lines: Lines) -> None:
    """The first index of an archive is no failure to be told of in the log."""
    if not engine().was_built():
        rebuild(progress=lines)
    else:
        ensure_index(progress=lines)


def count_rows() -> None:
    """Have SQLite estimate how many rows its indexes select, without which it takes every index for a good one."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")


class Lines:
    """Says every few seconds how many articles are done, of a step that `what` names."""

    def __init__(self, say: Say, what: str, total: int) -> None:
        self.say = say
        self.what = what
        self.total = total
        self.done = 0
        self.said_at = time.monotonic()

    def __call__(self, more: int) -> None:
        self.done += more
        if time.monotonic() - self.said_at >= SAID_AFTER:
            self.say(f"{self.what}: {self.done} of {self.total} articles.")
            self.said_at = time.monotonic()
