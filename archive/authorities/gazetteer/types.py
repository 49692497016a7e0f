"""What a gazetteer is made of and what it finds: records, forms of names, matches; plain values."""

from __future__ import annotations

from typing import Final, NamedTuple

from archive.authorities.gazetteer.kinds import Kind

# Records that texts are searched for; a source (a publisher) is none of them.
RECOGNISED_KINDS: Final = (Kind.OFFICIAL, Kind.BODY, Kind.COUNTRY)


class RecordKey(NamedTuple):
    """What identifies a record: `country`, `az`; `official`, `khalaf-khalafov`; `body`, `nato`."""

    kind: str
    slug: str


class GazetteerPost(NamedTuple):
    """A post that an official holds or held: role, and the slug of a country or of a body."""

    role: str
    country: str
    body: str


class NameForm(NamedTuple):
    """One form of a record's name, as written; `use` tells a full name from a surname, demonym or capital."""

    record: RecordKey
    text: str
    language: str
    use: str


class GazetteerEntry(NamedTuple):
    """A form under one of its spellings: `breaks` are the offsets in the key at which it is written apart."""

    form: NameForm
    breaks: frozenset[int]
    takes_article: bool
    inflected: bool


class NameMatch(NamedTuple):
    """Words `first` up to `last` (excluded) of a text that spell a form; `cut` letters before it are no part of it."""

    first: int
    last: int
    cut: int
    article: bool
    key: str
    entry: GazetteerEntry


class Bearer(NamedTuple):
    """An official by the keys of the first and the last word of the Latin form."""

    form: NameForm
    first: frozenset[str]
    last: frozenset[str]
