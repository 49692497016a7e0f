"""Which backups are kept: the last of each of so many days, weeks and months (UTC)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple


class BackupRule(NamedTuple):
    """Of how many days, weeks (from Monday) and months in which there are backups the last one is kept."""

    days: int
    weeks: int
    months: int

    @classmethod
    def read(cls, told: str) -> BackupRule:
        """`"7, 5, 12"`; a ValueError says what to write instead, also where nothing would be kept."""
        found = re.fullmatch(r"(\d{1,4}),(\d{1,4}),(\d{1,4})", told.replace(" ", ""))
        rule = cls(*map(int, found.groups())) if found else None
        if rule is None or not any(rule):
            raise ValueError(f"{told!r} is no rule; write how many days, weeks and months, as 7,5,12.")
        return rule

    def keeps(self, taken: Iterable[datetime.datetime]) -> set[datetime.datetime]:
        """Those of the moments that are kept; the newest always is."""
        newest_first = sorted(taken, reverse=True)
        return set().union(*(_last_of(newest_first, *spans) for spans in zip(_SPANS, self, strict=True)))


def _last_of(
    newest_first: list[datetime.datetime], span: Callable[[datetime.datetime], object], most: int
) -> set[datetime.datetime]:
    last: dict[object, datetime.datetime] = {}
    for moment in newest_first:
        last.setdefault(span(moment), moment)
    return set(list(last.values())[:most])


_SPANS: Final[tuple[Callable[[datetime.datetime], object], ...]] = (
    lambda moment: moment.date(),
    lambda moment: moment.isocalendar()[:2],
    lambda moment: (moment.year, moment.month),
)
