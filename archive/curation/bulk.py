"""What a curator does to many articles at once: a few in the request, more in the queue of work."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.curation.actions import publish, withdraw
from archive.work.kinds import JobKind, register
from archive.work.models import Job
from archive.work.queue import SOON, begin

AT_ONCE: Final = 20  # articles; more take longer than a curator waits for a page
PUBLISH, WITHDRAW = "publish", "withdraw"
_DO: Final = {PUBLISH: publish, WITHDRAW: withdraw}
_PIECE: Final = 10  # articles of one step: the database is not written by others meanwhile


def done_at_once(doing: str, articles: QuerySet[Article], by: User | None) -> int:
    """How many of a few articles were changed."""
    return sum(_DO[doing](article, by=by) for article in articles)


def put_off(doing: str, articles: QuerySet[Article], by: User | None) -> Job:
    """Have the articles, as they are chosen now, changed in the queue of work."""
    keys = list(articles.order_by("pk").values_list("pk", flat=True))
    return begin(doing, {"articles": keys}, total=len(keys), by=by, priority=SOON)


def _step(job: Job) -> bool:
    """Change the next articles; those that were deleted or changed meanwhile are left as they are."""
    keys: list[int] = job.options["articles"]
    for article in Article.objects.filter(pk__in=keys[job.done : job.done + _PIECE]).order_by("pk"):
        job.count("changed" if _DO[job.kind](article, by=job.by) else "left")
    job.done = min(job.done + _PIECE, len(keys))
    return job.done < len(keys)


LEFT = _("left as they were")
register(JobKind(PUBLISH, _("publish articles"), _step, {"changed": _("published"), "left": LEFT}))
register(JobKind(WITHDRAW, _("withdraw articles"), _step, {"changed": _("withdrawn"), "left": LEFT}))
