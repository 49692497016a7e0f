"""Loading authority records from files: idempotent, and never over what a curator edited."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction

from archive.authorities.models import AuthorityRecord, Kind, Name, Post
from archive.authorities.signals import record_changed

RELATED = ("names", "posts__country", "posts__body")
Entry = dict[str, Any]
NAME_FIELDS = ("text", "language", "form", "use", "source")
POST_FIELDS = ("role", "title_ar", "title_fa", "title_en", "start", "end", "attested_on", "source", "verified")


def read_entries(folder: Path) -> list[Entry]:
    """Every record of the folder's JSON files, countries and bodies before the officials that refer to them."""
    files = [path for path in sorted(folder.glob("*.json")) if path not in not_read(folder)]
    entries = [entry for path in files for entry in json.loads(path.read_text("utf-8"))]
    return sorted(entries, key=lambda entry: entry["kind"] == Kind.OFFICIAL)


def not_read(folder: Path) -> list[Path]:
    """What is called like a JSON file there and is none: links, which may lead anywhere, pipes and devices."""
    return sorted(path for path in folder.glob("*.json") if path.is_symlink() or not path.is_file())


@transaction.atomic
def load(entries: Iterable[Entry]) -> Counter[str]:
    """Create missing records and renew those that differ; counts `added`, `renewed`, `unchanged`, `curated`."""
    held = {(record.kind, record.slug): record for record in AuthorityRecord.objects.prefetch_related(*RELATED)}
    outcomes: Counter[str] = Counter()
    for entry in entries:
        record = held.get((entry["kind"], entry["slug"]))
        outcomes[_load(entry, record, held)] += 1
    return outcomes


def _load(entry: Entry, record: AuthorityRecord | None, held: dict[tuple[str, str], AuthorityRecord]) -> str:
    names, posts = [{field: name[field] for field in NAME_FIELDS} for name in entry["names"]], _posts(entry)
    if record is None:
        record = AuthorityRecord.objects.create(kind=entry["kind"], slug=entry["slug"], note=entry.get("note", ""))
        held[record.kind, record.slug] = record
        _write(record, names, posts, held)
        return "added"
    if record.curated:
        return "curated"
    if names == [{field: getattr(name, field) for field in NAME_FIELDS} for name in record.names.all()] and posts == [
        {field: getattr(post, field) for field in POST_FIELDS}
        | {"country": post.country.slug if post.country else "", "body": post.body.slug if post.body else ""}
        for post in sorted(record.posts.all(), key=lambda post: post.pk)
    ]:
        return "unchanged"
    record.names.all().delete()
    record.posts.all().delete()
    _write(record, names, posts, held)
    record.save()
    record_changed.send(AuthorityRecord, record=record)
    return "renewed"


def _write(
    record: AuthorityRecord, names: list[Entry], posts: list[Entry], held: dict[tuple[str, str], AuthorityRecord]
) -> None:
    Name.objects.bulk_create(Name(record=record, **name) for name in names)
    for post in posts:
        country, body = post.pop("country"), post.pop("body")
        Post.objects.create(
            record=record, country=held.get(("country", country)), body=held.get(("body", body)), **post
        )


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
