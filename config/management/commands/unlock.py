"""`manage.py unlock`: let somebody sign in who is kept waiting after wrong passwords."""

from __future__ import annotations

import argparse
from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django_otp.plugins.otp_totp.models import TOTPDevice

from config.signing_in import codes
from config.signing_in.attempts import key


class Command(BaseCommand):
    help = "Forget the wrong passwords for a name, or from an address; who waits can sign in within five seconds."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="the name as it is typed, from every address")
        parser.add_argument("--address", help="every name from this address, as the log tells it: 192.0.2.7")
        parser.add_argument("--all", action="store_true", help="everybody")

    def handle(self, *, name: str | None, address: str | None, all: bool, **_options: Any) -> None:
        if not (name or address or all):
            raise CommandError("Say whom: a name, --address ADDRESS, or --all.")
        held = AccessAttempt.objects.all()
        if name:
            held = held.filter(username__in=_keys(name))
        if address:
            held = held.filter(ip_address=address)
        rows = list(held.values_list("failures_since_start", flat=True))
        held.delete()
        self.stdout.write(f"Wrong passwords forgotten: {sum(rows)}.")


def _keys(name: str) -> list[str]:
    """Of the passwords that were guessed for a name, and of the codes; the latter may be typed again at once."""
    user = User.objects.filter(username=name).first()
    for device in TOTPDevice.objects.filter(user=user) if user else []:
        device.throttle_reset()
    return [key(name), *([key(codes.guessed_name(user))] if user else [])]
