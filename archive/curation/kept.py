"""Articles that an undo leaves as they are, because somebody changed or decided them since: counted, and named."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from archive.articles.models import Article
from archive.work.models import Job

_MOST: Final = 100  # that are named


def keep(job: Job, article: Article) -> None:
    """Count and note one."""
    job.count("left")
    names = job.options.setdefault("kept", [])
    if len(names) < _MOST:
        names.append(article.pk)


def kept(job: Job) -> list[tuple[str, str]]:
    """Their titles, each with its address at the desk."""
    held = Article.objects.filter(pk__in=job.options.get("kept", ())).outlined().order_by("pk")
    return [(str(one), reverse("admin:articles_article_change", args=[one.pk])) for one in held]
