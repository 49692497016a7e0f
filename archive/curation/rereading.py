"""Articles read again for the names of the authority file: what a curator adds or changes is recognised everywhere.

A job of the queue of work reads the articles concerned, or all; it writes those alone whose links or source become
otherwise, each with an event that names the job and every mention that came or went. By these events
`archive.curation.record_undoing` puts the articles back, together with the record.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive.articles.linking import Key, MentionPlace, apply, relinked
from archive.articles.models import Article
from archive.articles.signals import unpublished_changed, visibility_changed
from archive.authorities.directory import Directory, directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.states import State
from archive.curation.concerned import concerned
from archive.curation.models import CurationEvent
from archive.curation.states import Changes, differences
from archive.work.kinds import JobKind, register
from archive.work.models import Job
from archive.work.queue import LATER, SOON, begin

REREAD: Final = "reread"
_PIECE: Final = 40  # articles of one step: the database is not written by others meanwhile
SHOWN: Final = 5  # examples of a preview
MOST_PREVIEWED: Final = 300  # articles that a page waits for
PREVIEW_SECONDS: Final = 2.0  # of the processor, that they may take; others may keep it busy meanwhile
Links = list[list[str]]


def fetched(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With their links and mentions."""
    return articles.select_related("source", "capture").prefetch_related(
        "access_points__record", "access_points__mentions"
    )


def reread_for(record: AuthorityRecord, before: State | None, after: State, by: User | None) -> Job | None:
    """Have the articles read again that a changed record may concern; None where its names and posts are the same.

    Of a source `archive.curation.sources` has the articles read again; a term is no link, and indexed anew alone.
    """
    keys = to_reread(record, before, after)
    return reread_these(keys, by, record=record.pk) if keys else None


def to_reread(record: AuthorityRecord, before: State | None, after: State) -> list[int]:
    """The keys of the articles that `reread_for` has read again."""
    states = [state for state in (before, after) if state]
    is_same = len(states) == 2 and all(before[name] == after[name] for name in ("names", "posts"))  # type: ignore[index]
    return [] if is_same or record.kind in {Kind.SOURCE, Kind.TERM} else concerned(record, *states)


def reread_these(keys: Sequence[int], by: User | None, **named: Any) -> Job:
    """Have articles read again, in the order of their keys."""
    return begin(REREAD, {**named, "articles": sorted(keys)}, total=len(keys), by=by, priority=SOON)


def reread_all(by: User | None = None) -> Job:
    """Have all articles read again, as they are in their order now; goes on with a job that was not finished."""
    open_jobs = Job.objects.filter(kind=REREAD, options__all=True).exclude(state__in=Job.OVER)
    held = open_jobs.order_by("pk").first()
    return held or begin(REREAD, {"all": True}, total=Article.objects.count(), by=by, priority=LATER)


def _step(job: Job) -> bool:
    """Read the next articles; the cursor is the key of the last one that was read."""
    last = job.cursor or 0
    chosen = Article.objects.filter(pk__gt=last).order_by("pk")
    if not job.options.get("all"):
        keys = [key for key in job.options["articles"] if key > last][:_PIECE]
        chosen = Article.objects.filter(pk__in=keys).order_by("pk")
        more = bool(keys) and keys[-1] < job.options["articles"][-1]
        job.done += len(keys)
        job.cursor = keys[-1] if keys else last
    articles = list(fetched(chosen)[:_PIECE])
    if job.options.get("all"):
        more = len(articles) == _PIECE
        job.done += len(articles)
        job.cursor = articles[-1].pk if articles else last
    _reread(articles, job)
    return more


def _reread(articles: Sequence[Article], job: Job) -> None:
    """Write what becomes otherwise of some articles, their events together."""
    names = directory()
    told = [(article, changes) for article in articles if (changes := reread(article, names))]
    job.count("changed", len(told))
    job.count("unchanged", len(articles) - len(told))
    remember_read(told, job)


