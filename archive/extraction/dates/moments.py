"""A printed day and hour beside the instant that the metadata state: one moment, told in two zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

EARLIEST: Final = timedelta(hours=-12)
LATEST: Final = timedelta(hours=14)
_QUARTER: Final = timedelta(minutes=15)
_SLIP: Final = timedelta(minutes=4)
"""The offsets of the world's zones are whole quarters of an hour; a page may print a moment some minutes later."""


def printed_zone(day: date, clock: time, moment: datetime) -> timezone | None:
    """Return the zone in which the day and hour are that moment, None if they are of another moment.

    >>> str(printed_zone(date(2020, 12, 25), time(1, 59), datetime(2020, 12, 24, 23, 59, 50, tzinfo=UTC)))
    'UTC+02:00'
    """
    apart = datetime.combine(day, clock, UTC) - moment.astimezone(UTC)
    offset = round(apart / _QUARTER) * _QUARTER
    fits = abs(apart - offset) <= _SLIP and EARLIEST <= offset <= LATEST
    return timezone(offset) if fits else None


def local(moment: datetime, zone: str | None) -> datetime:
    """Return the moment in the outlet's zone: the one known, else the one that it was stated in, UTC for none."""
    return moment.astimezone(ZoneInfo(zone)) if zone else moment


def is_day_of(day: date, moment: datetime) -> bool:
    """Tell whether it may have been that day somewhere at that moment.

    >>> is_day_of(date(2020, 12, 25), datetime(2020, 12, 24, 23, 59, tzinfo=UTC))
    True
    """
    at = moment.astimezone(UTC)
    return (at + EARLIEST).date() <= day <= (at + LATEST).date()
