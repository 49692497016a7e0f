"""`manage.py end_sessions NAME`: sign an account out of every browser at once."""

from __future__ import annotations

import argparse
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "End all sessions of an account, or of everybody: whoever is signed in signs in again."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("name", nargs="?")
        parser.add_argument("--all", action="store_true", help="everybody")

    def handle(self, *, name: str | None, all: bool, **_options: Any) -> None:
        if bool(name) == all:
            raise CommandError("Say whom: a name, or --all.")
        held = Session.objects.all()
        if name:
            user = User.objects.filter(username=name).first()
            if user is None:
                raise CommandError(f"Nobody is called {name!r}.")
            theirs = [one.pk for one in held.iterator() if one.get_decoded().get(SESSION_KEY) == str(user.pk)]
            held = held.filter(pk__in=theirs)
        count, _by_kind = held.delete()
        self.stdout.write(f"Sessions ended: {count}.")
