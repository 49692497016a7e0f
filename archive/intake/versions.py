"""The captures of an article: that which it is described from, and others of the same page."""

from __future__ import annotations

from collections.abc import Iterable

from archive.articles.models import Article
from archive.captures.models import Capture
from archive.intake.models import Version


def holders(digests: Iterable[str]) -> dict[str, Article]:
    """The articles that these payloads are captures of, by digest."""
    found = list(Capture.objects.filter(payload_digest__in=set(digests)).values_list("pk", flat=True))
    if not found:
        return {}
    versions = Version.objects.filter(capture__in=found).select_related("article__capture", "capture")
    held = {one.capture.payload_digest: one.article for one in versions}
    articles = Article.objects.filter(capture__in=found).exclude(versions__capture__in=found).select_related("capture")
    return held | {article.capture.payload_digest: article for article in articles}


def attach(article: Article, capture: Capture) -> None:
    """Keep a capture as one of an article's; what it is described from stays."""
    for one in (article.capture, capture):
        Version.objects.get_or_create(capture=one, defaults={"article": article})


def detach(capture: Capture) -> None:
    """Take a capture away from its article, which is described from another."""
    article = Article.objects.filter(versions__capture=capture).first()
    Version.objects.filter(capture=capture).delete()
    if article is not None and article.versions.count() < 2:
        article.versions.all().delete()
