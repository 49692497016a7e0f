"""`manage.py check_archive`: all that is always true of an archive, proved over everything that it holds."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.soundness import unsound_archive

CHECKS = ("check_evidence", "check_fixity", "check_index")


class Command(BaseCommand):
    help = (
        "Check articles against their pages, captures against their digests, the index against the database, and "
        "records, meetings and states among themselves. Ends with 1 when something is not as it should be."
    )

    def handle(self, **_options: Any) -> None:
        wrong = []
        for name in CHECKS:
            try:
                call_command(name, stdout=self.stdout, stderr=self.stderr)
            except CommandError as error:
                self.stderr.write(str(error))
                wrong.append(name)
        faults = list(unsound_archive())
        for fault in faults:
            self.stderr.write(f"{fault.what}: {fault.claimed} {fault.found}".rstrip())
        self.stdout.write(f"{len(faults)} faults among states, records, meetings and names.")
        if faults or wrong:
            raise CommandError(", ".join([*wrong, *(["records"] if faults else [])]))
