"""An accession worked on: in slices, each of whole items, so that it may stop between any two and goes on there.

A slice is read first, then its bytes are kept, then all that the database is to hold of it is written in one
transaction: articles, the rows of their items, and how far the accession has come. A kill leaves the slice undone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from archive.captures.payloads import store
from archive.database.turns import INTAKE, take_turn
from archive.intake import beside, uploads
from archive.intake.addresses import Addresses, NotYet
from archive.intake.beside import Beside
from archive.intake.known import Known, trace_some
from archive.intake.models import PATH_LENGTH, Accession, AccessionItem, Pair
from archive.intake.reading.items import Bounds, Found, Item, Reason, SetAside, Stated
from archive.intake.reading.whole import Wholes
from archive.intake.readings import Read
from archive.intake.stated import words
from archive.intake.taking import HELD_BACK, Outcome, Receipt, Wish, payloads_of, publish_added, read, settle
from archive.intake.together import TakenTogether
from archive.intake.versions import holders
from archive.pages.asked_once import one_page
from archive.telemetry.counters import count_intake
from search.analysis.recalling import recalling

ASKING: Final = (Accession.Way.PASTE, Accession.Way.ADDRESS, Accession.Way.BROWSER)  # a curator waits for them
FETCHED: Final = (Accession.Way.ADDRESS, Accession.Way.FEED)  # their origins are addresses, not files
SLICE_SECONDS: Final = 0.25  # how long others wait for the database at most, about
SLICE_ITEMS: Final = 32
THROWN_OUT: Final = gettext_noop("A curator discarded it.")
CANNOT: Final = gettext_noop("The archive cannot take it: %(what)s.")
State = Accession.State
Told = list[tuple[AccessionItem, Receipt]]


class Ended(Exception):
    """The accession is undone, or being undone, since its slice was read."""


class CannotStore(Exception):
    """The archive can take nothing in: the disk is full or read-only, the database is locked or gone."""


def begin(
    paths: list[str],
    way: str,
    *,
    by: User | None = None,
    dry_run: bool = False,
    publish: bool = False,
    refresh: bool = False,
    columns: dict[str, tuple[str, ...]] | None = None,
    stated: Stated = Stated(),  # noqa: B008 - frozen
) -> Accession:
    """A new accession, of which nothing is taken in yet."""
    said = {name: value for name, value in asdict(stated).items() if value}
    options = {"publish": publish, "refresh": refresh, "columns": columns or {}, "stated": said}
    options = {name: value for name, value in options.items() if value}
    return Accession.objects.create(by=by, way=way, origins=paths, options=options, is_dry_run=dry_run)


def work_on(accession: Accession, until: float, tell: Callable[[Told], None] = lambda _told: None) -> bool:
    """Take items in until `time.monotonic()` says `until`, at least a slice of them; whether there is more.

    `tell` is called after each slice with what became of it, when it is written. CannotStore where the archive can
    take nothing in: what was told is whole, and the accession can go on when there is room. NotYet where all sites
    that are left to be asked have to be left alone for a while.
    """
    while True:
        work = _work(accession)
        if not work.all_traced():
            if time.monotonic() >= until:
                return True
            continue
        began = time.monotonic()
        found = work.next_slice(min(until, began + SLICE_SECONDS))
        try:
            for told in _written(accession, found, work, began):
                tell(told)
                began = time.monotonic()
        except CannotStore as error:
            forget(accession)
            _note(accession, State.STOPPED, str(error))
            raise
        except Ended:
            forget(accession)
            accession.refresh_from_db()
            return False
        if not found:
            forget(accession)
            return False
        if time.monotonic() >= until:
            return True


def stop(accession: Accession, note: str = "") -> None:
    """Leave an accession where it is; it can be resumed."""
    forget(accession)
    _note(accession, State.STOPPED, note)


def _note(accession: Accession, state: str, note: str) -> None:
    accession.state, accession.note = state, note[:500]
    try:
        accession.save(update_fields=["state", "note"])
    except OperationalError:
        return  # the database cannot say it either


class _Work:
    """The items of an accession that are not done yet, from its place on, and what a dry run has met."""

    def __init__(self, accession: Accession) -> None:
        options = accession.options
        columns = {field: tuple(names) for field, names in options.get("columns", {}).items()}
        stated = Stated(**options.get("stated", {}))
        bounds = Bounds(item_bytes=settings.CAPTURE_MAX_BYTES)
        self.wholes = (
            Addresses(accession.origins, stated=stated, held=frozenset(accession.items.values_list("name", flat=True)))
            if accession.way in FETCHED
            else Wholes(uploads.paths(accession), bounds=bounds, columns=columns, stated=stated)
        )
        self.known = Known()
        self.is_traced = False
        wished = (options.get("publish", False), options.get("refresh", False))
        self.wish = Wish(accession.by, *wished, known=self.known, asking=accession.way in ASKING)
        self.met: set[str] = set()  # digests of a dry run
        self.done = accession.done
        self._found = self._left(accession)
        self._beside = Beside(publishing=self.wish.publishing) if _is_worth_two(accession) else None
        self._next: tuple[list[Found], list[Item]] = ([], [])  # a slice, and what is read of it beside
        self.ready: dict[int, Read] = {}  # what was read beside of this slice, by the identity of its items
        self._drawn = 0
        self.is_over = False  # it has to wait, and what is left is to be looked for again

    def _left(self, accession: Accession) -> Iterator[Found]:
        """What has no row yet. The rows are asked for once, where an accession is resumed."""
        held = set(accession.items.values_list("name", flat=True)) if accession.done else set()
        if accession.is_dry_run:
            self.met.update(accession.items.exclude(digest="").values_list("digest", flat=True))
        prefix = uploads.prefix(accession)
        for found in self.wholes:
            named = replace(found, name=found.name.removeprefix(prefix)) if prefix else found
            if named.name[-PATH_LENGTH:] not in held:
                yield named

    def all_traced(self) -> bool:
        """Whether what is held is known by its marks; some more of it is by each call."""
        try:
            self.is_traced = self.is_traced or not trace_some()
        except OperationalError as error:
            raise CannotStore(error) from error
        return self.is_traced

    def next_slice(self, until: float) -> list[Found]:
        """The next slice. Of a long intake the one behind it is drawn already, to be read beside."""
        if self._beside is None or self._drawn < beside.WORTH_A_PROCESS:
            return self._draw(until)
        (taken, asked), self._next = self._next, ([], [])
        self.ready = dict(zip(map(id, asked), self._beside.answer(), strict=False)) if asked else {}
        taken = taken or self._draw(until)
        following = self._draw(time.monotonic() + SLICE_SECONDS)  # however long the answer has taken
        asked = [one for one in following if isinstance(one, Item)]
        self._next = following, asked if asked and self._beside.ask(asked) else []
        return taken

    def close(self) -> None:
        if self._beside:
            self._beside.close()

    def _draw(self, until: float) -> list[Found]:
        taken: list[Found] = []
        size = 0
        try:
            for found in self._found:
                taken.append(found)
                size += len(found.payload) if isinstance(found, Item) else 0
                if len(taken) >= SLICE_ITEMS or size > settings.CAPTURE_MAX_BYTES or time.monotonic() >= until:
                    break
        except NotYet:
            self.is_over = True
            if not taken:
                raise
        self._drawn += len(taken)
        return taken


def _is_worth_two(accession: Accession) -> bool:
    """Whether items are read in a process of their own: for the command alone, the queue makes room for others."""
    return accession.way == Accession.Way.COMMAND and not accession.is_dry_run and beside.is_possible()


_kept: dict[int, _Work] = {}  # by the key of the accession, so that the next slice need not read all before it again


def _work(accession: Accession) -> _Work:
    work = _kept.get(accession.pk)
    if work is None or work.is_over or work.done != accession.done:  # another process has gone on with it meanwhile
        forget(accession)
        work = _kept[accession.pk] = _Work(accession)
    return work


def forget(accession: Accession) -> None:
    """Close what is open of an accession in this process."""
    work = _kept.pop(accession.pk, None)
    if work:
        work.close()


def _written(accession: Accession, found: list[Found], work: _Work, began: float) -> Iterator[Told]:
    """Write a slice; where the archive cannot take it whole, one by one, as long as there is room."""
    with one_page(), recalling(settings.SPELLINGS_DIR):  # a slice is read with one state of the authority file
        readings = _readings(found, work, accession.is_dry_run)
    try:
        yield _write(accession, readings, work, began, is_last=not found)
    except (DatabaseError, OSError) as error:
        if len(readings) < 2:
            raise CannotStore(getattr(error, "strerror", None) or error) from error
        accession.refresh_from_db()
        try:
            for reading in readings:
                work.known.meet([reading[1]] if reading[1] else [])
                yield _write(accession, [reading], work, time.monotonic(), is_last=False)
        except (DatabaseError, OSError) as again:
            raise CannotStore(getattr(again, "strerror", None) or again) from again


Reading = tuple[Found, Read | None, Receipt | None]


def _readings(found: list[Found], work: _Work, is_dry_run: bool) -> list[Reading]:
    """What each of a slice holds, or what becomes of it without being read."""
    digests = {id(one): store().digest(one.payload) for one in found if isinstance(one, Item)}
    held = holders(digests.values())
    decided = AccessionItem.objects.filter(
        digest__in=set(digests.values()),
        outcome__in=(Outcome.QUARANTINED, Outcome.DISCARDED, Outcome.ALIKE),
        accession__is_dry_run=False,
    )
    doubted = dict(decided.values_list("digest", "outcome"))
    readings: list[Reading] = []
    for one in found:
        if isinstance(one, SetAside):
            outcome = Outcome.REFUSED if one.refused else Outcome.SET_ASIDE
            readings.append((one, None, Receipt(outcome, reason=one.reason)))
            continue
        digest = digests[id(one)]
        if digest in held and not work.wish.refresh:
            store().mend(one.payload)
            readings.append((one, None, Receipt(Outcome.UNCHANGED, held[digest])))
        elif digest in doubted:
            reason = Reason(THROWN_OUT if doubted[digest] == Outcome.DISCARDED else HELD_BACK)
            readings.append((one, None, Receipt(Outcome.UNCHANGED, reason=reason)))
        else:
            readings.append((one, work.ready.get(id(one)) or read(one, work.wish), None))
    work.known.meet(reading for _one, reading, _receipt in readings if reading)
    if not is_dry_run:
        return readings
    return [
        (one, reading, _would_be(reading, reading.digest in held, work) if reading else receipt)
        for one, reading, receipt in readings
    ]


def _would_be(reading: Read, is_held: bool, work: _Work) -> Receipt:
    """What would become of an item: nothing is written of it."""
    if reading.reason is not None:
        return Receipt(Outcome.QUARANTINED if reading.is_kept else Outcome.REFUSED, reason=reading.reason)
    if reading.digest in work.met:
        return Receipt(Outcome.UNCHANGED)
    work.met.add(reading.digest)
    alike = None if is_held else work.known.alike(reading)
    decision = alike.decision(asking=work.wish.asking) if alike else Pair.Decision.WITNESS
    if alike and decision != Pair.Decision.WITNESS:
        return Receipt(Outcome.CAPTURED if decision else Outcome.ALIKE, reason=alike.reason)
    work.known.add_unwritten(reading)
    return Receipt(Outcome.REFRESHED if is_held else Outcome.ADDED)


def _write(accession: Accession, readings: list[Reading], work: _Work, began: float, *, is_last: bool) -> Told:
    told: Told = []
    before = Accession(outcomes=accession.outcomes, done=accession.done, seconds=accession.seconds)
    try:
        with (
            one_page(),
            payloads_of(reading for _one, reading, receipt in readings if reading and receipt is None) as payloads,
            transaction.atomic(),
        ):
            take_turn(INTAKE)
            _meet_what_was_decided(accession)
            payloads.keep()
            together = TakenTogether(
                reading.digest for _one, reading, receipt in readings if reading and receipt is None
            )
            wish = replace(work.wish, together=together)
            for one, reading, receipt in readings:
                told.append(_settled(accession, one, reading, receipt, wish))
            together.write(wish.by)
            publish_added((receipt for _item, receipt in told), wish)
            AccessionItem.objects.bulk_create(item for item, _receipt in told)
            Pair.objects.bulk_create(_pairs(told, work.wish))
            work.known.save()
            accession.share, accession.state = work.wholes.share, State.RUNNING
            accession.seconds += time.monotonic() - began
            if is_last:
                accession.state, accession.share, accession.ended_at = State.DONE, 1.0, timezone.now()
            accession.note = ""
            accession.save()
    except BaseException:
        accession.outcomes, accession.done, accession.seconds = before.outcomes, before.done, before.seconds
        raise
    work.done = accession.done
    if not accession.is_dry_run:
        count_intake(str(receipt.outcome) for _item, receipt in told)
    return told


def _meet_what_was_decided(accession: Accession) -> None:
    """Know what curators decided since the slice was drawn: of items that are told of, and of all of them."""
    now = Accession.objects.select_for_update().get(pk=accession.pk)
    if not now.is_open:
        raise Ended
    accession.outcomes = now.outcomes


def _settled(
    accession: Accession, one: Found, reading: Read | None, receipt: Receipt | None, wish: Wish
) -> tuple[AccessionItem, Receipt]:
    """Give one item its place; what the database refuses of it keeps no other out."""
    if receipt is None and reading is not None:
        try:
            with transaction.atomic():
                receipt = settle(reading, wish)
        except (DataError, IntegrityError) as error:
            receipt = Receipt(Outcome.REFUSED, reason=Reason(CANNOT, {"what": str(error)[:200]}))
    assert receipt is not None  # noqa: S101 - of one of the two ways
    accession.count(receipt.outcome)
    accession.done += 1
    return _row(accession, one, None if receipt.outcome == Outcome.UNCHANGED else reading, receipt), receipt


def _pairs(told: Told, wish: Wish) -> Iterator[Pair]:
    """What the items resemble that were written, with what was decided of it by rule."""
    for item, receipt in told:
        if (alike := receipt.alike) and not item.accession.is_dry_run:
            decision = alike.decision(asking=wish.asking)
            yield Pair(item=item, held=alike.held, kind=alike.kind, share=alike.share, decision=decision)


def _row(accession: Accession, one: Found, reading: Read | None, receipt: Receipt) -> AccessionItem:
    parameters: dict[str, Any] = dict(receipt.reason.parameters) if receipt.reason else {}
    said = words(one.stated) if isinstance(one, Item) and reading else {}
    if isinstance(one, Item) and reading and not one.stated.has_text:  # what a sidecar says and the bytes do not
        said |= {name: text for name in ("title", "kicker") if (text := getattr(one.stated, name))}
    return AccessionItem(
        accession=accession,
        place=accession.done,
        name=one.name[-PATH_LENGTH:],
        outcome=receipt.outcome,
        reason=receipt.reason.template[:300] if receipt.reason else "",
        parameters=parameters,
        article=receipt.article,
        capture=receipt.capture,
        digest=reading.digest if reading else "",
        stated=said,
    )


def resumable(paths: list[str], way: str) -> Accession | None:
    """The newest accession of these files and folders that is not done."""
    left = Accession.objects.filter(way=way, state__in=(State.WAITING, State.RUNNING, State.STOPPED))
    return next((one for one in left if one.origins == paths), None)
