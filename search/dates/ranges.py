"""A range of days as readers type its two ends: what each covers, in which calendar it was read, what was doubtful.

Nothing here knows the reader or the day on which it is asked: an address says the same days for ever, to everyone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from archive.extraction.dates.typed import TypedDate, joints, read_date, read_two

LONGEST: Final = 64  # code points of one end
Ends = tuple[TypedDate, ...]
"""One date that is both ends, or the first and the last of two."""


@dataclass(frozen=True, slots=True)
class RangeNotice:
    """What the reader is told of one end: not read, perhaps to be read another way, or the wrong way round.

    `since` and `until` are the range to which `read.other` would lead.
    """

    code: Literal["unreadable", "calendar", "order", "swapped"]
    typed: str = ""
    read: TypedDate | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """From the first to the last day, both included, either may be open; and what there is to tell about it."""

    since: date | None = None
    until: date | None = None
    notices: tuple[RangeNotice, ...] = ()

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def is_unreadable(self, typed: str) -> bool:
        return any(notice.code == "unreadable" and notice.typed == typed for notice in self.notices)


@lru_cache(maxsize=1024)
def read_range(since: str, until: str) -> DateRange:
    """The days from the first one of `since` to the last one of `until`, each as typed, "" for an open end.

    A month or a year means all of its days. One field may hold both ends («۱۲ مهر ۱۴۰۲ تا ۱۵ آبان»); an end without a
    year takes that of the other. Never raises: an end that is no date is left open and told of, and so are ends that
    stood the wrong way round.
    """
    low, high = _read(since), _read(until)
    if not low and high:
        low = _read(since, high[0], later=False)
    if not high and low:
        high = _read(until, low[-1])
    unread = ((since, low), (until, high))
    notices = [RangeNotice("unreadable", typed) for typed, ends in unread if typed.strip() and not ends]
    first = low[0] if low else high[0] if len(high) > 1 else None
    last = high[-1] if high else low[-1] if len(low) > 1 else None
    made = _between(first, last)
    if first and last and first.first > last.last:
        notices.append(RangeNotice("swapped"))
    doubted = {one.typed: one for one in (first, last) if one and one.other}
    notices += [_doubt(one, first, last) for one in doubted.values()]
    return DateRange(*made, tuple(notices))


def written(since: date | None, until: date | None) -> str:
    """A range in ISO 8601 with two full stops, an open end empty: `2023-09-23..2023-10-22`."""
    return "..".join(day.isoformat() if day else "" for day in (since, until))


def _between(first: TypedDate | None, last: TypedDate | None) -> tuple[date | None, date | None]:
    if first and last and first.first > last.last:
        first, last = last, first
    return first.first if first else None, last.last if last else None


def _doubt(one: TypedDate, first: TypedDate | None, last: TypedDate | None) -> RangeNotice:
    """What was meant perhaps, with the range to which it leads; a date typed twice is read the other way twice."""
    others = [end.other if end and end.typed == one.typed else end for end in (first, last)]
    return RangeNotice("order" if one.doubt == "order" else "calendar", one.typed, one, *_between(*others))


def _read(typed: str, beside: TypedDate | None = None, *, later: bool = True) -> Ends:
    """The one or two dates of a field; `beside` is the other field's, for a date without a year."""
    if not typed.strip() or len(typed) > LONGEST:
        return ()
    whole = read_date(typed, beside, later=later)
    return (whole,) if whole else read_two(typed) or _parted(typed)


def _parted(typed: str) -> Ends:
    """The two dates around a joint, of which one may leave its year to the other."""
    for before, after in joints(typed):
        low, high = read_date(before), read_date(after)
        if low and not high:
            high = read_date(after, low)
        if high and not low:
            low = read_date(before, high, later=False)
        if low and high:
            return low, high
    return ()
