"""An erased article leaves the index for good: its words stay in old segments until the index is built anew."""

from __future__ import annotations

from typing import Final

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from archive.articles.models import Article
from archive.articles.signals import erased
from archive.work.kinds import JobKind, register
from archive.work.models import Job
from archive.work.queue import SOON, begin
from search.indexing.indexes import BOTH
from search.indexing.writer import rebuild

REBUILD: Final = "rebuild-index"


@receiver(erased)
def build_anew(article: Article, **_kwargs: object) -> None:
    begin(REBUILD, {}, total=1, priority=SOON)


def _step(job: Job) -> bool:
    for held in BOTH:
        with held.engine().writing(wait=True) as index:
            index.forget()
        job.count("indexed", rebuild(held))
    job.done = 1
    return False


register(JobKind(REBUILD, _("build the index anew"), _step, {"indexed": _("articles indexed")}, commits=True))
