"""The watch list: feeds and site maps, each looked at at its pace; pages named for the first time are taken in.

Nothing of it is published: what it brings are drafts. A feed that fails is looked at ever more seldom, up to once a
day, and stops no other.
"""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Final

from django.db import transaction
from django.utils import timezone

from archive.authorities.directory import directory
from archive.authorities.models import Kind
from archive.captures.models import Capture
from archive.fetching.errors import FetchError, gettext_noop
from archive.fetching.feeds import Feed
from archive.fetching.feeds_apart import read_bounded
from archive.fetching.fetch import Fetched, fetch
from archive.intake.addresses import is_passing, limits, pace, reach
from archive.intake.models import PATH_LENGTH, Accession, AccessionItem, Told, WatchedFeed, told_of
from archive.intake.queued import take_in_later
from archive.intake.reading.items import Stated
from archive.intake.working import FETCHED, begin
from archive.work import queue
from archive.work.kinds import More
from archive.work.models import Job

logger = logging.getLogger("archive.intake")
WATCH: Final = "watch"
MOST_TRIES: Final = 5  # of a page that its site could not give
TRIED_FOR: Final = datetime.timedelta(days=7)
MOST_PAGES = 200  # of one look; the others come with the next one
MOST_MAPS: Final = 20  # site maps of an index that one look reads, the first it names
STATUS: Final = gettext_noop("the site answers with the status %(status)d")
NAMED: Final = gettext_noop("%(named)d pages, %(new)d new")
AGAIN: Final = gettext_noop("%(again)d tried again")
LATER: Final = gettext_noop("%(later)d of them with the next looks")
CUT: Final = gettext_noop("it names more than %(most)d pages, the others are not read")
MAPS: Final = gettext_noop("%(count)d of its site maps are not read")
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
    look = Look(**job.cursor) if job.cursor else Look([feed.address])
    if (seconds := pace().wait(look.left[0])) > 0:
        return seconds
    address, *look.left = look.left
    try:
        answer = _asked(feed, address)
        if address == feed.address:
            look.try_again(_to_try_again(feed))
        if not answer.is_unchanged:
            look.meet(address, read_bounded(answer.body, answer.address), is_first=address == feed.address)
    except FetchError as error:
        logger.warning("%s: %s", address, error)
        if address == feed.address:
            _failed(feed, error)
            return False
        look.unread.append(told_of(error.template, error.parameters, address))
    job.cursor, job.done, job.total = asdict(look), job.done + 1, job.done + 1 + len(look.left)
    if look.left:
        return True
    _taken(feed, look, job)
    return False


@dataclass
class Look:
    """How far a look has come: addresses of site maps that are left, pages for the first time named, counts.

    `new` are those of them that are taken in, `later` counts those that come with the next look, `again` those that an
    earlier look named and their sites could not give; `unread` tells what could not be read.
    """

    left: list[str]
    new: list[str] = field(default_factory=list)
    named: int = 0
    later: int = 0
    again: int = 0
    unread: list[Told] = field(default_factory=list)

    def try_again(self, addresses: list[str]) -> None:
        self.new = addresses[:MOST_PAGES]
        self.again = len(self.new)

    def meet(self, address: str, feed: Feed, *, is_first: bool) -> None:
        named = list(dict.fromkeys(entry.address for entry in feed.entries))
        new = [one for one in _unseen(named) if one not in self.new]
        room = MOST_PAGES - len(self.new)
        self.named, self.new, self.later = self.named + len(named), self.new + new[:room], self.later + len(new[room:])
        if feed.is_cut:
            self.unread.append(told_of(CUT, {"most": len(feed.entries)}, address))
        if is_first:
            self.left += feed.more[:MOST_MAPS]
        if left_out := len(feed.more[MOST_MAPS:] if is_first else feed.more):
            self.unread.append(told_of(MAPS, {"count": left_out}, address))

    @property
    def told(self) -> list[Told]:
        """What became of the look: "12 pages, 3 new"."""
        counts = [told_of(NAMED, {"named": self.named, "new": len(self.new) - self.again + self.later})]
        counts += [told_of(LATER, {"later": self.later})] if self.later else []
        counts += [told_of(AGAIN, {"again": self.again})] if self.again else []
        return [*counts, *self.unread]


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
        raise FetchError(STATUS, status=answer.status)
    if address == feed.address and not answer.is_unchanged:
        feed.etag, feed.last_modified = answer.header("ETag")[:500], answer.header("Last-Modified")[:100]
    return answer


@transaction.atomic
def _taken(feed: WatchedFeed, look: Look, job: Job) -> None:
    """Have the pages taken in that nobody has seen yet, and note the look."""
    if look.later:
        feed.etag = feed.last_modified = ""  # the rest is not told of as unchanged
    job.count("named", look.named)
    job.count("new", len(look.new))
    if look.new:
        stated = Stated(source=feed.source or _known_source(feed))
        accession = begin(look.new, Accession.Way.FEED, stated=stated)
        accession.options |= {"feed": feed.address}
        accession.save(update_fields=["options"])
        take_in_later(accession)
    feed.failures, feed.looked_at = 0, timezone.now()
    feed.tell(look.told)
    feed.save()


def _known_source(feed: WatchedFeed) -> str:
    """The name of the source whose record has the address of the feed; "" where none has."""
    names = directory()
    slug = names.source_of_feed(feed.address)
    return names.label(Kind.SOURCE, slug, "en") if slug else ""


def _unseen(addresses: list[str]) -> list[str]:
    seen: set[str] = set()
    for at in range(0, len(addresses), _IN):
        some = addresses[at : at + _IN]
        names = {address[-PATH_LENGTH:]: address for address in some}  # as items are called
        items = AccessionItem.objects.filter(name__in=names, accession__way__in=FETCHED, accession__is_dry_run=False)
        tries: Counter[str] = Counter()
        for name, reason, parameters in items.values_list("name", "reason", "parameters"):
            tries[name] += 1 if is_passing(reason, parameters) else MOST_TRIES
        seen.update(names[name] for name, times in tries.items() if times >= MOST_TRIES)
        seen.update(Capture.objects.filter(target_uri__in=some).values_list("target_uri", flat=True))
    return [address for address in addresses if address not in seen]


def _to_try_again(feed: WatchedFeed) -> list[str]:
    """Pages that the feed named lately and their sites could not give, also where it names them no more."""
    since = timezone.now() - TRIED_FOR
    items = AccessionItem.objects.filter(
        accession__options__feed=feed.address, accession__began_at__gte=since, outcome=AccessionItem.Outcome.REFUSED
    )
    failed = items.values_list("name", "reason", "parameters")
    return _unseen(list(dict.fromkeys(name for name, *why in failed if name.startswith("http") and is_passing(*why))))


def _failed(feed: WatchedFeed, error: FetchError) -> None:
    """Note a failure; the next look waits twice as long as this one did, a day at most."""
    feed.failures, feed.looked_at = feed.failures + 1, timezone.now()
    feed.tell([told_of(error.template, error.parameters)])
    pause = datetime.timedelta(minutes=feed.minutes) * 2 ** min(feed.failures, 12)
    feed.next_at = timezone.now() + max(min(pause, SELDOM), datetime.timedelta(minutes=feed.minutes))
    feed.save(update_fields=["failures", "looked_at", "note", "next_at"])
