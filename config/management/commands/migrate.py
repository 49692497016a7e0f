"""`manage.py migrate`: Django's own, which may be killed at any moment and run again."""

from __future__ import annotations

from django.core.management.commands import migrate

from config.migrating import WholeMigrationExecutor

migrate.MigrationExecutor = WholeMigrationExecutor  # type: ignore[attr-defined]


class Command(migrate.Command):
    pass
