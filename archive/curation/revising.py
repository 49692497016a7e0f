"""What a curator does to a record that tells its own state, a meeting or a collection: remembered, and undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Protocol

from django.contrib.auth.models import User
from django.db import transaction

from archive.articles.models import Article
from archive.articles.signals import groups_changed
from archive.curation.models import CurationEvent
from archive.curation.states import Changes, State, differences
from archive.work.models import Job

Action = CurationEvent.Action


class TellsItsState(Protocol):
    """`state_of` gives all that may change, in values that JSON keeps; `put_back` takes them.

    `article_keys` are the keys of the articles of whose index entries it is a part now.
    """

    _meta: ClassVar[Any]
    pk: Any
    events: Any

    def state_of(self) -> State: ...

    def put_back(self, state: State) -> None: ...

    def article_keys(self) -> set[int]: ...


class StateRevision:
    """The state before a change and, where it is finished, what the change was."""

    def __init__(self, held: TellsItsState) -> None:
        self.held = held
        self._before = held.state_of() if held.pk else {}
        self._articles = held.article_keys() if held.pk else set()

    def finish(self, action: str, by: User | None, note: str = "", job: Job | None = None) -> Changes:
        """Remember what became otherwise, and tell whoever keeps account of its articles; nothing where nothing did.

        A step of a job remembers of a list the rows alone that it changed.
        """
        changes = differences(self._before, self.held.state_of())
        if job is not None:
            changes = {name: parts(*pair) if isinstance(pair[0], list) else pair for name, pair in changes.items()}
        if changes:
            of: Any = {self.held._meta.model_name: self.held}
            told: Any = {"note": note[:500], "changes": changes, "exact": True, "job": job}
            CurationEvent.objects.create(**of, action=action, by=by, **told)
        moved = self._articles ^ self.held.article_keys()
        if moved:
            groups_changed.send(Article, articles=list(Article.objects.published().filter(pk__in=moved).outlined()))
        return changes


@contextmanager
def revised(
    held: TellsItsState, action: str, by: User | None, note: str = "", job: Job | None = None
) -> Iterator[None]:
    """A change of a record within a transaction, with its event."""
    with transaction.atomic():
        revision = StateRevision(held)
        yield
        revision.finish(action, by, note, job)


def parts(was: list[Any], now: list[Any]) -> list[list[Any]]:
    """The rows that came or went, and behind each run of those that went the one that stays.

    >>> parts(["a", "b", "c", "d"], ["a", "c", "d", "e"])
    [['b', 'c'], ['c', 'e']]
    """
    held, made = set(was), set(now)
    behind = {row for at, row in enumerate(was) if at and row in made and was[at - 1] not in made}
    return [
        [row for row in was if row not in made or row in behind],
        [row for row in now if row not in held or row in behind],
    ]


def before(held: Any, was: Any, now: Any) -> Any:
    """What a value was before a change that made `now` of `was`; of a list the change may tell parts alone.

    >>> before(["a", "c", "d", "e"], ["b", "c"], ["c", "e"])
    ['a', 'b', 'c', 'd']
    """
    if held == now or not isinstance(held, list):
        return was
    kept = [row for row in held if row in was or row not in now]
    behind = None
    for row in reversed(was):
        if row not in kept:
            kept.insert(kept.index(behind) if behind in kept else len(kept), row)
        behind = row
    return kept


@transaction.atomic
def take_back(held: TellsItsState, event: CurationEvent, job: Job) -> None:
    """Undo a step of a job on a record, whatever else was changed of it since; `job` counts the rows of its lists."""
    present = held.state_of()
    wanted = present | {name: before(present[name], *pair) for name, pair in event.changes.items()}
    revision = StateRevision(held)
    held.put_back(wanted)
    changes = revision.finish(Action.REVERT, job.by, job=job)
    rows = [{*map(str, was)} ^ {*map(str, now)} for was, now in changes.values() if isinstance(was, list)]
    told = [{*map(str, was)} ^ {*map(str, now)} for was, now in event.changes.values() if isinstance(was, list)]
    changed, meant = sum(map(len, rows)), sum(map(len, told))
    job.count("changed", changed)
    if changed < meant:
        job.count("left", meant - changed)


def revert(held: TellsItsState, event: CurationEvent, *, by: User | None = None, note: str = "") -> bool:
    """Give a record the state that it had after an event; False where it is the present one."""
    present = held.state_of()
    wanted = dict(present)
    for later in held.events.filter(pk__gt=event.pk).order_by("-pk"):
        wanted |= {name: before(wanted[name], *pair) for name, pair in later.changes.items() if name in present}
    if not differences(wanted, present):
        return False
    with revised(held, Action.REVERT, by, note):
        held.put_back(wanted)
    return True
