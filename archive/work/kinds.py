"""The kinds of work: whoever has work to be done registers a kind once; the queue knows no more of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise

WORKER: Final = "default"  # the queue that `manage.py work` works off
WRITER: Final = "index"  # the queue of whoever writes the index, who alone is kept from other work by it
More = bool | float  # whether more is left: no, at once, or in so many seconds
Step = Callable[[Any], More]  # of a `Job`
Words = Promise | str


@dataclass(frozen=True, slots=True)
class JobKind:
    """`step` does the next piece of a job, a fifth of a second or so, in the transaction that it is called in.

    It says whether more is left (`More`), and notes on the job where it is and what became of what: with the
    transaction all of the step stays, or nothing. What it does beside the database must bear being done twice. `label`
    is the work in words («Publish articles»), `outcomes` names what it counts in `Job.outcome`.

    `undo` begins another job that takes back what one did, where that can be and `may_undo` does not say otherwise.
    `kept` names what a job left as it is, each with its address at the desk.

    `queue` says which process works on it: what takes minutes in one step would hold up all that waits for the worker.

    A step that `commits` itself is called outside of a transaction, so that it may read at length and others write
    meanwhile; it keeps its own place, and must bear being done twice as a whole.
    """

    name: str
    label: Words
    step: Step
    outcomes: Mapping[str, Words] = field(default_factory=dict)
    commits: bool = False
    queue: str = WORKER
    undo: Callable[[Any, Any], Any] | None = None  # of a `Job` that is over, by a `User`; the job that undoes it
    may_undo: Callable[[Any], bool] | None = None
    kept: Callable[[Any], list[tuple[str, str]]] | None = None


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> JobKind:
    """KeyError where no app registers it any more."""
    return _kinds[name]


def queue_of(name: str) -> str:
    """The queue of a kind; the worker's where no app registers it any more."""
    kind = _kinds.get(name)
    return kind.queue if kind else WORKER


def label_of(name: str) -> str:
    """A kind in words; its name where no app registers it any more."""
    kind = _kinds.get(name)
    return str(kind.label) if kind else name


def in_words(name: str, outcome: Mapping[str, int]) -> list[tuple[str, int]]:
    """What became of the items of a job of this kind, in words, with their numbers."""
    kind = _kinds.get(name)
    names = kind.outcomes if kind else {}
    return [(str(names.get(one, one)), number) for one, number in outcome.items()]


def may_undo(job: Any) -> bool:
    """Whether a job is over, and its kind can take back what it did."""
    kind = _kinds.get(job.kind)
    return bool(job.is_over and kind and kind.undo and (kind.may_undo is None or kind.may_undo(job)))


def kept_by(job: Any) -> list[tuple[str, str]]:
    """What a job left as it is, by name and address; nothing where its kind does not tell."""
    kind = _kinds.get(job.kind)
    return kind.kept(job) if kind and kind.kept else []
