"""Deliveries, sent by the queue of work: one after another for each webhook, at least once, with growing waits.

A delivery keeps its name over all attempts, so that a receiver can drop one that it has. While one is not taken the
later ones wait behind it: what is told of an article comes in the order in which it happened.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive.fetching.errors import FetchError
from archive.fetching.fetch import Reach, post
from archive.work.kinds import More
from archive.work.models import Job
from archive.work.queue import SOON, begin
from search.engine.protocol import SearchUnavailable
from search.webhooks.gathering import gather, is_behind
from search.webhooks.messages import body
from search.webhooks.models import Webhook, WebhookChange, WebhookDelivery
from search.webhooks.signing import signed

SEND: Final = "webhook"
LOOKED_FOR_SECONDS: Final = 10.0  # between two looks for what is to be sent
SECONDS = 10.0  # that an attempt may take
WAITS: Final = (60, 300, 1800, 7200, 21_600, 43_200, 86_400)  # seconds before the second attempt and the later ones
LOGGED = 200  # deliveries that are over, of a webhook
SEARCH_WAIT: Final = 60.0  # seconds, where the search cannot answer
CHANGES_KEPT: Final = datetime.timedelta(days=30)  # for a webhook that is switched off
JOBS_KEPT: Final = datetime.timedelta(days=1)  # what was sent, the log of deliveries tells
AFTER_ERROR: Final = datetime.timedelta(hours=1)
GONE: Final = 410
State = WebhookDelivery.State


def begin_due() -> int:
    """Have sent what can be sent, where nobody is at it; how many webhooks are sent to: called by the worker."""
    now = timezone.now()
    WebhookChange.objects.filter(at__lt=now - CHANGES_KEPT).delete()
    jobs = Job.objects.filter(kind=SEND)
    jobs.filter(state=Job.State.DONE, ended_at__lt=now - JOBS_KEPT).delete()
    is_left_alone = ~Q(state__in=Job.OVER) | Q(state=Job.State.FAILED, ended_at__gt=now - AFTER_ERROR)
    left_alone = set(jobs.filter(is_left_alone).values_list("options__webhook", flat=True))
    due = [webhook for webhook in Webhook.objects.exclude(pk__in=left_alone) if _is_due(webhook)]
    for webhook in due:
        begin(SEND, {"webhook": webhook.pk}, total=1)
    return len(due)


def _is_due(webhook: Webhook) -> bool:
    first = _first(webhook)
    if first is not None:
        return bool(first.next_at <= timezone.now())
    return webhook.is_on and is_behind(webhook)


def _first(webhook: Webhook) -> WebhookDelivery | None:
    """The delivery whose turn it is: a test before all others, and alone where the webhook is switched off."""
    waiting = webhook.deliveries.filter(state=State.WAITING).order_by("-is_test", "pk")
    first: WebhookDelivery | None = (waiting if webhook.is_on else waiting.filter(is_test=True)).first()
    return first


@transaction.atomic
def send_test(webhook: Webhook) -> Job:
    """Have a delivery sent that tells of no article, also to a webhook that is switched off."""
    WebhookDelivery.objects.create(webhook=webhook, is_test=True)
    return begin(SEND, {"webhook": webhook.pk}, total=1, priority=SOON)


def step(job: Job) -> More:
    """Gather the next delivery of a webhook, or send the one whose turn it is."""
    webhook = Webhook.objects.select_related("record").filter(pk=job.options["webhook"]).first()
    delivery = _first(webhook) if webhook is not None else None
    if webhook is None or not _is_due(webhook):
        return False
    if delivery is None:
        try:
            gather(webhook)
        except SearchUnavailable:
            return SEARCH_WAIT
        return True
    is_taken = attempt(delivery)
    job.count("sent" if is_taken else "failed")
    job.done += 1
    job.total = job.done
    return True


def attempt(delivery: WebhookDelivery) -> bool:
    """Send a delivery, and note how that went; whether it was taken. Killed between the two, it is sent again."""
    began, status, failure = timezone.now(), None, None
    sent = body(delivery)
    headers = {"Content-Type": "application/json", **signed(delivery.webhook, delivery.name, sent, began)}
    reach = Reach(agent=settings.FETCH_AGENT, loopback=settings.FETCH_LOOPBACK)
    try:
        status = post(delivery.webhook.address, sent.encode(), headers, reach=reach, seconds=SECONDS)
    except FetchError as error:
        failure = error
    return note(delivery.pk, status, failure, began)


@transaction.atomic
def note(key: int, status: int | None, failure: FetchError | None, began: datetime.datetime) -> bool:
    delivery = WebhookDelivery.objects.select_for_update().select_related("webhook").filter(pk=key).first()
    if delivery is None:  # its webhook was deleted meanwhile
        return True
    is_taken = status is not None and 200 <= status < 300
    delivery.note(status, failure, began)
    if is_taken or delivery.is_test:
        delivery.state = State.DONE if is_taken else State.FAILED
    else:
        _put_off(delivery)
    delivery.save()
    _cut_log(delivery.webhook)
    return is_taken


def _put_off(delivery: WebhookDelivery) -> None:
    """Have it wait longer than before; a webhook that took it at no time, or says that it is gone, is switched off."""
    delivery.failures += 1
    if delivery.failures > len(WAITS) or delivery.status == GONE:
        delivery.webhook.switch(False, delivery.told)
    else:
        delivery.next_at = timezone.now() + datetime.timedelta(seconds=WAITS[delivery.failures - 1])


def _cut_log(webhook: Webhook) -> None:
    over: Any = webhook.deliveries.exclude(state=State.WAITING).order_by("-pk")
    for key in over.values_list("pk", flat=True)[LOGGED : LOGGED + 1]:
        over.filter(pk__lte=key).delete()
