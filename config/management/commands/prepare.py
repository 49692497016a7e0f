"""`manage.py prepare`: bring the archive to the state in which it can be served; a second time changes nothing.

The secret key is made before, by `manage.py` itself: without one there are no settings.
"""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand

from archive.captures.models import Capture
from archive.curation import sources
from archive.curation.roles import ADMINISTRATORS, curators, role
from config import preparing
from search.indexing.telling import told_in_a_sentence

CURATOR = "curator"
FIXTURES = Path("fixtures")


class Command(BaseCommand):
    help = (
        "All that `serve` needs: secret key, private state folder, translations, static files, database, authority "
        "records, the five first articles, index, and a curator account on the first run."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--wait", action="store_true", help="build a large index here, in place of leaving it to the index writer"
        )
        parser.add_argument(
            "--no-first-articles", action="store_false", dest="first_articles", help="leave an empty archive empty"
        )

    def handle(self, *, wait: bool, first_articles: bool, **_options: Any) -> None:
        preparing.close_state(self._say)
        preparing.provide_files(self._say)
        preparing.migrate(self._say)
        call_command("load_authorities", stdout=self.stdout)
        if first_articles:
            self._import_first_articles()
        sources.read_what_was_never_read()
        preparing.write_cards(self._say)
        preparing.read_stories(self._say, wait=wait)
        with told_in_a_sentence():
            preparing.bring_index_up_to_date(self._say, wait=wait)
        preparing.count_rows()
        self._create_curator()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _import_first_articles(self) -> None:
        """An archive that holds captures has begun; what a curator withdrew is not brought back."""
        if not Capture.objects.exists():
            folder = (settings.BASE_DIR / FIXTURES / "captures").relative_to(settings.BASE_DIR)
            call_command("import_articles", str(folder), publish=True, stdout=self.stdout)

    def _create_curator(self) -> None:
        groups = [curators(), role(ADMINISTRATORS)]
        if User.objects.filter(is_staff=True).exists():
            return
        password = secrets.token_urlsafe(15)
        user = User.objects.create_user(CURATOR, password=password, is_staff=True)
        user.groups.add(*groups)
        self.stdout.write(f"Curator account: {CURATOR}, password {password} (shown this once).")
