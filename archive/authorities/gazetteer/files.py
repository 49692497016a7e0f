"""Reads the authority files that ship with the project: JSON records and tab-separated tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

FIXTURES: Final = Path(__file__).resolve().parents[3] / "fixtures" / "authorities"
# What is kept by hand comes before what a command makes of given data and adds to it.
RECORD_FILES: Final = (
    "countries.json",
    "bodies.json",
    "bodies_listed.json",
    "officials.json",
    "officials_dated.json",
)


def read_table(name: str, folder: Path = FIXTURES) -> list[dict[str, str]]:
    """Read a table whose first line names the columns; `#` begins a comment line, missing last cells are empty."""
    with (folder / name).open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]
    header = rows[0]
    return [dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)) for cells in rows[1:]]


@cache
def shipped_records() -> tuple[dict[str, Any], ...]:
    """Give every record that ships and may be recognised, countries first, each once."""
    return tuple(joined(_read_records()))


def joined(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One record for each identity: what a later entry of the same kind and slug has is added to the first.

    A post with dates takes the place of the same post without.
    """
    records: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in entries:
        held = records.setdefault((entry["kind"], entry["slug"]), entry)
        if held is entry:
            continue
        forms = {(name["text"], name["language"], name["use"]) for name in held["names"]}
        names = [name for name in entry["names"] if (name["text"], name["language"], name["use"]) not in forms]
        added = entry.get("posts", [])
        dated = {_office(post) for post in added if _is_dated(post)}
        kept = [post for post in held.get("posts", []) if _is_dated(post) or _office(post) not in dated]
        records[entry["kind"], entry["slug"]] = {**held, "names": [*held["names"], *names], "posts": [*kept, *added]}
    return list(records.values())


def _office(post: dict[str, Any]) -> tuple[str, str, str]:
    return post["role"], post.get("country", ""), post.get("body", "")


def _is_dated(post: dict[str, Any]) -> bool:
    return bool(post.get("start") or post.get("end") or post.get("attested_on"))


def _read_records() -> Iterator[dict[str, Any]]:
    for path in (FIXTURES / name for name in RECORD_FILES):
        yield from json.loads(path.read_text(encoding="utf-8")) if path.exists() else ()
