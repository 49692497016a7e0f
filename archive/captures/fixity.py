"""Fixity: whether captured bytes still have the digest they were received with; asked again, and remembered."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.captures.models import Capture, FixityEvent
from archive.captures.payloads import Payloads, PayloadsUnreachable, store

Outcome = FixityEvent.Outcome
BATCH = 200  # captures whose events are written in one transaction; no lock is held while bytes are read


@dataclass(frozen=True, slots=True)
class Finding:
    """What one payload was found to be; `detail` says what a damaged one has instead."""

    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FixityCount:
    """How many captures are in each state by their last check, and when the last one was checked."""

    intact: int
    damaged: int
    missing: int
    unchecked: int
    last_at: datetime.datetime | None

    @property
    def is_sound(self) -> bool:
        return not self.damaged and not self.missing


def examine(digest: str, payloads: Payloads) -> Finding:
    """Read the bytes under a digest, in pieces, and compare; bytes that cannot be read are damaged.

    Of a store that does not answer nothing is known: PayloadsUnreachable.
    """
    try:
        present = payloads.present_digest(digest)
    except FileNotFoundError:
        return Finding(Outcome.MISSING)
    except PayloadsUnreachable:
        raise
    except OSError as error:
        return Finding(Outcome.DAMAGED, f"cannot be read: {error.strerror or type(error).__name__}")
    return Finding(Outcome.INTACT) if present == digest else Finding(Outcome.DAMAGED, f"has the digest {present}")


def check(captures: QuerySet[Capture], *, agent: str) -> Iterator[tuple[Capture, Finding]]:
    """Examine captures one after another and remember each finding as a fixity event; memory does not grow."""
    payloads = store()
    for batch in _batches(captures.order_by("pk")):
        found = [(capture, examine(capture.payload_digest, payloads)) for capture in batch]
        remember(found, agent)
        yield from found


def _batches(captures: QuerySet[Capture]) -> Iterator[list[Capture]]:
    """Some captures at a time, each time read to the end.

    Who writes while rows of theirs are still being read is refused by SQLite at once where others wrote meanwhile.
    """
    last = 0
    while batch := list(captures.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


@transaction.atomic
def remember(found: Sequence[tuple[Capture, Finding]], agent: str) -> None:
    """Write the events of some captures: one that says the same as the last moves that one on."""
    now = timezone.now()
    events = FixityEvent.objects.filter(capture__in=[capture for capture, _finding in found])
    last = {event.capture_id: event for event in events.order_by("at", "pk")}
    same, new = [], []
    for capture, finding in found:
        event = last.get(capture.pk)
        if event and (event.outcome, event.detail) == (finding.outcome, finding.detail):
            same.append(event.pk)
        else:
            new.append(
                FixityEvent(
                    capture=capture, outcome=finding.outcome, detail=finding.detail, first_at=now, at=now, agent=agent
                )
            )
    FixityEvent.objects.filter(pk__in=same).update(at=now, agent=agent)
    FixityEvent.objects.bulk_create(new)


def unclaimed() -> Iterator[str]:
    """Digests of payloads that no capture names: the leavings of an import that was killed; harmless."""
    digests = store().digests()
    while some := set(islice(digests, BATCH)):
        yield from some - set(Capture.objects.filter(payload_digest__in=some).values_list("payload_digest", flat=True))
