"""The listener: an article that is published, changed or withdrawn is put into its story in the same transaction."""

from __future__ import annotations

from django.dispatch import receiver

from archive.articles.models import Article
from archive.articles.signals import visibility_changed
from archive.stories.building import renew


@receiver(visibility_changed)
def renew_story(article: Article, **_kwargs: object) -> None:
    renew(article)
