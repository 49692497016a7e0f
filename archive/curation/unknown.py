"""Names we do not know yet: the persons beside titles in all texts, read by the queue of work whenever texts change."""

from __future__ import annotations

import datetime
from collections.abc import Sequence, Set
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from archive.articles.models import AccessPoint, Article, Field, Mention, Status
from archive.authorities.directory import gazetteer
from archive.authorities.models import Kind
from archive.authorities.recognition.recognition import strangers
from archive.curation.models import UnknownMention, UnknownName
from archive.text.languages import reading_language
from archive.work.clock import every
from archive.work.kinds import JobKind, register
from archive.work.models import Job
from archive.work.queue import LATER, begin

NAMES: Final = "names"
_PIECE: Final = 20  # articles of one step
State = UnknownName.State


def open_names() -> QuerySet[UnknownName]:
    """What a curator has not decided on, of texts that are not withdrawn."""
    shown = UnknownMention.objects.exclude(article__status=Status.WITHDRAWN)
    return UnknownName.objects.filter(state=State.OPEN, pk__in=shown.values("name"))


def with_unknown_person() -> QuerySet[Article]:
    named = UnknownMention.objects.filter(article=OuterRef("pk"), name__state=State.OPEN)
    return Article.objects.exclude(status=Status.WITHDRAWN).filter(Exists(named))


def read_names() -> Job | None:
    """Have the texts read that changed since the last time; None where none did, or where they are being read."""
    jobs = Job.objects.filter(kind=NAMES)
    if jobs.exclude(state__in=Job.OVER).exists():
        return None
    last = jobs.filter(cursor__isnull=False).order_by("-pk").first()
    since = last.cursor if last else None
    left = _changed(since).count()
    return begin(NAMES, {"since": since}, total=left, priority=LATER) if left else None


def _changed(since: list[Any] | None) -> QuerySet[Article]:
    """The articles in the order in which they changed, behind a place: `["2026-11-29T02:00:00+00:00", 17]`."""
    articles = Article.objects.order_by("updated_at", "pk")
    if since is None:
        return articles
    at = datetime.datetime.fromisoformat(since[0])
    return articles.filter(Q(updated_at__gt=at) | Q(updated_at=at, pk__gt=since[1]))


def _step(job: Job) -> bool:
    articles = list(_changed(job.cursor or job.options["since"])[:_PIECE])
    job.count("found", read_in(articles))
    job.done += len(articles)
    if articles:
        job.cursor = [articles[-1].updated_at.isoformat(), articles[-1].pk]
    if len(articles) == _PIECE:
        return True
    _forget_those_without_a_place()
    return False


def _forget_those_without_a_place() -> None:
    """But those that an edit is giving one at this moment."""
    places = UnknownMention.objects.filter(name=OuterRef("pk"))
    names = UnknownName.objects.filter(~Exists(places), state=State.OPEN).select_for_update(skip_locked=True)
    UnknownName.objects.filter(pk__in=list(names.values_list("pk", flat=True))).delete()


def read_in(articles: Sequence[Article]) -> int:
    """Keep which unknown names stand in some articles; how many places there are."""
    UnknownMention.objects.filter(article__in=articles).delete()
    found = {article.pk: _found(article) for article in articles}
    names = _keys({mention["key"] for mentions in found.values() for mention in mentions})
    made = [
        UnknownMention(article_id=article, name_id=names[mention.pop("key")], **mention)
        for article, mentions in found.items()
        for mention in mentions
    ]
    UnknownMention.objects.bulk_create(made)
    return len(made)


def _keys(folded: Set[str]) -> dict[str, int]:
    """The primary keys of these names, made where they are new, held until the transaction ends.

    In one order, whoever asks: two that did so in orders of their own would wait for each other.
    """
    asked = UnknownName.objects.filter(folded__in=folded).order_by("folded").select_for_update()
    held = dict(asked.values_list("folded", "pk"))
    while missing := sorted(folded - held.keys()):
        UnknownName.objects.bulk_create((UnknownName(folded=key) for key in missing), ignore_conflicts=True)
        held = dict(asked.all().values_list("folded", "pk"))
    return held


def _found(article: Article) -> list[dict[str, Any]]:
    """The places of one article, but those where a curator says who it is."""
    fields = [(field, getattr(article, field)) for field in Field.values]
    text = "\n\n".join(value for _field, value in fields)
    known = Mention.objects.filter(access_point__article=article, access_point__record__kind=Kind.OFFICIAL)
    known = known.exclude(access_point__state=AccessPoint.State.REJECTED)
    taken = list(known.values_list("field", "start", "end"))
    found, low = [], 0
    read = strangers(text, reading_language(article.language), gazetteer()) if text.strip() else []
    for field, value in fields:
        for one in read:
            start, end = one.start - low, one.end - low
            inside = start >= 0 and end <= len(value)
            if inside and not any(field == at and start < last and first < end for at, first, last in taken):
                place = {"field": field, "start": start, "end": end, "form": value[start:end][:200]}
                post = {"role": one.role, "kind": one.kind, "state": one.state, "post": one.post[:200]}
                found.append({"key": one.key[:200], **place, **post})
        low += len(value) + 2
    return found


every(300.0, "read names that no record has", read_names)
register(JobKind(NAMES, _("read names that no record has"), _step, {"found": _("found")}))
