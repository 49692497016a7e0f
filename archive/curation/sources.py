"""Sources that were added or changed reach the reports that are held: a job reads every printed source again."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.articles.signals import unpublished_changed, visibility_changed
from archive.authorities.directory import Directory, directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.authorities.proposing import forget_unused, proposed
from archive.authorities.signals import record_changed, records_loaded
from archive.curation.models import CurationEvent
from archive.work.kinds import JobKind, register
from archive.work.models import Job
from archive.work.queue import begin

KIND: Final = "sources"
PIECE: Final = 250  # articles of one step
_COLUMNS: Final = ("pk", "source", "source_as_printed", "language", "capture__target_uri", "curated_fields")


@receiver(record_changed)
def _changed(record: AuthorityRecord, **_named: object) -> None:
    if record.kind == Kind.SOURCE:
        read_again()


@receiver(records_loaded)
def _loaded(added: list[AuthorityRecord] | None = None, **_named: object) -> None:
    if any(record.kind == Kind.SOURCE for record in added or ()):
        read_again()


def read_again() -> None:
    """Have the sources of all that is held read again: one job, however many records changed before it begins."""
    total = Article.objects.count()
    if total and waiting() is None:
        begin(KIND, {}, total=total)


def waiting() -> Job | None:
    """The job that will read the sources, where it has not begun."""
    jobs = Job.objects.filter(kind=KIND, state=Job.State.WAITING, cursor__isnull=True)
    return jobs.order_by("pk").first()


def read_what_was_never_read() -> None:
    """The same, where an article prints a source and has none: an earlier version knew no proposals."""
    if Article.objects.filter(source=None).exclude(source_as_printed="").exists():
        read_again()


def _step(job: Job) -> bool:
    """Read the next articles; what a curator gave as a source stays."""
    after = job.cursor or 0
    rows = list(Article.objects.filter(pk__gt=after).order_by("pk").values_list(*_COLUMNS)[:PIECE])
    names = directory()
    keys = dict(AuthorityRecord.objects.present().of_kind(Kind.SOURCE).values_list("slug", "pk"))
    moved: defaultdict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for article, held, printed, language, address, curated in rows:
        wanted = None if "source" in curated else _source(article, printed, language, address, names, keys)
        if wanted is not None and wanted != held:
            moved[wanted].append((article, held))
    for source, articles in moved.items():
        job.count("changed", len(articles))
        _move(job, articles, source)
    job.cursor = rows[-1][0] if rows else after
    job.done += len(rows)
    if len(rows) == PIECE:
        return True
    forget_unused()
    return False


def _source(
    article: int, printed: str, language: str, address: str, names: Directory, keys: dict[str, int]
) -> int | None:
    """The key of the source that an article is to have; None where nothing tells it."""
    slug = names.source_of(printed, address)
    if slug is not None:
        return keys.get(slug)
    record = proposed(printed, language, f"article {article}") if printed else None
    return int(record.pk) if record else None


def _move(job: Job, articles: list[tuple[int, int | None]], source: int) -> None:
    """Give articles, each told with the source that it had, another one; each keeps it in its history."""
    held = Article.objects.filter(pk__in=[article for article, _was in articles])
    held.update(source=source, updated_at=timezone.now())
    keys = {source, *(was for _article, was in articles if was)}
    slugs: dict[int | None, str] = dict(AuthorityRecord.objects.filter(pk__in=keys).values_list("pk", "slug"))
    told = {"action": CurationEvent.Action.REREAD, "by": job.by, "job": job, "exact": True}
    CurationEvent.objects.bulk_create(
        CurationEvent(article_id=article, changes={"source": [slugs.get(was), slugs[source]]}, **told)
        for article, was in articles
    )
    visibility_changed.send(Article, articles=list(held.published()))
    unpublished_changed.send(Article, articles=list(held.unpublished()))


register(JobKind(KIND, _("read printed sources again"), _step, {"changed": _("given another source")}))
