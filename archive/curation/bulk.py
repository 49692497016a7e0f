"""One kind of change of many articles: previewed, done in the queue of work with progress, undone as one step.

A `BulkDeed` is such a kind; whoever has another one registers it (`register_deed`). `effect` tells what it changes of
an article as far as lists and facets tell it; what it leaves as it is, is not touched. `change` does it, with an event
for each article that names the job; by these events `undo` takes all of it back, but what was changed again since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article, Status
from archive.authorities.models import AuthorityRecord
from archive.curation import revising
from archive.curation.actions import take_back
from archive.curation.bulk_rows import Row, rows_of
from archive.curation.kept import keep, kept
from archive.curation.models import CurationEvent
from archive.work.clock import every
from archive.work.kinds import JobKind, Words, register
from archive.work.models import Job
from archive.work.queue import SOON, begin

AT_ONCE: Final = 20  # articles; more take longer than a curator waits for a page
PUBLISH, WITHDRAW, UNDO = "publish", "withdraw", "undo"
_PIECE: Final = 10  # articles of one step: the database is not written by others meanwhile
LEFT: Final = _("left as they were")
How = dict[str, Any]
Change = Callable[[list[Article], How, User | None, Job | None], int]


class BulkForm(forms.Form):
    """What a kind of change asks for; `how` is what was typed, in values that JSON keeps: a record by its key."""

    use_required_attribute = False  # each kind has a form of its own on one page

    def how(self) -> How:
        typed = self.cleaned_data.items()
        return {name: value.pk if isinstance(value, Model) else value for name, value in typed}


def meant(how: How) -> How:
    """With the record itself, or that into which it was merged meanwhile."""
    if "record" not in how:
        return how
    record: AuthorityRecord = AuthorityRecord.objects.get(pk=how["record"])
    while record.merged_into is not None:
        record = record.merged_into
    return how | {"record": record}


@dataclass(frozen=True, slots=True)
class BulkDeed:
    """`label` as on a button («Publish»), `title` as a job is called, `told` what became of those it changed.

    `change` says how many it changed. `reads_text`: whether `effect` asks for the text (`Row.is_held`). `meant` gives
    what was typed with the records themselves. `order` is that in which the articles are changed. Besides what the list
    of articles asks for, who does it has the `permission`.
    """

    name: str
    label: Words
    title: Words
    told: Words
    form: type[BulkForm]
    effect: Callable[[Row, How], Row]
    change: Change
    reads_text: bool = False
    meant: Callable[[How], How] = meant
    order: tuple[str, ...] = ("pk",)
    permission: str = ""

    def changed(self, rows: Iterable[Row], how: How) -> Iterator[tuple[Row, Row]]:
        """Those that it changes, each as it is and as it will be; of what is erased nothing is changed."""
        how = self.meant(how)
        for row in rows:
            after = row if row.is_erased else self.effect(row, how)
            if after != row:
                yield row, after


_deeds: dict[str, BulkDeed] = {}


def register_deed(deed: BulkDeed) -> None:
    _deeds[deed.name] = deed
    outcomes = {"changed": deed.told, "left": LEFT}
    register(JobKind(deed.name, deed.title, _step, outcomes, undo=undo))


def deeds(by: Any) -> list[BulkDeed]:
    """Those that a user may do."""
    return [deed for deed in _deeds.values() if not deed.permission or by.has_perm(deed.permission)]


@transaction.atomic
def done_at_once(doing: str, articles: QuerySet[Article], by: User | None, **how: Any) -> int:
    """How many of a few articles were changed."""
    return _do(_deeds[doing], list(articles), how, by, None)


def put_off(doing: str, articles: QuerySet[Article], by: User | None, **how: Any) -> Job:
    """Have the articles, as they are chosen now, changed in the queue of work."""
    keys = list(articles.order_by(*_deeds[doing].order).values_list("pk", flat=True))
    return begin(doing, {"articles": keys, "how": how}, total=len(keys), by=by, priority=SOON)


def _do(deed: BulkDeed, articles: list[Article], how: How, by: User | None, job: Job | None) -> int:
    rows = rows_of(articles, with_text=deed.reads_text)
    keys = {row.key for row, _after in deed.changed(rows, how)}
    return deed.change([one for one in articles if one.pk in keys], deed.meant(how), by, job)


def _step(job: Job) -> bool:
    """Change the next articles; those that were deleted or changed meanwhile are left as they are."""
    keys: list[int] = job.options["articles"]
    deed = _deeds[job.kind]
    found = list(Article.objects.filter(pk__in=keys[job.done : job.done + _PIECE]).order_by(*deed.order))
    changed = _do(deed, found, job.options.get("how", {}), job.by, job)
    job.count("changed", changed)
    job.count("left", len(found) - changed)
    job.done = min(job.done + _PIECE, len(keys))
    return job.done < len(keys)


def undo(job: Job, by: User | None) -> Job:
    """Have all that a job changed taken back, the last first: one step, in the queue, which can be undone itself."""
    events = CurationEvent.objects.filter(job=job).exclude(article=None, collection=None).order_by("-pk")
    keys = list(events.values_list("pk", flat=True))
    return begin(UNDO, {"of": job.pk, "events": keys}, total=len(keys), by=by, priority=SOON)


def _undo_step(job: Job) -> bool:
    keys: list[int] = job.options["events"]
    chosen = CurationEvent.objects.filter(pk__in=keys[job.done : job.done + _PIECE]).order_by("-pk")
    for event in chosen.select_related("article", "collection"):
        if event.article is not None:
            if take_back(event.article, event, by=job.by, job=job):
                job.count("changed")
            else:
                keep(job, event.article)
        elif event.collection is not None:
            revising.take_back(event.collection, event, job)
    job.done = min(job.done + _PIECE, len(keys))
    return job.done < len(keys)


def publish_due() -> None:
    """Have the articles published whose planned day has come: called now and then by the worker."""
    due = Article.objects.exclude(status=Status.PUBLISHED).filter(publish_on__lte=timezone.now(), erased_at=None)
    keys = list(due.order_by("pk").values_list("pk", flat=True))
    if keys:
        with transaction.atomic():
            Article.objects.filter(pk__in=keys).update(publish_on=None)
            begin(PUBLISH, {"articles": keys, "how": {"note": "planned"}}, total=len(keys), priority=SOON)


every(60.0, "publish what is planned", publish_due)
register(
    JobKind(
        UNDO,
        _("take back what was changed"),
        _undo_step,
        {"changed": _("as they were before"), "left": LEFT},
        undo=undo,
        kept=kept,
    )
)