def remember_read(told: Sequence[tuple[Article, Changes]], job: Job) -> None:
    """Keep with each article what a job changed of its links and its source, and announce them all."""
    how: Any = {"action": CurationEvent.Action.REREAD, "by": job.by, "job": job, "exact": True}
    CurationEvent.objects.bulk_create(CurationEvent(article=one, changes=changes, **how) for one, changes in told)
    for signal, is_public in ((visibility_changed, True), (unpublished_changed, False)):
        if concerned := [one for one, _changes in told if one.is_public == is_public]:
            signal.send(Article, articles=concerned)


def reread(article: Article, names: Directory) -> Changes:
    """Have the links and the source of one article follow the authority file; `{}` where nothing was to be written."""
    before = links_of(article)
    change = relinked(article)
    source = _source(article, names)
    was = article.source.slug if article.source else None
    if not change and source == was:
        return {}
    if change:
        apply(article, change)
    if source != was:
        found = AuthorityRecord.objects.present().filter(kind=Kind.SOURCE, slug=source).first() if source else None
        article.source = found
    article.save(update_fields=["source", "updated_at"])
    changes = differences(
        {"access_points": before, "source": was},
        {"access_points": links_of(article), "source": article.source.slug if article.source else None},
    )
    if change.removed or change.added:
        changes["mentions"] = [_rows(change.removed), _rows(change.added)]
    return changes


def _rows(places: Iterable[tuple[Key, MentionPlace]]) -> list[list[Any]]:
    return [[*key, *place] for key, place in places]


def links_of(article: Article) -> Links:
    """As `states.state_of` tells them."""
    rows = ([point.record.kind, point.record.slug, point.state] for point in article.access_points.all())
    return sorted(rows)


def _source(article: Article, names: Directory) -> str | None:
    """The source of its printed name, else of its site; a curator's stays, and one that the file does not tell."""
    held = article.source.slug if article.source else None
    if "source" in article.curated_fields:
        return held
    return names.source_of(article.source_as_printed, article.capture.target_uri) or held


@dataclass(slots=True)
class RereadingPreview:
    """What reading again would change: of `concerned` articles `read` were read; how many gain or lose a record."""

    concerned: int
    read: int = 0
    changed: int = 0
    gained: Counter[Key] = field(default_factory=Counter)
    lost: Counter[Key] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)


def preview(keys: Sequence[int], names: Directory) -> RereadingPreview:
    """What an authority file as it may come to be would change in some articles; writes nothing."""
    shown, gazetteer = RereadingPreview(len(keys)), names.gazetteer  # compiled now, before the time is taken
    until = time.thread_time() + PREVIEW_SECONDS
    place = {key: number for number, key in enumerate(keys[:MOST_PREVIEWED])}
    for article in sorted(fetched(Article.objects.filter(pk__in=place)), key=lambda one: place[one.pk]):
        if shown.read and time.thread_time() > until:
            break
        shown.read += 1
        change = relinked(article, names=gazetteer)
        was, source = article.source.slug if article.source else None, _source(article, names)
        gained = [*change.gained, *([("source", source)] if source and source != was else [])]
        lost = [*change.lost, *([("source", was)] if was and source != was else [])]
        if not (change or source != was):
            continue
        shown.changed += 1
        shown.gained.update(gained)
        shown.lost.update(lost)
        if len(shown.examples) < SHOWN:
            forms = [place.form for _key, place in change.added if place.form]
            words = [_around(article, place) for _key, place in change.added[:1] or change.removed[:1]]
            shown.examples.append({"article": article, "gained": gained, "lost": lost, "forms": forms, "words": words})
    return shown


def _around(article: Article, place: Any) -> str:
    text = getattr(article, place.field)
    return str(text[max(0, place.start - 60) : place.end + 60])


register(
    JobKind(
        REREAD,
        _("read articles again for changed names"),
        _step,
        {"changed": _("changed"), "unchanged": _("unchanged")},
    )
)
