"""What a dump says of itself: a data package (Frictionless) with the dictionary of every table, and a page to read."""

from __future__ import annotations

import datetime
import json
from typing import Any, Final

from archive.dataset.tables import TABLES, Table

FORMS: Final = {"csv": "text/csv", "jsonl": "application/jsonl"}
NOTE: Final = (
    "Text is UTF-8, NFC, in logical order. In CSV an apostrophe stands before what a spreadsheet would take for a "
    "formula (or before an apostrophe); take one away. JSON Lines has every value as it is. Rights in a text are its "
    "source's."
)


def data_package(name: str, made_at: datetime.datetime, counts: dict[str, int]) -> str:
    """The content of `datapackage.json`."""
    told = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "data-package",
        "name": name,
        "title": "Diwan: Arabic and Persian diplomatic news",
        "description": NOTE,
        "created": made_at.isoformat(timespec="seconds"),
        "resources": [_resource(table, form, counts[table.name]) for table in TABLES for form in FORMS],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _resource(table: Table, form: str, rows: int) -> dict[str, Any]:
    return {
        "name": f"{table.name}-{form}",
        "path": f"{table.name}.{form}",
        "profile": "tabular-data-resource",
        "title": table.meaning,
        "format": form,
        "mediatype": FORMS[form],
        "encoding": "utf-8",
        "rows": rows,
        **({"dialect": {"json": {"keyed": True}}} if form == "jsonl" else {}),
        "schema": {"fields": [_field(column, form) for column in table.columns], "primaryKey": list(table.key)},
    }


def _field(column: Any, form: str) -> dict[str, Any]:
    is_list = column.type == "array"
    return {
        "name": column.name,
        "type": "string" if is_list and form == "csv" else column.type,
        "description": column.meaning + ("; parted by ` | `" if is_list and form == "csv" else ""),
        **({"constraints": {"required": True}} if column.must else {}),
    }


def read_me(name: str) -> str:
    """A page that says in words what is in a dump."""
    lines = [f"# {name}", "", NOTE]
    for table in TABLES:
        lines += ["", f"## {table.name}.csv, {table.name}.jsonl", "", table.meaning, "", "| column | type | meaning |"]
        lines += ["| --- | --- | --- |", *(f"| `{c.name}` | {c.type} | {c.meaning} |" for c in table.columns)]
    return "\n".join(lines) + "\n"
