"""The listener: what the archive announces is noted for every webhook, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.dispatch import receiver

from archive.articles.models import Article
from archive.articles.signals import visibility_changed
from search.models import IndexChange, changes_noted
from search.webhooks.models import Webhook, WebhookChange

Event = WebhookChange.Event


@receiver(visibility_changed)
def note_articles(articles: Sequence[Article], turned: bool = False, **_kwargs: object) -> None:
    webhooks = list(Webhook.objects.only("pk").order_by())
    _note(webhooks, ((one.identifier, _event(one, turned)) for one in articles))


@receiver(changes_noted, sender=IndexChange)
def note_what_is_found_otherwise(identifiers: Sequence[str], **_kwargs: object) -> None:
    """A search finds an article for its names, too, or for the meeting that it was put into."""
    webhooks = list(Webhook.objects.exclude(query="", record=None).only("pk").order_by())
    _note(webhooks, ((identifier, Event.TOUCHED) for identifier in identifiers))


def _event(article: Article, turned: bool) -> str:
    if not article.is_public:
        return Event.WITHDRAWN
    return Event.PUBLISHED if turned else Event.CHANGED


def _note(webhooks: Sequence[Webhook], happened: Iterable[tuple[str, str]]) -> None:
    if webhooks:
        rows = [
            WebhookChange(webhook=webhook, identifier=identifier, event=event)
            for identifier, event in happened
            for webhook in webhooks
        ]
        WebhookChange.objects.bulk_create(rows, batch_size=500)
