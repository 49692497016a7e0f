"""A record of the authority file as plain values: to compare, to remember, to go back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from archive.authorities.models import AuthorityRecord, Kind, Name, Post, Relation

NAME: Final = ("text", "language", "form", "use", "source")
OF_SOURCE: Final = ("is_proposed", "rights_pages", "rights_bulk")
POST: Final = (
    *("role", "title_ar", "title_fa", "title_en", "country", "body"),
    *("start", "end", "attested_on", "source", "verified"),
)
RELATION: Final = ("kind", "start", "end", "source")
ELSEWHERE: Final = ("wikidata", "viaf")
_SLICE: Final = 500  # records read at a time
State = dict[str, Any]


def state_of(record: AuthorityRecord) -> State:
    """All that may change of a record, its names and posts in their order, in values that JSON keeps."""
    return _state(
        record,
        record.names.order_by("pk"),
        record.posts.select_related("country", "body").order_by("pk"),
        record.relations.select_related("other").order_by("pk"),
    )


def states_of(records: QuerySet[AuthorityRecord]) -> Iterator[tuple[AuthorityRecord, State]]:
    """The same of many, with a few statements for a slice of them."""
    found = records.select_related("merged_into").prefetch_related(
        Prefetch("names", Name.objects.order_by("pk")),
        Prefetch("posts", Post.objects.select_related("country", "body").order_by("pk")),
        Prefetch("relations", Relation.objects.select_related("other").order_by("pk")),
    )
    for record in found.iterator(chunk_size=_SLICE):
        yield record, _state(record, record.names.all(), record.posts.all(), record.relations.all())


def _state(record: AuthorityRecord, names: Iterable[Any], posts: Iterable[Any], relations: Iterable[Any]) -> State:
    return {
        "note": record.note,
        **{field: getattr(record, field) for field in OF_SOURCE if record.kind == Kind.SOURCE},
        "merged_into": record.merged_into.slug if record.merged_into else None,
        "names": [{field: getattr(name, field) for field in NAME} for name in names],
        "posts": [{field: _plain(getattr(post, field)) for field in POST} for post in posts],
        "relations": [
            {**{field: getattr(one, field) for field in RELATION}, "other": [one.other.kind, one.other.slug]}
            for one in relations
        ],
        **{field: getattr(record, field) for field in ELSEWHERE},
    }


def _plain(value: Any) -> Any:
    return value.slug if isinstance(value, AuthorityRecord) else value


def put_back(record: AuthorityRecord, state: State) -> None:
    """Give a record the names and posts of a state; who it is and where it was merged into stay."""
    record.note = state["note"]
    for field in ELSEWHERE:
        setattr(record, field, state.get(field) or "")
    for field in OF_SOURCE:
        setattr(record, field, state.get(field, getattr(record, field)))
    record.names.all().delete()
    record.posts.all().delete()
    for name in state["names"]:
        record.names.create(**name)
    for post in state["posts"]:
        found = {kind: _record(kind, post[kind]) for kind in (Kind.COUNTRY.value, Kind.BODY.value)}
        record.posts.create(**post | found)
    record.relations.all().delete()
    for one in state.get("relations", ()):
        if other := _record(*one["other"]):
            record.relations.create(**one | {"other": other})
    record.save()


def _record(kind: str, slug: str | None) -> AuthorityRecord | None:
    return AuthorityRecord.objects.filter(kind=kind, slug=slug).first() if slug else None
