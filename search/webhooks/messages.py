"""The body of a delivery: JSON, made anew for every attempt, so that what was withdrawn meanwhile is not told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from archive.articles.citing.cited import cited
from archive.articles.citing.files import described
from archive.articles.models import Article
from archive.articles.rights import Audience, shown
from archive.authorities.directory import directory
from search.webhooks.models import Webhook, WebhookChange, WebhookDelivery

ARTICLES, TEST = "articles", "test"  # types of deliveries
MOST_TEXT = 500_000  # code points of texts in one delivery; what is over is at the address of its article
Event = WebhookChange.Event
_BY_NAME: Final = (Event.WITHDRAWN, Event.LEFT)


def body(delivery: WebhookDelivery) -> str:
    """What is sent now: `{"type": "articles", "timestamp": …, "data": {"items": […]}}`."""
    told = {
        "type": TEST if delivery.is_test else ARTICLES,
        "timestamp": delivery.made_at.isoformat(timespec="seconds"),
        "data": {"webhook": delivery.webhook_id, "items": list(_items(delivery))},
    }
    return json.dumps(told, ensure_ascii=False)


def _items(delivery: WebhookDelivery) -> Iterator[dict[str, Any]]:
    webhook, left = delivery.webhook, MOST_TEXT
    wanted = [identifier for identifier, event in delivery.items if event not in _BY_NAME]
    held = Article.objects.described().still_published().in_bulk(wanted, field_name="identifier")
    for identifier, event in delivery.items:
        if identifier not in held:
            yield _named(webhook, identifier, event if event in _BY_NAME else Event.WITHDRAWN)
            continue
        told = _told(webhook, held[identifier])
        left -= len(told["text"])
        yield {"event": event, **told} | ({} if webhook.with_text and left >= 0 else {"text": None})


def _told(webhook: Webhook, article: Article) -> dict[str, Any]:
    """The article as it may leave in bulk."""
    article = shown(article, Audience.BULK, directory())
    url = f"{webhook.site}{article.get_absolute_url()}"
    return described(article, cited(article, url, timezone.now().date(), directory()))


def _named(webhook: Webhook, identifier: str, event: str) -> dict[str, Any]:
    """An article that is not told of any more, by its names alone; it may be gone for good."""
    article = Article(identifier=identifier)
    return {
        "event": event,
        "identifier": identifier,
        "guid": article.guid,
        "url": f"{webhook.site}{article.get_absolute_url()}",
    }
