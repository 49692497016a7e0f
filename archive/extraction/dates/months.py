"""Month names that a page may use, in every naming (`months.tsv`); what we print is in `archive.calendars.words`.

Variants of hamza, madda and yeh need no rows of their own: names are compared after folding.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.extraction.dates.tokens import Phrases, fold_word


@dataclass(frozen=True, slots=True)
class Month:
    """What a name stands for, and what must stand beside it before it is believed.

    ``homes``: languages whose writers use it; elsewhere it needs a year. ``needs``: "day" (a day or a year),
    "year", or "both".
    """

    calendar: str
    number: int
    homes: tuple[str, ...]
    needs: str = "day"
    family: str = ""


def _read_names() -> list[tuple[str, Month]]:
    with Path(__file__).with_name("months.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return [
            (written, month)
            for row in rows
            for month in (
                Month(row["calendar"], int(row["month"]), tuple(row["homes"].split()), row["needs"], row["family"]),
            )
            for name in row["names"].split(",")
            for written in _written(name, month)
        ]


def _written(name: str, month: Month) -> list[str]:
    """A name, in Persian also with ماه, and with the ezafe of «ژانویه‌ی ۲۰۲۰»."""
    if "fa" not in month.homes:
        return [name]
    return [name, name + "ماه", name + " ماه", *([name + "ی", name + " ی"] if name.endswith("یه") else ())]


NAMES: Final[list[tuple[str, Month]]] = _read_names()
MONTHS: Final[Phrases[Month]] = Phrases((fold_word(name), month) for name, month in NAMES)
# Words of which the names that need no year are made, as written: to know a dateline by.
EVERYDAY_WORDS: Final = frozenset(word for name, month in NAMES if month.needs == "day" for word in name.split())
