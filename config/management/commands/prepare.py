"""`manage.py prepare`: bring the archive to the state in which it can be served; a second time changes nothing."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.models import Q

from archive.captures.models import Capture
from search.engine import engine
from search.engine.protocol import WriterBusy
from search.indexing.writer import apply_all, ensure_index, rebuild

CURATOR = "curator"
FIXTURES = Path("fixtures")
MAY: dict[str, dict[str, tuple[str, ...]]] = {
    "articles": {"article": ("view", "change"), "accesspoint": ("view", "add", "change", "delete")},
    "authorities": {
        "authorityrecord": ("view", "add", "change"),
        "name": ("view", "add", "change", "delete"),
        "post": ("view", "add", "change", "delete"),
    },
    "captures": {"capture": ("view", "change"), "fixityevent": ("view",)},
    "curation": {"curationevent": ("view",), "mistake": ("view", "change")},
}


class Command(BaseCommand):
    help = "Database, authority records, the five first articles, index, and a curator account on the first run."

    def handle(self, **_options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_authorities", stdout=self.stdout)
        self._import_first_articles()
        call_command("rebuild_stories", missing=True, stdout=self.stdout)
        self._bring_index_up_to_date()
        _count_rows()
        self._create_curator()

    def _bring_index_up_to_date(self) -> None:
        built = _ensure_index()
        try:
            self.stdout.write(f"Index {'built' if built else 'current'}, {apply_all()} changes applied.")
        except WriterBusy:
            self.stdout.write("Index current; the index writer at work applies the changes.")

    def _import_first_articles(self) -> None:
        """An archive that holds captures has begun; what a curator withdrew is not brought back."""
        if not Capture.objects.exists():
            folder = (settings.BASE_DIR / FIXTURES / "captures").relative_to(settings.BASE_DIR)
            call_command("import_articles", str(folder), publish=True, stdout=self.stdout)

    def _create_curator(self) -> None:
        group = curators()
        if User.objects.filter(is_staff=True).exists():
            return
        password = secrets.token_urlsafe(15)
        user = User.objects.create_user(CURATOR, password=password, is_staff=True)
        user.groups.add(group)
        self.stdout.write(f"Curator account: {CURATOR}, password {password} (shown this once).")


def _ensure_index() -> bool:
    """Whether an index had to be built; the first one of an archive is no failure to be told of in the log."""
    if engine().was_built():
        return ensure_index()
    rebuild()
    return True


def _count_rows() -> None:
    """Have SQLite estimate how many rows its indexes select, without which it takes every index for a good one."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")


def curators() -> Group:
    """The group of those who describe and publish; it may not delete articles, records or memory."""
    group, created = Group.objects.get_or_create(name="Curators")
    if created:
        wanted = Q()
        for app, models in MAY.items():
            for model, verbs in models.items():
                wanted |= Q(content_type__app_label=app, codename__in=[f"{verb}_{model}" for verb in verbs])
        group.permissions.set(Permission.objects.filter(wanted))
    return group
