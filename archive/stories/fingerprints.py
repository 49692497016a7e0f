"""Fingerprints: of articles whose traits are read, back to traits, and the few that one is compared with, never all."""

from __future__ import annotations

import datetime
import heapq
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from django.db.models import Count

from archive.articles.description import Found
from archive.articles.models import AccessPoint, Article, Field, Precision
from archive.stories.copies import bands
from archive.stories.evidence import EVENT_DAYS
from archive.stories.models import Band, Fingerprint, write_pairs
from archive.stories.traits import VERSION, NamedRecord, PressReport, Traits, traits

EXACT = {Precision.DAY, Precision.MINUTE}
_IN: Final = 500  # values that a statement names
T = TypeVar("T")

Foretold = tuple[PressReport, tuple[NamedRecord, ...], Traits]
_expected: dict[tuple[PressReport, tuple[NamedRecord, ...]], Traits] = {}


def foretell(description: Mapping[str, Any], mentions: Iterable[Found]) -> Foretold:
    """The traits that an article will have which is described so; for `expect` in the process that publishes it."""
    report = _report(*(description[name] for name in ("language", "dated_on", "date_precision", "title", "body")))
    places: dict[tuple[str, str], list[int]] = {}
    for field, mention in mentions:
        start = _starts(report.title)[field] + mention.start
        places.setdefault((mention.kind, mention.record), []).append(start)
    named = tuple(NamedRecord(*record, min(starts), len(starts)) for record, starts in places.items())
    return report, named, traits(report, named)


def expect(foretold: Iterable[Foretold]) -> None:
    """Take traits that were read ahead in the place of those before; they hold for what they were read from alone."""
    _expected.clear()
    _expected.update({(report, named): found for report, named, found in foretold})


def read(article: Article) -> Traits:
    """The traits of an article whose access points, records and mentions are at hand."""
    report = _report(article.language, article.dated_on, article.date_precision, article.title, article.body)
    named = tuple(_named(article))
    return _expected.get((report, named)) or traits(report, named)


def _report(language: str, dated_on: datetime.date | None, precision: str, title: str, body: str) -> PressReport:
    return PressReport(language, dated_on if precision in EXACT else None, title, body)


def _starts(title: str) -> dict[Field, int]:
    """Where the fields begin in the text whose traits are read."""
    return {Field.KICKER: 0, Field.TITLE: 0, Field.BODY: len(title) + 2}


def _named(article: Article) -> Iterable[NamedRecord]:
    """The records that no curator rejected, from where they are first mentioned; one without a mention by its link."""
    starts = _starts(article.title)
    for point in article.access_points.all():
        if point.state != AccessPoint.State.REJECTED:
            places = [starts[Field(mention.field)] + mention.start for mention in point.mentions.all()]
            start = min(places, default=starts[Field.BODY])
            yield NamedRecord(point.record.kind, point.record.slug, start, max(len(places), 1))


def fingerprint(article: Article, story: int | None = None) -> Fingerprint:
    """The fingerprint of an article, not saved."""
    found = read(article)
    return Fingerprint(
        article=article,
        version=VERSION,
        day=found.day,
        traits={
            "language": found.language,
            "clues": dict(found.clues),
            "head": sorted(found.head),
            "titled": sorted(found.titled),
        },
        signature=found.signature,
        story=story,
    )


def traits_of(held: Fingerprint) -> Traits:
    """The traits that a fingerprint keeps."""
    return _traits(held.day, held.traits, bytes(held.signature))


def _traits(day: datetime.date | None, kept: dict[str, Any], signature: bytes) -> Traits:
    head, titled = frozenset(kept["head"]), frozenset(kept["titled"])
    return Traits(kept["language"], day, kept["clues"], head, titled, bytes(signature))


COPIES = 50  # compared at most, those with the most buckets in common
EVENTS = 150  # those with the most records in common
ACROSS = 60  # the newest in another language, whether or not a record of theirs is on file
ARTICLES_REMEMBERED: Final = 40_000  # about 300 bytes each
TRAITS_REMEMBERED: Final = 4_000  # about 14 kB each


