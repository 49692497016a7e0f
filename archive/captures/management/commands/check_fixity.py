"""`manage.py check_fixity`: read every captured payload, compare it with its digest, and remember what was found."""

from __future__ import annotations

import getpass
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive.captures.fixity import Finding, Outcome, check, unclaimed
from archive.captures.models import Capture

NAME = "check_fixity"


class Command(BaseCommand):
    help = "Compare every captured payload with its digest. Ends with 1 when one is damaged or missing."

    def handle(self, **_options: Any) -> None:
        outcomes: Counter[str] = Counter()
        held = Capture.objects.filter(erased_at=None)
        found = check(held, agent=_agent())
        for capture, finding in tqdm(found, total=held.count(), unit="capture", disable=None):
            outcomes[finding.outcome] += 1
            if finding.outcome != Outcome.INTACT:
                self._tell(capture, finding)
        left = sum(1 for _digest in unclaimed())
        told = ", ".join(f"{outcomes[outcome]} {outcome}" for outcome in Outcome.values)
        self.stdout.write(f"{told}." + (f" {left} payloads belong to no capture." if left else ""))
        if outcomes.total() > outcomes[Outcome.INTACT]:
            raise CommandError("Put the files back from a backup, or import the same pages again.")

    def _tell(self, capture: Capture, finding: Finding) -> None:
        with tqdm.external_write_mode():  # the bar makes room
            self.stderr.write(f"{finding.outcome:<8} {capture.payload_digest} {capture.received_from} {finding.detail}")


def _agent() -> str:
    """The command and the account of the system that ran it."""
    try:
        return f"{NAME} ({getpass.getuser()})"[:100]
    except (KeyError, OSError):  # a container may run without a name
        return NAME
