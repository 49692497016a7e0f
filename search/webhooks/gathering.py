"""What is to be told next to a webhook: changes of articles, gathered into a delivery.

A webhook of a search or a record is told of an article that the index has as it is now. Its members say what its
receiver has: an article comes, changes, or leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.articles.models import Article
from archive.authorities.directory import directory
from search.answer.service import question_of
from search.engine import engine
from search.models import IndexChange
from search.question.understanding import understand
from search.webhooks.models import Webhook, WebhookChange, WebhookDelivery, WebhookMember

MOST_CHANGES = 50  # of one delivery
_ALL: Final = 1 << 30
Event = WebhookChange.Event


def ready(webhook: Webhook) -> QuerySet[Any]:
    """The changes that can be told, in their order."""
    changes: QuerySet[Any] = webhook.changes.order_by("pk")
    return changes if webhook.is_of_all else changes.exclude(identifier__in=IndexChange.objects.values("identifier"))


def is_behind(webhook: Webhook) -> bool:
    """Whether there is anything to gather for it."""
    return (webhook.known_at is None and not webhook.is_of_all) or ready(webhook).exists()


def gather(webhook: Webhook) -> None:
    """Make a delivery of the first changes, where any of them is to be told; SearchUnavailable where that is open."""
    if webhook.known_at is None and not webhook.is_of_all:
        _learn(webhook)
    changes = list(ready(webhook)[:MOST_CHANGES])
    events = _gathered(changes)
    public = set(Article.objects.filter(identifier__in=events).still_published().values_list("identifier", flat=True))
    found = public if webhook.is_of_all or not public else public & _found(webhook)
    with transaction.atomic():
        if webhook.changes.filter(pk__in=[change.pk for change in changes]).delete()[0] < len(changes):
            transaction.set_rollback(True)  # another worker was quicker
            return
        told = _of_all(events, public) if webhook.is_of_all else _of_members(webhook, events, public, found)
        if items := list(told):
            WebhookDelivery.objects.create(webhook=webhook, items=items)


def _gathered(changes: Iterable[WebhookChange]) -> dict[str, str]:
    """What happened to each article in the end: one that was published and then changed is published."""
    events: dict[str, str] = {}
    for change in changes:
        before = events.get(change.identifier)
        is_more = change.event != Event.TOUCHED and (change.event, before) != (Event.CHANGED, Event.PUBLISHED)
        if before is None or is_more:
            events[change.identifier] = change.event
    return events


def _of_all(events: dict[str, str], public: set[str]) -> Iterator[tuple[str, str]]:
    for identifier, event in events.items():
        if identifier not in public:
            yield identifier, Event.WITHDRAWN
        else:
            yield identifier, Event.PUBLISHED if event == Event.PUBLISHED else Event.CHANGED


def _of_members(
    webhook: Webhook, events: dict[str, str], public: set[str], found: set[str]
) -> Iterator[tuple[str, str]]:
    """What the receiver is told, which is written down as what it has."""
    held = set(webhook.members.filter(identifier__in=events).values_list("identifier", flat=True))
    for identifier, event in events.items():
        if identifier in found and identifier not in held:
            yield identifier, Event.PUBLISHED
        elif identifier in found and event != Event.TOUCHED:
            yield identifier, Event.CHANGED
        elif identifier in held - found:
            yield identifier, Event.LEFT if identifier in public else Event.WITHDRAWN
    webhook.members.filter(identifier__in=held - found).delete()
    WebhookMember.objects.bulk_create(_members(webhook, found - held))


def _members(webhook: Webhook, identifiers: Iterable[str]) -> list[WebhookMember]:
    return [WebhookMember(webhook=webhook, identifier=identifier) for identifier in sorted(identifiers)]


def _learn(webhook: Webhook) -> None:
    """Take what a webhook is about now for known to its receiver, but for what was published since it was made."""
    new = webhook.changes.filter(event=Event.PUBLISHED).values_list("identifier", flat=True)
    known = _found(webhook) - set(new)
    with transaction.atomic():
        webhook.members.all().delete()
        WebhookMember.objects.bulk_create(_members(webhook, known), batch_size=500)
        webhook.known_at = timezone.now()
        webhook.save(update_fields=["known_at"])


def _found(webhook: Webhook) -> set[str]:
    """All articles that have what a webhook asks for, by the last state of the index."""
    asked = webhook.asked
    question = question_of(asked, understand(asked, directory()).tree, size=_ALL)
    return {identifier for identifier, _score in engine().search(question).found}
