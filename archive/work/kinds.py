"""The kinds of work: whoever has work to be done registers a kind once; the queue knows no more of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from archive.work.models import Job

More = bool | float  # whether more is left: no, at once, or in so many seconds
Step = Callable[["Job"], More]
Words = Promise | str


@dataclass(frozen=True, slots=True)
class JobKind:
    """`step` does the next piece of a job, a fifth of a second or so, in the transaction that it is called in.

    It says whether more is left (`More`), and notes on the job where it is and what became of what: with the
    transaction all of the step stays, or nothing. What it does beside the database must bear being done twice. `label`
    is the work in words («Publish articles»), `outcomes` names what it counts in `Job.outcome`.

    A step that `commits` itself is called outside of a transaction, so that it may read at length and others write
    meanwhile; it keeps its own place, and must bear being done twice as a whole.
    """

    name: str
    label: Words
    step: Step
    outcomes: Mapping[str, Words] = field(default_factory=dict)
    commits: bool = False


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    _kinds[kind.name] = kind


def kind_of(job: Job) -> JobKind:
    """KeyError where no app registers its kind any more."""
    return _kinds[job.kind]


def label_of(name: str) -> str:
    """A kind in words; its name where no app registers it any more."""
    kind = _kinds.get(name)
    return str(kind.label) if kind else name


def outcome_of(job: Job) -> list[tuple[str, int]]:
    """What became of the items, in words, with their numbers."""
    kind = _kinds.get(job.kind)
    names = kind.outcomes if kind else {}
    return [(str(names.get(name, name)), number) for name, number in job.outcome.items()]
