"""The watch list: feeds and site maps, each looked at at its pace; pages named for the first time are taken in.

Nothing of it is published: what it brings are drafts. A feed that fails is looked at ever more seldom, up to once a
day, and stops no other.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone

from archive.captures.models import Capture
from archive.fetching.errors import FetchError
from archive.fetching.feeds import read_feed
from archive.fetching.fetch import Fetched, fetch
from archive.intake.addresses import limits, pace, reach
from archive.intake.models import Accession, AccessionItem, WatchedFeed
from archive.intake.queued import take_in_later
from archive.intake.reading.items import Stated
from archive.intake.working import FETCHED, begin
from archive.work import queue
from archive.work.kinds import More
from archive.work.models import Job

logger = logging.getLogger("archive.intake")
WATCH: Final = "watch"
MOST_PAGES: Final = 200  # of one look; the others come with the next one
MOST_MAPS: Final = 20  # site maps of an index that one look reads, the first it names
SELDOM: Final = datetime.timedelta(days=1)
LOOKED_FOR_SECONDS: Final = 15.0  # between two looks for feeds that are due
_IN: Final = 500  # addresses of one query


def begin_due() -> int:
    """Put a look at every feed that is due into the queue; how many."""
    now = timezone.now()
    due = WatchedFeed.objects.filter(is_active=True, next_at__lte=now)
    for feed in due:
        look_later(feed)
    return len(due)


@transaction.atomic
def look_later(feed: WatchedFeed) -> Job:
    feed.next_at = timezone.now() + datetime.timedelta(minutes=feed.minutes)
    feed.save(update_fields=["next_at"])
    return queue.begin(WATCH, {"feed": feed.pk, "address": feed.address}, total=1, priority=queue.LATER)


def watch(job: Job) -> More:
    """Look at a feed, or at one more site map of an index, as a step of a job."""
    feed = WatchedFeed.objects.filter(pk=job.options["feed"], is_active=True).first()
    if feed is None:
        return False
    left: list[str] = job.cursor["left"] if job.cursor else [feed.address]
    found: list[str] = job.cursor["found"] if job.cursor else []
    if (seconds := pace().wait(left[0])) > 0:
        return seconds
    address, *left = left
    try:
        answer = _asked(feed, address)
        if not answer.is_unchanged:
            read = read_feed(answer.body, answer.address)
            found += [entry.address for entry in read.entries]
            left += read.more[:MOST_MAPS] if address == feed.address else ()
    except FetchError as error:
        logger.warning("%s: %s", address, error)
        if address == feed.address:
            _failed(feed, str(error))
            return False
    job.cursor, job.done, job.total = {"left": left, "found": found}, job.done + 1, job.done + 1 + len(left)
    if left:
        return True
    _taken(feed, found, job)
    return False


def _asked(feed: WatchedFeed, address: str) -> Fetched:
    """The answer of a site, with what is to be said next time so that it need not send the same again."""
    tags = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified} if address == feed.address else {}
    pace().robots.insist(address)
    conditions = {name: value for name, value in tags.items() if value}
    try:
        answer = fetch(address, reach=reach(), limits=limits(), conditions=conditions)
    finally:
        pace().asked(address)
    if answer.status not in {200, 304}:
        raise FetchError(f"the site answers with the status {answer.status}")
    if address == feed.address and not answer.is_unchanged:
        feed.etag, feed.last_modified = answer.header("ETag")[:500], answer.header("Last-Modified")[:100]
    return answer


@transaction.atomic
def _taken(feed: WatchedFeed, found: Sequence[str], job: Job) -> None:
    """Have the pages taken in that nobody has seen yet, and note the look."""
    new = _unseen(list(dict.fromkeys(found)))
    if len(new) > MOST_PAGES:
        feed.etag = feed.last_modified = ""  # the rest is not told of as unchanged
    job.count("named", len(set(found)))
    job.count("new", len(new[:MOST_PAGES]))
    if new:
        accession = begin(new[:MOST_PAGES], Accession.Way.FEED, stated=Stated(source=feed.source))
        take_in_later(accession)
    feed.failures, feed.looked_at, feed.note = 0, timezone.now(), f"{len(set(found))} pages, {len(new)} new"
    feed.save()


def _unseen(addresses: list[str]) -> list[str]:
    seen: set[str] = set()
    for at in range(0, len(addresses), _IN):
        some = addresses[at : at + _IN]
        items = AccessionItem.objects.filter(name__in=some, accession__way__in=FETCHED, accession__is_dry_run=False)
        seen.update(items.values_list("name", flat=True))
        seen.update(Capture.objects.filter(target_uri__in=some).values_list("target_uri", flat=True))
    return [address for address in addresses if address not in seen]


def _failed(feed: WatchedFeed, reason: str) -> None:
    """Note a failure; the next look waits twice as long as this one did, a day at most."""
    feed.failures, feed.looked_at, feed.note = feed.failures + 1, timezone.now(), reason[:500]
    pause = datetime.timedelta(minutes=feed.minutes) * 2 ** min(feed.failures, 12)
    feed.next_at = timezone.now() + max(min(pause, SELDOM), datetime.timedelta(minutes=feed.minutes))
    feed.save(update_fields=["failures", "looked_at", "note", "next_at"])
