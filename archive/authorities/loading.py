"""Loading authority records from files: idempotent, and never over what a curator edited."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from archive.authorities.gazetteer.files import joined
from archive.authorities.models import AuthorityRecord, Kind, Name, Post
from archive.authorities.signals import record_changed, records_loaded
from archive.authorities.states import state_of

RELATED = ("names", "posts__country", "posts__body")
_WIKIDATA = re.compile(r"Wikidata (Q[1-9]\d*)")
AT_ONCE = 500  # rows of one statement
Entry = dict[str, Any]
NAME_FIELDS = ("text", "language", "form", "use", "source")
POST_FIELDS = ("role", "title_ar", "title_fa", "title_en", "start", "end", "attested_on", "source", "verified")


def read_entries(folder: Path) -> list[Entry]:
    """Every record of the folder's JSON files once, countries and bodies before the officials that refer to them.

    A file adds to the records of those before it by name: `officials_dated.json` to `officials.json`.
    """
    files = [path for path in sorted(folder.glob("*.json")) if path not in not_read(folder)]
    entries = joined(entry for path in files for entry in json.loads(path.read_text("utf-8")))
    return sorted(entries, key=lambda entry: entry["kind"] == Kind.OFFICIAL)


def not_read(folder: Path) -> list[Path]:
    """What is called like a JSON file there and is none: links, which may lead anywhere, pipes and devices."""
    return sorted(path for path in folder.glob("*.json") if path.is_symlink() or not path.is_file())


@transaction.atomic
def load(entries: Iterable[Entry]) -> Counter[str]:
    """Create missing records and renew those that differ; counts `added`, `renewed`, `unchanged`, `curated`."""
    held = {(record.kind, record.slug): record for record in AuthorityRecord.objects.prefetch_related(*RELATED)}
    entries = list(entries)
    new = [entry for entry in entries if (entry["kind"], entry["slug"]) not in held]
    outcomes = Counter(
        _load(entry, held[key], held) for entry in entries if (key := (entry["kind"], entry["slug"])) in held
    )
    if new:
        outcomes["added"] = _add(new, held)
    return outcomes


def _add(entries: Sequence[Entry], held: dict[tuple[str, str], AuthorityRecord]) -> int:
    """Create records with their names and posts, a few statements for them all."""
    made = [
        AuthorityRecord(
            kind=entry["kind"], slug=entry["slug"], note=entry.get("note", ""), wikidata=named_by_wikidata(entry)
        )
        for entry in entries
    ]
    for record in AuthorityRecord.objects.bulk_create(made, batch_size=AT_ONCE):
        held[record.kind, record.slug] = record
    written = [(held[entry["kind"], entry["slug"]], entry) for entry in entries]
    _write(written, held)
    records_loaded.send(AuthorityRecord, added=[record for record, _entry in written])
    return len(made)


def named_by_wikidata(entry: Entry) -> str:
    """The identifier of Wikidata that the sources of an entry name: `Q359480`; "" where they name none, or several."""
    sources = (row["source"] for row in [*entry["names"], *entry.get("posts", ())])
    found = {number for source in sources for number in _WIKIDATA.findall(source)}
    return found.pop() if len(found) == 1 else ""


def _load(entry: Entry, record: AuthorityRecord, held: dict[tuple[str, str], AuthorityRecord]) -> str:
    if record.curated:
        return "curated"
    names, posts = _names(entry), _posts(entry)
    if names == [{field: getattr(name, field) for field in NAME_FIELDS} for name in record.names.all()] and posts == [
        {field: getattr(post, field) for field in POST_FIELDS}
        | {"country": post.country.slug if post.country else "", "body": post.body.slug if post.body else ""}
        for post in sorted(record.posts.all(), key=lambda post: post.pk)
    ]:
        return "unchanged"
    before = state_of(record)
    record.names.all().delete()
    record.posts.all().delete()
    _write([(record, entry)], held)
    record.save()
    records_loaded.send(AuthorityRecord, record=record, before=before, after=state_of(record))
    record_changed.send(AuthorityRecord, record=record)
    return "renewed"


def _write(written: Sequence[tuple[AuthorityRecord, Entry]], held: dict[tuple[str, str], AuthorityRecord]) -> None:
    names = [Name(record=record, **name) for record, entry in written for name in _names(entry)]
    Name.objects.bulk_create(names, batch_size=AT_ONCE)
    posts = [
        Post(record=record, **post | {kind: held.get((kind, post[kind])) for kind in ("country", "body")})
        for record, entry in written
        for post in _posts(entry)
    ]
    Post.objects.bulk_create(posts, batch_size=AT_ONCE)


def _names(entry: Entry) -> list[Entry]:
    return [{field: name[field] for field in NAME_FIELDS} for name in entry["names"]]


def _posts(entry: Entry) -> list[Entry]:
    posts = []
    for post in entry.get("posts", ()):
        titles = {f"title_{language}": post.get("titles", {}).get(language, "") for language in ("ar", "fa", "en")}
        plain = {
            "country": "",
            "body": "",
            "start": "",
            "end": "",
            "attested_on": "",
            "verified": False,
            **post,
            **titles,
        }
        posts.append({field: plain[field] for field in (*POST_FIELDS, "country", "body")})
    return posts
