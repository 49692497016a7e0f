"""What curators wrote of records taken back as one step: the records first, then what reading again for them changed.

A new record goes, a changed one has its former state. Each article is as it was before, mention for mention, by the
events of the jobs that read it; where a curator decided otherwise since, that stays, and the article is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive.articles.linking import Key, apply, undone
from archive.articles.models import AccessPoint, Article
from archive.authorities.directory import Directory, directory
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, NameUse
from archive.authorities.proposing import proposed
from archive.authorities.signals import record_changed
from archive.authorities.states import State, put_back, state_of
from archive.curation.bulk import LEFT
from archive.curation.kept import keep, kept
from archive.curation.models import CurationEvent
from archive.curation.persons import ask_again
from archive.curation.record_actions import remember
from archive.curation.record_importing import IMPORT, concern
from archive.curation.record_plan import digest
from archive.curation.rereading import REREAD, fetched, links_of, remember_read, reread, to_reread
from archive.curation.sources import KIND as SOURCES
from archive.curation.states import Changes, differences
from archive.work.kinds import JobKind, kind_named, register
from archive.work.models import Job
from archive.work.queue import SOON, begin

UNDO: Final = "records_undone"
_RECORDS: Final = 5  # of one step: for each the articles are asked for that it may concern
_ARTICLES: Final = 20  # of one step: the database is not written by others meanwhile
_OWN: Final = {"events", "names", "posts", "relations"}  # what goes with a record
EMPTY: Final[State] = {"note": "", "names": [], "posts": [], "relations": [], "wikidata": "", "viaf": ""}
Action = CurationEvent.Action
_WRITTEN: Final = (Action.ADD, Action.EDIT, Action.REVERT)  # merges and splits are undone where they are listed
_UNDECIDED: Final = AccessPoint.State.RECOGNISED


def undo(job: Job, by: User | None) -> Job:
    """Have all that a job wrote of records, or read again for one, taken back, the last first."""
    return _begin(_written(job), by)


def may_undo(job: Job) -> bool:
    """Whether it is of records; where printed sources were read for several at once, each has its own history."""
    events = _written(job)
    return events.exists() and (job.kind != SOURCES or events.values("record").distinct().order_by().count() == 1)


def take_out(record: AuthorityRecord, by: User | None) -> Job | None:
    """Have a record that a curator added be no more, with all that followed; None where it was not added so."""
    return _begin(record.events.order_by("-pk"), by) if may_take_out(record) else None


def may_take_out(record: AuthorityRecord) -> bool:
    """Whether a curator added it, and nothing moved between it and another record since."""
    actions = list(record.events.order_by("pk").values_list("action", flat=True))
    return actions[:1] == [Action.ADD] and set(actions) <= set(_WRITTEN) and not record.merged_into_id


def redo(job: Job, by: User | None) -> Job:
    """Have all that an undo took back taken in again, which can be undone as the first time."""
    entries = job.options.get("taken", [])[::-1]
    return begin(IMPORT, {"entries": entries, "note": ""}, total=len(entries), by=by, priority=SOON)


def _written(job: Job) -> QuerySet[CurationEvent]:
    origin = job.options.get("of", job.pk) if job.kind == REREAD else job.pk
    events = CurationEvent.objects.filter(job=origin, record__isnull=False, action__in=_WRITTEN)
    return events.order_by("-pk")


def _begin(events: QuerySet[CurationEvent], by: User | None) -> Job:
    told = list(events.select_related("job"))
    read = {event.job_id for event in told if event.job_id}
    for event in told:
        read |= set(event.job.options.get("reads", ())) if event.job else set()
    options = {"events": [event.pk for event in told], "read": sorted(read)}
    return begin(UNDO, options, total=len(told), by=by, priority=SOON)


def _step(job: Job) -> bool:
    """Take back the next records, then what was read in the next articles; at the end go new records that are free."""
    events: list[int] = job.options["events"]
    at = job.done - len(events)
    if at < 0:
        _take_back_records(job, events[job.done : job.done + _RECORDS])
        job.done = min(job.done + _RECORDS, len(events))
        if job.done < len(events):
            return True
        if job.options.get("taken") and not job.options.get("is_left"):
            concern(job, _read(job).values_list("article", flat=True))
        job.total = len(events) + len(job.options.get("concerned", ()))
    else:
        keys = job.options["concerned"][at : at + _ARTICLES]
        _take_back_articles(job, keys)
        job.done += len(keys)
    if job.done < job.total:
        return True
    _take_away(job)
    return False


# Records


def _take_back_records(job: Job, keys: Sequence[int]) -> None:
    events = CurationEvent.objects.filter(pk__in=keys).order_by("-pk")
    for event in events.select_related("record"):
        if event.record is not None and not _take_back(event.record, event, job):
            job.options["is_left"] = True
            job.count("left")


def _take_back(record: AuthorityRecord, event: CurationEvent, job: Job) -> bool:
    """Give a record the state before an event; False where it was changed again since.

    A new one is emptied first, and goes at the end where nothing leads to it.
    """
    held = state_of(record)
    if any(held.get(name) != now for name, (_was, now) in event.changes.items()):
        return False
    is_new = event.action == Action.ADD
    put_back(record, held | (EMPTY if is_new else {name: was for name, (was, _now) in event.changes.items()}))
    now = state_of(record)
    remember(record, Action.REVERT, job.by, before=held, job=job)
    record_changed.send(AuthorityRecord, record=record)
    concern(job, to_reread(record, held, now))
    if is_new and record.kind == Kind.SOURCE:
        concern(job, Article.objects.filter(source=record).values_list("pk", flat=True))
    ask_again(record)
    entry = {"kind": record.kind, "slug": record.slug, "state": held, "seen": digest(now)}
    job.options.setdefault("taken", []).append(entry)
    if is_new:
        job.options.setdefault("new", []).append(record.pk)
    else:
        job.count("changed")
    return True


def _take_away(job: Job) -> None:
    """New records go, the last first; one that something leads to stays, to be called by its name, and is not found."""
    taken = {(entry["kind"], entry["slug"]): entry for entry in job.options.get("taken", ())}
    for record in AuthorityRecord.objects.filter(pk__in=job.options.get("new", ())).order_by("-pk"):
        entry = taken[record.kind, record.slug]
        if _is_referred_to(record):
            _retire(record, entry["state"], job)
            entry["seen"] = digest(state_of(record))
            job.count("retired")
        else:
            record.delete()
            entry["seen"] = ""
            job.count("removed")


def _retire(record: AuthorityRecord, was: State, job: Job) -> None:
    before = state_of(record)
    shown = [name for name in was["names"] if name["form"] != FormStatus.VARIANT] or was["names"][:1]
    for text, language, form, source in ((one["text"], one["language"], one["form"], one["source"]) for one in shown):
        told = {"form": form, "source": source}
        record.names.get_or_create(text=text, language=language, use=NameUse.RETIRED, defaults=told)
    remember(record, Action.REVERT, job.by, before=before, job=job)
    record_changed.send(AuthorityRecord, record=record)


def _is_referred_to(record: AuthorityRecord) -> bool:
    others: Any = (rel for rel in record._meta.related_objects if rel.get_accessor_name() not in _OWN and rel.field)
    return any(rel.related_model._base_manager.filter(**{rel.field.name: record}).exists() for rel in others)


# Articles


def _read(job: Job) -> QuerySet[CurationEvent]:
    """What the jobs changed that read articles for these records, the last first."""
    return CurationEvent.objects.filter(job__in=job.options["read"], article__isnull=False).order_by("-pk")


def _take_back_articles(job: Job, keys: Sequence[int]) -> None:
    names, about = directory(), {(entry["kind"], entry["slug"]) for entry in job.options.get("taken", ())}
    read: defaultdict[int, list[CurationEvent]] = defaultdict(list)
    for event in _read(job).filter(article__in=keys).select_related("job"):
        if event.job is None or event.job.kind != SOURCES or about & _sources_in(event):
            read[event.article_id].append(event)  # type: ignore[index]  # of an article
    told: list[tuple[Article, Changes]] = []
    for article in fetched(Article.objects.filter(pk__in=keys, erased_at=None).order_by("pk")):
        events = read.get(article.pk, [])
        before = _state(article)
        is_exact = not job.options.get("is_left") and all(_undo_reading(article, event) for event in events)
        if not is_exact or not events or _still_leads(article, about):
            _read_anew(article, names, about)
        changes = _changes(before, _state(article))
        if changes:
            article.save(update_fields=["source", "updated_at"])
            told.append((article, changes))
        if about & _given(events) & _decided(article):
            keep(job, article)
        elif changes:
            job.count("articles")
    remember_read(told, job)


def _state(article: Article) -> State:
    rows = [
        [point.record.kind, point.record.slug, one.field, one.start, one.end, one.form, one.rule, one.confidence]
        for point in article.access_points.all()
        for one in point.mentions.all()
    ]
    source = article.source.slug if article.source else None
    return {"access_points": links_of(article), "source": source, "mentions": sorted(rows)}


def _changes(before: State, after: State) -> Changes:
    """What is otherwise; of the mentions those alone that came or went."""
    changes = differences(before, after)
    if "mentions" in changes:
        was, now = changes["mentions"]
        changes["mentions"] = [[row for row in was if row not in now], [row for row in now if row not in was]]
    return changes


def _undo_reading(article: Article, event: CurationEvent) -> bool:
    """Take back what reading again changed of an article, exactly; False where a curator decided on it since."""
    if _given([event]) & _decided_after(event):
        return False
    change = undone(article, event.changes)
    was, now = event.changes.get("source", (None, None))
    held = article.source.slug if article.source else None
    if change is None or ("source" in event.changes and (held != now or "source" in article.curated_fields)):
        return False
    if "source" in event.changes:
        source = _source(article, was)
        if was and source is None:
            return False
        article.source = source
    apply(article, change)
    return True


def _source(article: Article, slug: str | None) -> AuthorityRecord | None:
    """The record of a source; one that was proposed of the printed name, and had no reports any more, is made again."""
    held = AuthorityRecord.objects.present().filter(kind=Kind.SOURCE, slug=slug).first()
    if held is not None or slug is None:
        return held
    return proposed(article.source_as_printed, article.language, f"article {article.identifier}")


def _read_anew(article: Article, names: Directory, about: set[Key]) -> None:
    """Have an article follow the authority file as it is now."""
    reread(article, names)
    source = article.source
    if source is None or "source" in article.curated_fields or (Kind.SOURCE.value, source.slug) not in about:
        return
    if names.source_of(article.source_as_printed, article.capture.target_uri) != source.slug:
        article.source = proposed(article.source_as_printed, article.language, f"article {article.identifier}")


def _still_leads(article: Article, about: set[Key]) -> bool:
    """Whether a link by rule leads to one of the records yet: of a text that a curator changed since, say."""
    undecided = (point for point in article.access_points.all() if point.state == _UNDECIDED)
    keys = {(point.record.kind, point.record.slug) for point in undecided}
    return bool(about & (keys | ({(Kind.SOURCE.value, article.source.slug)} if article.source else set())))


def _decided(article: Article) -> set[Key]:
    """The records to which a link leads by a curator's word."""
    by_word = (point for point in article.access_points.all() if point.state != _UNDECIDED)
    keys = {(point.record.kind, point.record.slug) for point in by_word}
    if article.source and "source" in article.curated_fields:
        keys.add((Kind.SOURCE.value, article.source.slug))
    return keys


