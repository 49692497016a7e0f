"""Erasing reaches every capture of an article, what waits to be compared with it, and what it is known again by."""

from __future__ import annotations

from django.dispatch import receiver

from archive.articles.models import Article
from archive.articles.signals import erased
from archive.curation.erasing import erase_capture
from archive.intake.models import AccessionItem, Pair, Trace
from archive.intake.quarantine import decide
from archive.intake.versions import attach


@receiver(erased)
def erase_captures(article: Article, **_kwargs: object) -> None:
    """What waits becomes a capture of the article first, so that its bytes are known where they come again."""
    for pair in Pair.objects.filter(held=article, decision=Pair.Decision.OPEN).select_related("item__capture"):
        if pair.item.article_id is None and pair.item.capture is not None:
            attach(article, pair.item.capture)
            decide(pair.item, AccessionItem.Outcome.CAPTURED, None, article=article)
    Pair.objects.filter(held=article).delete()
    for version in article.versions.select_related("capture"):
        erase_capture(version.capture)
        AccessionItem.objects.filter(capture=version.capture).update(stated={}, name="", parameters={})
    Trace.objects.filter(article=article).delete()
