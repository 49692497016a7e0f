"""`manage.py remove_codes NAME`: for somebody who has lost the phone and the recovery codes."""

from __future__ import annotations

import argparse
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from config.signing_in import codes


class Command(BaseCommand):
    help = "Remove the one-time codes of an account; where they are compulsory, it sets up new ones next time."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("name")

    def handle(self, *, name: str, **_options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"Nobody is called {name!r}.")
        codes.remove(user)
        self.stdout.write(f"{name} signs in with the password alone now.")