class Day:
    """The articles of one day, by what they may be the neighbours of others.

    `records` are those that each names, by key; `naming` is the same the other way, `languages` the keys of those of
    the present version, in both the newest last.
    """

    def __init__(self) -> None:
        self.records: dict[int, tuple[int, ...]] = {}
        self.naming: defaultdict[int, list[int]] = defaultdict(list)
        self.languages: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, key: int, language: str, records: Iterable[int], *, is_present: bool = True) -> None:
        """Take an article of this day."""
        self.records[key] = tuple(records)
        of_present = (self.languages[language],) if is_present else ()
        for keys in (*(self.naming[record] for record in self.records[key]), *of_present):
            insort(keys, key)

    def discard(self, key: int) -> None:
        """Forget an article, if it is of this day."""
        for keys in (*(self.naming[record] for record in self.records.pop(key, ())), *self.languages.values()):
            at = bisect_left(keys, key)
            if keys[at : at + 1] == [key]:
                del keys[at]


class ReadBefore:
    """What was read of fingerprints, kept from one transaction to the next while nothing else changes them.

    An intake publishes articles of the same days slice after slice: of busy days thousands would be read for each.
    """

    def __init__(self) -> None:
        self.days: dict[datetime.date, Day] = {}
        self.traits: dict[int, Traits] = {}

    def discard(self, key: int, day: datetime.date | None) -> None:
        """Forget an article of a day, which is to be read anew."""
        self.traits.pop(key, None)
        if day in self.days:
            self.days[day].discard(key)

    def prune(self) -> None:
        """Keep a bounded number of articles, of those days and traits that were asked for last."""
        articles = sum(len(day.records) for day in self.days.values())
        while articles > ARTICLES_REMEMBERED:
            articles -= len(self.days.pop(next(iter(self.days))).records)
        for key in list(islice(self.traits, max(0, len(self.traits) - TRAITS_REMEMBERED))):
            del self.traits[key]


class Held:
    """Fingerprints of a version, and the neighbours of some days, that were asked for in one transaction, each once.

    `fresh` are those of this transaction, not written yet. `meet` takes one after the other, `write` writes what was
    taken; what is asked for meanwhile is answered as if each were written when it was taken.
    """

    def __init__(self, version: int, fresh: Collection[Fingerprint], before: ReadBefore | None = None) -> None:
        self.version = version
        before = before or ReadBefore()
        self._days, self._read = before.days, before.traits
        self._taken: list[Fingerprint] = []
        self._bands = {one.pk: bands(bytes(one.signature)) for one in fresh}
        self._stored = _stored_bands({value for of_one in self._bands.values() for value in of_one})
        self._bands_taken: Counter[int] = Counter()
        self._bands_waiting: set[int] = set()
        windows = (_window(one.day) for one in fresh if one.day is not None)
        self._look_up(day for window in windows for day in window)

    def meet(self, present: Fingerprint, found: Traits) -> None:
        """Take the fingerprint of an article that is read anew, whose access points are at hand."""
        article = present.article
        self._read[article.pk] = found
        self._taken.append(present)
        self._bands_taken.update(self._bands[article.pk])
        self._bands_waiting.update(self._bands[article.pk])
        if found.day is not None and (of_day := self._days.get(found.day)) is not None:
            held = (point for point in article.access_points.all() if point.state != AccessPoint.State.REJECTED)
            of_day.add(article.pk, article.language, {point.record_id for point in held})

    def write(self) -> None:
        """Write what was taken since."""
        Fingerprint.objects.bulk_create(self._taken)
        write_pairs(Band, [(one.pk, value) for one in self._taken for value in self._bands[one.pk]])
        self._taken.clear()
        self._bands_waiting.clear()

    def copies(self, key: int, signature: bytes) -> Iterable[int]:
        """Those that share the most bands with an article, of equal ones the newest."""
        shared = self._bands[key] if key in self._bands else bands(signature)
        if key in self._bands and not any(one in self._stored or self._bands_taken[one] > 1 for one in shared):
            return ()  # it is alone in its bands, as most are
        if not self._bands_waiting.isdisjoint(shared):
            self.write()
        meeting = Band.objects.filter(value__in=shared).values("fingerprint").annotate(n=Count("pk"))
        return meeting.order_by("-n", "-fingerprint").values_list("fingerprint", flat=True)[:COPIES]

    def read(self, keys: Iterable[int]) -> dict[int, Traits]:
        """The traits of those articles that have any of this version, by their keys, the newest first."""
        wanted = set(keys)
        rows = Fingerprint.objects.filter(pk__in=wanted - self._read.keys(), version=self.version).order_by()
        for key, *kept in rows.values_list("pk", "day", "traits", "signature"):
            self._read[key] = _traits(*kept)
        found = {key: self._read.pop(key) for key in wanted.intersection(self._read)}
        self._read |= found  # as those that were asked for last
        days = sorted(((one.day or datetime.date.min, key) for key, one in found.items()), reverse=True)
        return {key: found[key] for _day, key in days}

    def near(self, day: datetime.date) -> list[Day]:
        """The days around one on which the same event is told."""
        window = _window(day)
        self._look_up(window)
        found = {each: self._days.pop(each) for each in window}
        self._days |= found  # as those that were asked for last
        return list(found.values())

    def _look_up(self, days: Iterable[datetime.date]) -> None:
        for some in _parted(sorted(set(days).difference(self._days))):
            self._days |= _days(some)


