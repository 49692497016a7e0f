"""Migrations that are whole or never begun, whenever they are killed: what is done and its note are one transaction.

Django notes a migration outside of it where something was put off to its end (an index of a key), so that after a kill
in between the tables are there and the note is not, and no migration runs any more.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class WholeMigrationExecutor(MigrationExecutor):
    def apply_migration(self, state: ProjectState, migration: Migration, *how: Any, **named: Any) -> ProjectState:
        apply = migration.apply

        def apply_all(state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, **more: Any) -> ProjectState:
            """Do what was put off, too: with nothing left over Django notes the migration in its transaction."""
            done = apply(state, schema_editor, **more)
            while schema_editor.deferred_sql:
                schema_editor.execute(schema_editor.deferred_sql.pop(0))
            return done

        migration.apply = apply_all  # type: ignore[method-assign,assignment]
        try:
            return super().apply_migration(state, migration, *how, **named)
        finally:
            del migration.apply
