"""Records of the authority file as they leave and come in: told whole, as plain values, in a table of CSV.

A told record is its `state_of`, with its `kind`, `slug` and the `line` of the file where it begins. In the table each
row is one part of a record: the `record` itself, a `name`, a `post` or a `relation`; all rows of one record stand
together. A cell that a spreadsheet would take for a formula begins with `'`, which is taken away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archive.authorities.models import AuthorityRecord
from archive.authorities.states import ELSEWHERE, NAME, OF_SOURCE, POST, RELATION, states_of
from archive.text.tables import as_csv

Told = dict[str, Any]
RECORD: Final = ("note", *ELSEWHERE, *OF_SOURCE)
PARTS: Final = {"name": NAME, "post": POST, "relation": (*RELATION, "other")}
# In the table the kind of a relation stands apart from that of its record.
COLUMNS: Final = (
    *("kind", "slug", "part", *RECORD, *NAME[:-1], *POST[:6]),
    *("relation", "other", "start", "end", "attested_on", "verified", "source"),
)
YES: Final = {"yes": True, "no": False, "": False}
MOST_REFUSALS: Final = 1000  # told of one file


class NotAFile(ValueError):
    """What cannot be read as a whole, in the words of the reader."""


@dataclass(slots=True)
class ReadRecords:
    """What a file tells: records, and of what is refused the line and the reason."""

    records: list[Told] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, line: int, reason: str) -> None:
        if len(self.refused) < MOST_REFUSALS:
            self.refused.append((line, reason))


def told(records: QuerySet[AuthorityRecord]) -> Iterator[Told]:
    """Records that are there, whole; those that were merged away are no records of their own."""
    for record, state in states_of(records.filter(merged_into=None).order_by("kind", "slug")):
        yield {"kind": record.kind, "slug": record.slug, **state}


def written(records: Iterable[Told]) -> Iterator[str]:
    """The lines of the table."""
    yield from as_csv(COLUMNS, ([_kept(row.get(name, "")) for name in COLUMNS] for row in _rows(records)))


def _rows(records: Iterable[Told]) -> Iterator[Told]:
    for one in records:
        who = {"kind": one["kind"], "slug": one["slug"]}
        yield {**who, "part": "record", **{name: one.get(name, "") for name in RECORD}}
        yield from ({**name, **who, "part": "name"} for name in one["names"])
        yield from ({**post, **who, "part": "post"} for post in one["posts"])
        for relation in one["relations"]:
            other = "/".join(relation["other"])
            yield {**relation, **who, "part": "relation", "relation": relation["kind"], "other": other}


def _kept(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def read_table(text: str) -> ReadRecords:
    """Records of a table; NotAFile where it is none, or has other columns."""
    read, held = ReadRecords(), dict[tuple[str, str], Told]()
    for line, row in _lines(text):
        key = (row["kind"], row["slug"])
        part = row["part"]
        if part == "record" and key in held:
            read.refuse(line, _("This record stands in the file twice."))
        elif part == "record":
            one = {name: YES.get(row[name]) if name == "is_proposed" else row[name] for name in RECORD}
            held[key] = {"kind": key[0], "slug": key[1], "line": line, **one, **{f"{name}s": [] for name in PARTS}}
        elif part not in PARTS:
            read.refuse(line, _("No part of a record is called “%(part)s”.") % {"part": row["part"][:80]})
        elif key not in held:
            read.refuse(line, _("The row of its record does not stand before it."))
        else:
            held[key][f"{part}s"].append({"line": line, **_part(part, row)})
    read.records = list(held.values())
    return read


def _part(part: str, row: Told) -> Told:
    if part == "relation":
        row = row | {"kind": row["relation"], "other": row["other"].split("/", 1)}
    values: Told = {name: row[name] for name in PARTS[part]}
    if part == "post":
        values |= {"country": row["country"] or None, "body": row["body"] or None}
        values["verified"] = YES.get(row["verified"])
    return values


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their lines; what is not told of a row is ""."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = next(rows, [])
        if len(set(names)) < len(names) or not {"kind", "slug", "part"} <= set(names) <= set(COLUMNS):
            raise NotAFile(_("These are not the columns of the table: %(columns)s.") % {"columns": ", ".join(COLUMNS)})
        before = rows.line_num
        for cells in rows:
            if cells and len(cells) != len(names):
                raise NotAFile(_("Line %(line)d has not as many cells as there are columns.") % {"line": before + 1})
            if cells:
                yield (
                    before + 1,
                    dict.fromkeys(COLUMNS, "")
                    | dict(zip(names, (cell.removeprefix("'") for cell in cells), strict=True)),
                )
            before = rows.line_num
    except csv.Error as error:
        told = {"line": rows.line_num, "error": error}
        raise NotAFile(_("Line %(line)d cannot be read: %(error)s.") % told) from error
