"""One stored number for each thing that many pages are made of: it is another one after every change.

Triggers of the database write it, so that no way of writing can forget it: a save, a bulk update, another process. They
are laid anew after every migration, for a migration may make a table anew without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connections, models

from archive.pages.asked_once import once_a_page

EVENTS = ("INSERT", "UPDATE", "DELETE")


class Revision(models.Model):
    """`name` is what changed; `number` is drawn by chance, so that none comes back with an earlier state."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        app_label = "authorities"

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


@once_a_page
def revisions() -> Mapping[str, int]:
    """The present numbers by name; one query of a few rows. What was never written has none."""
    return present_revisions()


def present_revisions() -> Mapping[str, int]:
    """The same as it is just now, for who changes what pages are made of."""
    return dict(Revision.objects.values_list("name", "number"))


def watch(name: str, *watched: type[models.Model], using: str = "default") -> None:
    """Have every write to these tables give `name` another number."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    held = Revision._meta.db_table
    if held in tables:
        with connection.cursor() as cursor:
            for table in (model._meta.db_table for model in watched):
                for statement in LAID[connection.vendor](held, name, table) if table in tables else ():
                    cursor.execute(statement)


def unwatch(connection: Any) -> None:
    """Take all triggers away; for a migration back to where there are none."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'revision_%'")
            taken = [f"DROP TRIGGER {name}" for (name,) in cursor.fetchall()]
        else:
            cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'revision_of_%'")
            taken = [f"DROP FUNCTION {name} CASCADE" for (name,) in cursor.fetchall()]
        for statement in taken:
            cursor.execute(statement)


def _of_sqlite(held: str, name: str, table: str) -> list[str]:
    # Not INSERT OR REPLACE: an OR IGNORE of the write itself would hold for it, too.
    drawn = f"DELETE FROM {held} WHERE name = '{name}'; INSERT INTO {held} VALUES ('{name}', random());"  # noqa: S608
    found = []
    for event in EVENTS:
        trigger = f"revision_{table}_{event.lower()}"
        found.append(f"DROP TRIGGER IF EXISTS {trigger}")
        found.append(f"CREATE TRIGGER {trigger} AFTER {event} ON {table} BEGIN {drawn} END")
    return found


def _of_postgresql(held: str, name: str, table: str) -> list[str]:
    function = f"revision_of_{name}"
    drawn = f"INSERT INTO {held} VALUES ('{name}', ((random() - 0.5) * 9e18)::bigint)"  # noqa: S608
    written = f"{drawn} ON CONFLICT (name) DO UPDATE SET number = EXCLUDED.number"
    body = f"BEGIN {written}; RETURN NULL; END"
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql",
        f"DROP TRIGGER IF EXISTS {function} ON {table}",
        f"CREATE TRIGGER {function} AFTER {' OR '.join(EVENTS)} ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    ]


LAID = {"sqlite": _of_sqlite, "postgresql": _of_postgresql}


def watch_authorities(using: str = "default", **_kwargs: Any) -> None:
    from archive.authorities.models import AuthorityRecord, Name, Post, Relation

    watch("authorities", AuthorityRecord, Name, Post, Relation, using=using)