def _stored_bands(values: Iterable[int]) -> set[int]:
    """Those of some bands that hold any fingerprint."""
    held = Band.objects.order_by().values_list("value", flat=True).distinct()
    return {value for some in _parted(values) for value in held.filter(value__in=some)}


def _parted(values: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as a statement may name."""
    rest = iter(values)
    return iter(lambda: list(islice(rest, _IN)), [])


def _days(days: list[datetime.date]) -> dict[datetime.date, Day]:
    # By the articles of these days, never by all that name a record: an archive of any size has as many in five days.
    points = AccessPoint.objects.filter(article__fingerprint__day__in=days).exclude(state=AccessPoint.State.REJECTED)
    records: dict[int, list[int]] = {}
    same: dict[int, int] = {}  # one number object for each record, however often it is named
    for article, record in points.order_by().values_list("article", "record"):
        records.setdefault(article, []).append(same.setdefault(record, record))
    found = {day: Day() for day in days}
    rows = Fingerprint.objects.filter(day__in=days).order_by("pk")
    for key, day, language, version in rows.values_list("pk", "day", "article__language", "version"):
        if day is not None:  # as the types have it; the days asked for are days
            found[day].add(key, language, records.get(key, ()), is_present=version == VERSION)
    return found


def candidates(key: int, mine: Traits, held: Held) -> set[int]:
    """The articles whose fingerprints may be tied to that of this one, a bounded number."""
    found = set(held.copies(key, mine.signature))
    if mine.day is not None:
        near = held.near(mine.day)
        found.update(_events(key, near), _across(mine.language, near))
    return found - {key}


def _events(key: int, near: Sequence[Day]) -> Iterable[int]:
    """Those with the most records in common, of equal ones the newest."""
    wanted = next((day.records[key] for day in near if key in day.records), ())
    shared: Counter[int] = Counter()
    for record in wanted:
        for day in near:
            shared.update(day.naming.get(record, ()))
    least, fewer = len(wanted), Counter(shared.values())
    enough = 0
    for least in range(len(wanted), 0, -1):
        enough += fewer[least]
        if enough >= EVENTS:
            break
    return heapq.nlargest(EVENTS, (one for one in shared if shared[one] >= least), key=lambda one: (shared[one], one))


def _across(language: str, near: Sequence[Day]) -> Iterable[int]:
    """The newest in another language."""
    others = (keys[-ACROSS:] for day in near for other, keys in day.languages.items() if other != language)
    return heapq.nlargest(ACROSS, (key for keys in others for key in keys))


def _window(day: datetime.date) -> list[datetime.date]:
    """The days around one on which the same event is told; the calendar has a first and a last day."""
    first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()
    within = range(max(first, day.toordinal() - EVENT_DAYS), min(last, day.toordinal() + EVENT_DAYS) + 1)
    return [datetime.date.fromordinal(number) for number in within]
