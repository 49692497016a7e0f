"""The listener: an article in a collection is a curator's choice, and is not undone with the intake that brought it."""

from __future__ import annotations

from django.dispatch import receiver

from archive.articles.models import Article
from archive.articles.signals import rested_on
from archive.collections.models import CollectedArticle


@receiver(rested_on)
def is_collected(article: Article, **_kwargs: object) -> bool:
    return CollectedArticle.objects.filter(article=article).exists()
