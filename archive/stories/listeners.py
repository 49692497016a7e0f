"""The listener: articles that are published, changed or withdrawn are put into their stories in the same transaction.

Pages of articles and of results show stories, so their tags change with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.dispatch import receiver

from archive.articles.models import Article
from archive.articles.signals import visibility_changed
from archive.pages.revalidation import depends_on
from archive.stories.building import renew
from archive.stories.held import revision

depends_on(revision)


@receiver(visibility_changed)
def renew_stories(articles: Sequence[Article], **_kwargs: object) -> None:
    renew(articles)