def _given(events: Sequence[CurationEvent]) -> set[Key]:
    """The records that reading again gave to an article, as a link, a mention or its source."""
    keys: set[Key] = set()
    for event in events:
        for name in ("access_points", "mentions"):
            was, now = event.changes.get(name, ([], []))
            keys |= {(row[0], row[1]) for row in now if row not in was}
        if event.changes.get("source", (None, None))[1]:
            keys.add((Kind.SOURCE.value, event.changes["source"][1]))
    return keys


def _sources_in(event: CurationEvent) -> set[Key]:
    return {(Kind.SOURCE.value, slug) for slug in event.changes.get("source", ()) if slug}


def _decided_after(event: CurationEvent) -> set[Key]:
    """The records whose link or mention in the article a curator decided on after an event."""
    later = CurationEvent.objects.filter(article=event.article_id, pk__gt=event.pk).exclude(action=Action.REREAD)
    keys: set[Key] = set()
    for changes in later.values_list("changes", flat=True):
        for name in ("access_points", "given"):
            was, now = changes.get(name, ([], []))
            keys |= {(row[0], row[1]) for row in [*was, *now] if row not in was or row not in now}
    return keys


register(
    JobKind(
        UNDO,
        _("take back authority records"),
        _step,
        {
            "changed": _("as they were before"),
            "removed": _("taken away"),
            "retired": _("found no more, but kept: something leads to them"),
            "articles": _("articles as they were before"),
            "left": LEFT,
        },
        undo=redo,
        kept=kept,
    )
)
for _name in (IMPORT, REREAD, SOURCES):
    register(replace(kind_named(_name), undo=undo, may_undo=may_undo))
