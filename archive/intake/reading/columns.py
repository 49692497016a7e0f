"""Which column or key says what: the usual names in three languages, and a giver's own mapping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from archive.extraction.page.folding import key
from archive.extraction.page.html import looks_like_markup
from archive.intake.reading.items import Stated

Columns = Mapping[str, tuple[str, ...]]
FIELDS: Final = tuple(name for name in Stated.__slots__)
_MARKS: Final = re.compile("[\u064b-\u0652\u0670ـ]")
_SEVERAL: Final = re.compile(r"\s*[|;؛\n]\s*|\s*[,،]\s*")
_NESTED: Final = ("rendered", "value", "name", "text", "#text", "title", "@value", "$")


class UnknownField(ValueError):
    """A mapping names a field that there is none of, or says nothing."""


def name_key(name: str) -> str:
    """How names of columns are compared: "Published At", "published_at" and "publishedAt" are one.

    >>> name_key("تاریخ‌انتشار") == name_key("تاريخ انتشار")
    True
    """
    return key(_MARKS.sub("", unicodedata.normalize("NFKC", name)))


@cache
def usual() -> dict[str, tuple[str, ...]]:
    """The usual names of each field, as keys, in the order in which they are believed."""
    held: dict[str, list[str]] = {name: [] for name in FIELDS}
    for line in (Path(__file__).parent / "columns.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            field, _tab, names = line.partition("\t")
            held[field] += [name_key(name) for name in names.split()]
    return {field: tuple(names) for field, names in held.items()}


def read_mapping(text: str) -> dict[str, tuple[str, ...]]:
    """A giver's mapping, a line for a field: `title = Überschrift` or `body = lead, text`; `#` begins a comment."""
    mapped: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        field, _equals, names = (part.strip() for part in said.partition("="))
        if field not in FIELDS or not names:
            raise UnknownField(f"line {number} of the mapping: {said!r} is not FIELD = COLUMN ({', '.join(FIELDS)})")
        mapped[field] = tuple(name_key(name) for name in names.split(","))
    if not mapped:
        raise UnknownField("the mapping is empty")
    return mapped


def places(names: Iterable[str], mapping: Columns = {}) -> dict[str, list[str]]:  # noqa: B006 - never changed
    """The columns that say each field, the most believed first. Only what is mapped or usual is in it."""
    held: dict[str, str] = {}
    for name in names:
        held.setdefault(name_key(name), name)
    found = {
        field: [held[wanted] for wanted in mapping.get(field, usual()[field]) if wanted in held] for field in FIELDS
    }
    taken = {column for field in mapping for column in found[field]}
    return {
        field: [name for name in columns if field in mapping or name not in taken]
        for field, columns in found.items()
        if columns
    }


def stated(record: Mapping[str, Any], where: Mapping[str, list[str]], mapping: Columns) -> Stated:
    """What a record says, by the columns of each field; the several columns of a mapped text are joined."""
    said: dict[str, Any] = {}
    for field, columns in where.items():
        if field == "tags":
            said[field] = tuple(tag for column in columns for tag in _tags(record.get(column)))
            continue
        texts = [text for column in columns if (text := _text(record.get(column)))]
        if texts:
            said[field] = "\n\n".join(texts) if field in mapping and field in ("body", "html") else texts[0]
    body = said.get("body", "")
    if body and "html" not in said and looks_like_markup(body, "text.html"):
        said["html"], said["body"] = body, ""
    return Stated(**said)


def _text(value: Any) -> str:
    """A value as text: numbers as written, the paragraphs of a list as lines, `{"rendered": …}` by what it holds."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_text, value[:10_000])))
    if isinstance(value, dict):
        return next((text for name in _NESTED if (text := _text(value.get(name)))), "")
    return ""


def _tags(value: Any) -> list[str]:
    given = [_text(one) for one in value] if isinstance(value, list) else _SEVERAL.split(_text(value))
    return [tag[:200] for tag in given if tag][:100]
